package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.GraphCase;
import io.github.dl4jsnn.testing.Graphs;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.PlainLif;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Graph convolutions: fused kernels, SameDiff definition and plain loops agree. */
@ExtendWith(QuietSameDiff.class)
class GraphConvEquivalenceTest {

  static Stream<GraphCase> spiking() {
    return GraphCase.spiking();
  }

  static Stream<GraphCase> withoutDropOut() {
    return GraphCase.spiking().filter(c -> !c.hasDropOut());
  }

  static Stream<GraphCase> activations() {
    return GraphCase.activations();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spiking")
  void fusedSpikesEqualDefinition(GraphCase c) {
    LayerRun fused = c.run(Backend.FUSED, DataType.DOUBLE, null);
    LayerRun defined = c.run(Backend.SAMEDIFF, DataType.DOUBLE, null);
    Tolerances.assertIdentical("spikes", fused.output, defined.output);
    fused.assertGradientsClose(defined, Tolerances.DOUBLE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("activations")
  void fusedActivationsEqualDefinition(GraphCase c) {
    LayerRun fused = c.run(Backend.FUSED, DataType.DOUBLE, null);
    LayerRun defined = c.run(Backend.SAMEDIFF, DataType.DOUBLE, null);
    Tolerances.assertClose("output", fused.output, defined.output, Tolerances.DOUBLE);
    fused.assertGradientsClose(defined, Tolerances.DOUBLE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withoutDropOut")
  void fusedSpikesEqualPlainLoops(GraphCase c) {
    LayerRun fused = c.run(Backend.FUSED, DataType.DOUBLE, null);
    INDArray plain = c.spikes(c.plain(DataType.DOUBLE), DataType.DOUBLE);
    Tolerances.assertIdentical("spikes", fused.output, plain);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withoutDropOut")
  void floatEqualsDefinitionAwayFromJumps(GraphCase c, TestReporter reporter) {
    PlainLif[][] twins = c.plain(DataType.FLOAT);
    INDArray keep = c.awayFromJumps(twins, DataType.FLOAT);
    long leftOut = keep.length() - keep.sumNumber().longValue();
    reporter.publishEntry("spikes left out", leftOut + " of " + keep.length());
    // 765 neurons in all, of which less than 1 is expected near a jump; here none is
    assertThat(leftOut).isZero();
    LayerRun fused = c.run(Backend.FUSED, DataType.FLOAT, keep);
    LayerRun defined = c.run(Backend.SAMEDIFF, DataType.FLOAT, keep);
    INDArray plain = c.spikes(twins, DataType.FLOAT);
    Tolerances.assertIdentical("spikes", fused.output.mul(keep), plain.mul(keep));
    Tolerances.assertIdentical("spikes", fused.output.mul(keep), defined.output.mul(keep));
    fused.assertGradientsClose(defined, Tolerances.FLOAT);
  }

  @Test
  void oneNode() {
    INDArray features = Values.uniform(1, -1, 2, DataType.DOUBLE, 1, 3, 4);
    INDArray edges = Values.array(new double[] {0, 0, 0}, DataType.DOUBLE, 1, 3);
    LayerRun fused = oneNode(Backend.FUSED, features, edges);
    LayerRun defined = oneNode(Backend.SAMEDIFF, features, edges);
    Tolerances.assertIdentical("spikes", fused.output, defined.output);
    fused.assertGradientsClose(defined, Tolerances.DOUBLE);
  }

  private static LayerRun oneNode(Backend backend, INDArray features, INDArray edges) {
    return Backends.vertex(
        new SpikingGraphConvVertex.Builder().nOut(5).backend(backend).build(),
        InputType.recurrent(4, 3, org.deeplearning4j.nn.conf.RNNFormat.NWC),
        features,
        edges,
        null);
  }

  @Test
  void anEmptyEdgeArrayIsAGraphWithoutEdges() {
    INDArray features = Values.uniform(1, -1, 2, DataType.DOUBLE, 5, 4);
    INDArray none = Nd4j.create(DataType.DOUBLE, 0, 3);
    assumeThat(none.shape()).as("ND4J takes an empty array of this shape").containsExactly(0, 3);
    SpikingGraphConvVertex conf =
        new SpikingGraphConvVertex.Builder().nOut(3).timeSteps(2).backend(Backend.FUSED).build();
    InputType type = InputType.feedForward(4);
    LayerRun empty = Backends.vertex(conf, type, features, none, null);
    LayerRun zeroWeight =
        Backends.vertex(conf, type, features, Graphs.EMPTY.edges(DataType.DOUBLE), null);
    empty.assertIdentical(zeroWeight);
  }
}
