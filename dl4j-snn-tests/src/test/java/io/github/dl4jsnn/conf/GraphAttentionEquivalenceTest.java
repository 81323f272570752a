package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.GraphCase;
import io.github.dl4jsnn.testing.Graphs;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Threads;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Graph attention: fused kernels and SameDiff definition agree, also on unusual graphs. */
@ExtendWith(QuietSameDiff.class)
class GraphAttentionEquivalenceTest {
  private static final DataType TYPE = DataType.DOUBLE;

  static Stream<GraphCase> spiking() {
    return GraphCase.spikingAttention();
  }

  static Stream<GraphCase> activations() {
    return GraphCase.attentionActivations();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spiking")
  void fusedSpikesEqualDefinition(GraphCase c) {
    LayerRun fused = c.run(Backend.FUSED, TYPE, null);
    LayerRun defined = c.run(Backend.SAMEDIFF, TYPE, null);
    Tolerances.assertIdentical("spikes", fused.output, defined.output);
    fused.assertGradientsClose(defined, Tolerances.DOUBLE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("activations")
  void fusedActivationsEqualDefinition(GraphCase c) {
    LayerRun fused = c.run(Backend.FUSED, TYPE, null);
    LayerRun defined = c.run(Backend.SAMEDIFF, TYPE, null);
    Tolerances.assertClose("output", fused.output, defined.output, Tolerances.DOUBLE);
    fused.assertGradientsClose(defined, Tolerances.DOUBLE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("activations")
  void floatEqualsDouble(GraphCase c) {
    LayerRun single = c.run(Backend.FUSED, DataType.FLOAT, null);
    LayerRun exact = c.run(Backend.FUSED, TYPE, null);
    Tolerances.assertClose("output", single.output, exact.output, Tolerances.FLOAT);
  }

  private static GraphAttentionVertex.Builder identity() {
    return new GraphAttentionVertex.Builder()
        .nOut(6)
        .heads(2)
        .activation(Activation.IDENTITY)
        .backend(Backend.FUSED);
  }

  private static LayerRun run(INDArray features, double... edges) {
    return run(identity().build(), features, Values.array(edges, TYPE, edges.length / 3, 3));
  }

  private static LayerRun run(GraphAttentionVertex conf, INDArray features, INDArray edges) {
    return Backends.vertex(conf, InputType.feedForward(features.size(1)), features, edges, null);
  }

  private static INDArray features(int nodes) {
    return Values.uniform(1, -1, 2, TYPE, nodes, 4);
  }

  /** A node without neighbours attends to itself alone, so attention is the affine map. */
  @ParameterizedTest
  @EnumSource(names = {"FUSED", "SAMEDIFF"})
  void nodesWithoutEdgesKeepTheirOwnValues(Backend backend) {
    GraphAttentionVertex conf = identity().backend(backend).build();
    for (int nodes : new int[] {1, 5}) {
      INDArray x = features(nodes);
      INDArray none = Values.array(new double[] {0, 0, 0}, TYPE, 1, 3);
      LayerRun alone = run(conf, x, none);
      java.util.Map<String, INDArray> p =
          Backends.vertexParams(conf, InputType.feedForward(4), TYPE, 3);
      INDArray affine = x.mmul(p.get("W")).addRowVector(p.get("b"));
      Tolerances.assertClose("output", alone.output, affine, Tolerances.DOUBLE);
      assertThat(alone.gradients.get("aSrc").amaxNumber().doubleValue()).isLessThan(1e-12);
      assertThat(alone.gradients.get("aDst").amaxNumber().doubleValue()).isLessThan(1e-12);
    }
  }

  @Test
  void weightTwoEqualsTwoParallelEdges() {
    LayerRun twice = run(features(3), 0, 1, 1, 0, 1, 1, 2, 1, 1);
    LayerRun weighted = run(features(3), 0, 1, 2, 2, 1, 1);
    LayerRun once = run(features(3), 0, 1, 1, 2, 1, 1);
    Tolerances.assertClose("output", twice.output, weighted.output, Tolerances.DOUBLE);
    twice.assertGradientsClose(weighted, Tolerances.DOUBLE);
    assertThat(twice.output.distance2(once.output)).isGreaterThan(1e-3);
  }

  @Test
  void selfLoopInTheDataReplacesTheAddedOne() {
    LayerRun added = run(features(3), 0, 1, 1, 1, 2, 1);
    LayerRun own = run(features(3), 1, 1, 1, 0, 1, 1, 1, 2, 1, 2, 2, 0);
    Tolerances.assertClose("output", own.output, added.output, Tolerances.DOUBLE);
    own.assertGradientsClose(added, Tolerances.DOUBLE);
    LayerRun heavy = run(features(3), 1, 1, 5, 0, 1, 1, 1, 2, 1);
    assertThat(heavy.output.distance2(added.output)).isGreaterThan(1e-3);
  }

  /** Scores of hundreds overflow an exponential; the largest is subtracted first. */
  @Test
  void largeScoresAndSmallWeightsStayFinite() {
    INDArray x = features(3).mul(1e6);
    LayerRun large = run(x, 0, 1, 1e-300, 2, 1, 1, 1, 0, 1e300);
    assertThat(large.output.isNaN().any()).isFalse();
    assertThat(large.output.isInfinite().any()).isFalse();
    for (INDArray g : large.gradients.values()) {
      assertThat(g.isNaN().any() || g.isInfinite().any()).isFalse();
    }
  }

  @Test
  void renumberedNodesGiveRenumberedOutputs() {
    INDArray x = features(5);
    int[] newNumber = {3, 0, 4, 1, 2};
    INDArray moved = x.dup();
    INDArray edges = Graphs.WEIGHTED.edges(TYPE);
    INDArray renumbered = edges.dup();
    for (int i = 0; i < 5; i++) {
      moved.putRow(newNumber[i], x.getRow(i));
    }
    for (int e = 0; e < edges.size(0); e++) {
      renumbered.putScalar(e, 0, newNumber[edges.getInt(e, 0)]);
      renumbered.putScalar(e, 1, newNumber[edges.getInt(e, 1)]);
    }
    INDArray before = run(identity().build(), x, edges).output;
    INDArray after = run(identity().build(), moved, renumbered).output;
    for (int i = 0; i < 5; i++) {
      assertThat(after.getRow(newNumber[i]).distance2(before.getRow(i))).isLessThan(1e-12);
    }
    assertThat(after.distance2(before)).isGreaterThan(1e-3);
  }

  @ParameterizedTest
  @EnumSource
  void resultsDoNotDependOnTheNumberOfThreads(HeadMerge merge) {
    LayerRun one = Threads.with(1, () -> wide(merge));
    Threads.with(2, () -> wide(merge)).assertIdentical(one);
    Threads.with(3, () -> wide(merge)).assertIdentical(one);
  }

  private static LayerRun wide(HeadMerge merge) {
    return Backends.vertex(
        new SpikingGraphAttentionVertex.Builder()
            .nOut(36)
            .heads(3)
            .headMerge(merge)
            .dropOut(0.8)
            .attentionDropOut(0.7)
            .backend(Backend.FUSED)
            .build(),
        InputType.recurrent(31, 5, RNNFormat.NWC),
        Values.binary(1, 0.3, DataType.FLOAT, 257, 5, 31),
        Graphs.random(257, 900, DataType.FLOAT),
        null);
  }
}
