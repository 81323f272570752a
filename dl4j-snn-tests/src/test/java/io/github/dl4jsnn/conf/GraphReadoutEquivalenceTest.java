package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.conf.GraphReadoutVertex.Pooling;
import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.PlainGraphReadout;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Read-out of graphs: fused kernels, SameDiff definition and plain loops agree. */
@ExtendWith(QuietSameDiff.class)
class GraphReadoutEquivalenceTest {

  /** Nodes of each graph, and the form of the features; steps 0 is static. */
  static final class Case {
    private final Pooling pooling;
    private final int[] nodes;
    private final int steps;
    private final int features;
    private final boolean ncw;

    /** Few different values, so that nodes tie. */
    private final boolean ties;

    Case(Pooling pooling, int[] nodes, int steps, int features, boolean ncw, boolean ties) {
      this.pooling = pooling;
      this.nodes = nodes;
      this.steps = steps;
      this.features = features;
      this.ncw = ncw;
      this.ties = ties;
    }

    private int count() {
      return Arrays.stream(nodes).sum();
    }

    private INDArray membership(DataType type) {
      return membership(type, nodes);
    }

    private static INDArray membership(DataType type, int... nodes) {
      List<Double> graphs = new ArrayList<>();
      for (int g = 0; g < nodes.length; g++) {
        for (int i = 0; i < nodes[g]; i++) {
          graphs.add((double) g);
        }
      }
      double[] v = graphs.stream().mapToDouble(Double::doubleValue).toArray();
      return Values.array(v, type, v.length, 1);
    }

    /** {@code [N, T, F]}, T = 1 if static. */
    private INDArray nwc(DataType type) {
      int t = Math.max(1, steps);
      return ties
          ? Values.binary(3, 0.4, type, count(), t, features)
          : Values.uniform(3, -1, 2, type, count(), t, features);
    }

    private INDArray inFormat(INDArray nwc) {
      return steps == 0
          ? nwc.reshape(nwc.size(0), features)
          : ncw ? nwc.permute(0, 2, 1).dup('c') : nwc;
    }

    private INDArray toNwc(INDArray a) {
      return steps == 0 ? a.reshape(a.size(0), 1, features) : ncw ? a.permute(0, 2, 1).dup() : a;
    }

    private InputType inputType() {
      return steps == 0
          ? InputType.feedForward(features)
          : InputType.recurrent(features, steps, ncw ? RNNFormat.NCW : RNNFormat.NWC);
    }

    private GraphReadoutVertex vertex(Backend backend) {
      return new GraphReadoutVertex.Builder(pooling).backend(backend).build();
    }

    private LayerRun run(Backend backend, INDArray nwc, INDArray membership) {
      return Backends.vertex(vertex(backend), inputType(), inFormat(nwc), membership, null);
    }

    private LayerRun run(Backend backend, DataType type) {
      return run(backend, nwc(type), membership(type));
    }

    @Override
    public String toString() {
      return pooling
          + " "
          + Arrays.toString(nodes)
          + (steps == 0 ? " static" : " T" + steps + (ncw ? " NCW" : " NWC"))
          + " F"
          + features
          + (ties ? " ties" : "");
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    int[][] nodes = {{3, 1, 4}, {1}, {7}, {1, 1, 1}, {2, 5}};
    for (Pooling p : Pooling.values()) {
      for (int i = 0; i < 10; i++) {
        int steps = new int[] {0, 3, 1}[i % 3];
        int features = new int[] {5, 1, 2, 11}[i % 4];
        cases.add(new Case(p, nodes[i % nodes.length], steps, features, i % 2 == 1, i > 6));
      }
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
    INDArray x = c.nwc(DataType.DOUBLE);
    INDArray y = c.toNwc(fused.output);
    INDArray dx = c.toNwc(fused.inputGradient);
    INDArray g = c.toNwc(Backends.fromAbove(fused.output));
    double[] w = gate(c);
    double[] dW = new double[c.features];
    int from = 0;
    for (int graph = 0; graph < c.nodes.length; graph++) {
      int to = from + c.nodes[graph];
      for (int t = 0; t < x.size(1); t++) {
        PlainGraphReadout plain =
            new PlainGraphReadout(c.pooling, rows(x, from, to, t).toDoubleMatrix(), w);
        double[] above = rows(g, graph, graph + 1, t).toDoubleMatrix()[0];
        double[][] expected = plain.backward(above, dW);
        Tolerances.assertClose(
            "output", Values.of(rows(y, graph, graph + 1, t)), plain.y, Tolerances.DOUBLE);
        for (int i = from; i < to; i++) {
          Tolerances.assertClose(
              "gradient of node " + i,
              Values.of(rows(dx, i, i + 1, t)),
              expected[i - from],
              Tolerances.DOUBLE);
        }
      }
      from = to;
    }
    if (c.pooling == Pooling.ATTENTION) {
      Tolerances.assertClose(
          "gradient of W", Values.of(fused.gradients.get("W")), dW, Tolerances.DOUBLE);
    } else {
      assertThat(fused.gradients).isEmpty();
    }
  }

  private static double[] gate(Case c) {
    Map<String, INDArray> params =
        Backends.vertexParams(c.vertex(Backend.FUSED), c.inputType(), DataType.DOUBLE, 1);
    return c.pooling == Pooling.ATTENTION ? Values.of(params.get("W")) : null;
  }

  private static INDArray rows(INDArray a, int from, int to, int t) {
    return a.get(
            NDArrayIndex.interval(from, to), NDArrayIndex.interval(t, t + 1), NDArrayIndex.all())
        .dup('c')
        .reshape(to - from, a.size(2));
  }

  private static INDArray nodes(INDArray a, int from, int to) {
    return a.get(NDArrayIndex.interval(from, to)).dup('c');
  }

  /** A graph alone gives what it gives in a batch, to the last bit. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void graphsDoNotSeeEachOther(Case c) {
    INDArray x = c.nwc(DataType.FLOAT);
    INDArray whole = c.run(Backend.FUSED, DataType.FLOAT).output;
    int from = 0;
    for (int g = 0; g < c.nodes.length; g++) {
      int to = from + c.nodes[g];
      LayerRun alone =
          c.run(Backend.FUSED, nodes(x, from, to), Case.membership(DataType.FLOAT, c.nodes[g]));
      Tolerances.assertIdentical("graph " + g, alone.output, nodes(whole, g, g + 1));
      from = to;
    }
  }

  /** Nodes of each graph in reverse order: the same output; the gradient follows the nodes. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void orderOfNodesDoesNotMatter(Case c) {
    int[] order = new int[c.count()];
    for (int g = 0, from = 0; g < c.nodes.length; from += c.nodes[g++]) {
      for (int i = 0; i < c.nodes[g]; i++) {
        order[from + i] = from + c.nodes[g] - 1 - i;
      }
    }
    INDArray x = c.nwc(DataType.DOUBLE);
    LayerRun plain = c.run(Backend.FUSED, DataType.DOUBLE);
    LayerRun permuted = c.run(Backend.FUSED, take(x, order), c.membership(DataType.DOUBLE));
    Tolerances.assertClose("output", permuted.output, plain.output, Tolerances.DOUBLE);
    if (c.pooling != Pooling.MAX || !c.ties) { // of nodes that tie, the first has the gradient
      Tolerances.assertClose(
          "gradient", permuted.inputGradient, take(plain.inputGradient, order), Tolerances.DOUBLE);
    }
  }

  /** Graphs in reverse order: rows of the output in reverse order, to the last bit. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void orderOfGraphsPermutesTheOutput(Case c) {
    int[] nodes = new int[c.nodes.length];
    int[] graphs = new int[c.nodes.length];
    int[] order = new int[c.count()];
    int at = 0;
    for (int g = 0; g < nodes.length; g++) {
      graphs[g] = nodes.length - 1 - g;
      nodes[g] = c.nodes[graphs[g]];
      int from = Arrays.stream(c.nodes, 0, graphs[g]).sum();
      for (int i = 0; i < nodes[g]; i++) {
        order[at++] = from + i;
      }
    }
    INDArray plain = c.run(Backend.FUSED, DataType.FLOAT).output;
    INDArray permuted =
        c.run(
                Backend.FUSED,
                take(c.nwc(DataType.FLOAT), order),
                Case.membership(DataType.FLOAT, nodes))
            .output;
    Tolerances.assertIdentical("output", permuted, take(plain, graphs));
  }

  private static INDArray take(INDArray a, int[] order) {
    INDArray[] rows = new INDArray[order.length];
    for (int i = 0; i < order.length; i++) {
      rows[i] = nodes(a, order[i], order[i] + 1);
    }
    return Nd4j.concat(0, rows);
  }
}
