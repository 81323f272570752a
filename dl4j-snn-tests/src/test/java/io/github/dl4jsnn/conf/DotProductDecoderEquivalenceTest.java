package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Decoder of link prediction: fused kernels, SameDiff definition and plain loops agree. */
@ExtendWith(QuietSameDiff.class)
class DotProductDecoderEquivalenceTest {

  /** Turn {@code i} trains no, one or both constants. */
  static final class Case {
    private final int nodes;
    private final int features;
    private final int[] pairs;
    private final int turn;

    Case(int nodes, int features, int pairs, int turn) {
      this.nodes = nodes;
      this.features = features;
      // drawn, so that nodes are in several pairs, in none, and paired with themselves
      this.pairs = new Random(turn).ints(2L * pairs, 0, nodes).toArray();
      this.turn = turn;
    }

    private INDArray embeddings(DataType type) {
      return Values.uniform(5, -1, 2, type, nodes, features);
    }

    private DotProductDecoderVertex vertex(Backend backend) {
      return new DotProductDecoderVertex.Builder()
          .scale(1.7)
          .bias(-0.6)
          .trainScale(turn % 2 == 1)
          .trainBias(turn / 2 % 2 == 1)
          .backend(backend)
          .build();
    }

    private INDArray pairs(DataType type) {
      double[] v = new double[pairs.length];
      java.util.Arrays.setAll(v, i -> pairs[i]);
      return Values.array(v, type, v.length / 2, 2);
    }

    private LayerRun run(Backend backend, DataType type) {
      return Backends.vertex(
          vertex(backend), InputType.feedForward(features), embeddings(type), pairs(type), null);
    }

    private double constant(String name, double fixed) {
      Map<String, INDArray> params =
          Backends.vertexParams(
              vertex(Backend.FUSED), InputType.feedForward(features), DataType.DOUBLE, 2);
      return params.containsKey(name) ? params.get(name).getDouble(0) : fixed;
    }

    @Override
    public String toString() {
      return nodes + " nodes, F " + features + ", " + pairs.length / 2 + " pairs, turn " + turn;
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    int[][] sizes = {{5, 3, 7}, {1, 1, 1}, {4, 1, 3}, {3, 2, 1}, {1, 5, 2}, {7, 11, 13}, {6, 4, 5}};
    for (int i = 0; i < sizes.length; i++) {
      cases.add(new Case(sizes[i][0], sizes[i][1], sizes[i][2], i));
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void fusedEqualsDefinition(Case c) {
    for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      LayerRun fused = c.run(Backend.FUSED, type);
      LayerRun defined = c.run(Backend.SAMEDIFF, type);
      assertThat(fused.output.dataType()).isEqualTo(type);
      Tolerances.assertClose("output", fused.output, defined.output, Tolerances.of(type));
      fused.assertGradientsClose(defined, Tolerances.of(type));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void fusedEqualsPlainLoops(Case c) {
    LayerRun fused = c.run(Backend.FUSED, DataType.DOUBLE);
    double[] g = Values.of(Backends.fromAbove(fused.output));
    double[][] z = c.embeddings(DataType.DOUBLE).toDoubleMatrix();
    double s = c.constant("scale", 1.7);
    double b = c.constant("bias", -0.6);
    double[] y = new double[g.length];
    double[] dz = new double[c.nodes * c.features];
    double ds = 0;
    double db = 0;
    for (int p = 0; p < y.length; p++) {
      int u = c.pairs[2 * p];
      int v = c.pairs[2 * p + 1];
      double product = 0;
      for (int f = 0; f < c.features; f++) {
        product += z[u][f] * z[v][f];
        dz[u * c.features + f] += g[p] * s * z[v][f];
        dz[v * c.features + f] += g[p] * s * z[u][f];
      }
      y[p] = s * product + b;
      ds += g[p] * product;
      db += g[p];
    }
    assertThat(fused.output.shape()).containsExactly(y.length, 1);
    Tolerances.assertClose("output", Values.of(fused.output), y, Tolerances.DOUBLE);
    Tolerances.assertClose("gradient", Values.of(fused.inputGradient), dz, Tolerances.DOUBLE);
    assertConstant(fused, "scale", c.turn % 2 == 1, ds);
    assertConstant(fused, "bias", c.turn / 2 % 2 == 1, db);
  }

  private static void assertConstant(LayerRun run, String name, boolean trained, double expected) {
    assertThat(run.gradients.containsKey(name)).isEqualTo(trained);
    if (trained) {
      Tolerances.assertClose(
          name, Values.of(run.gradients.get(name)), new double[] {expected}, Tolerances.DOUBLE);
    }
  }
}
