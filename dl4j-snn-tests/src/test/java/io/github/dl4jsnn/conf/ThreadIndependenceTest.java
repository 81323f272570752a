package io.github.dl4jsnn.conf;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.graph.Propagation;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.StfnParameters;
import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.Graphs;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.Threads;
import io.github.dl4jsnn.testing.Values;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Forward and all gradients are the same to the last bit with 1, 2 and 3 threads. Sizes are such
 * that every operation has more tasks than threads, and more than the 2^15 entries below which one
 * thread does the work.
 */
class ThreadIndependenceTest {
  private static final DataType TYPE = DataType.FLOAT;
  private static final LifParameters NEURON =
      LifParameters.builder().surrogate(new ArctanSurrogate()).build();

  static Stream<Arguments> operations() {
    return Stream.of(
        arguments("LIF, sequence", (Supplier<LayerRun>) () -> lif(false)),
        arguments("LIF, masked sequence", (Supplier<LayerRun>) () -> lif(true)),
        arguments("LIF, static", (Supplier<LayerRun>) ThreadIndependenceTest::staticLif),
        arguments("STFN", (Supplier<LayerRun>) () -> stfn(StfnParameters.Affine.PER_FEATURE)),
        arguments("STFN, scalar", (Supplier<LayerRun>) () -> stfn(StfnParameters.Affine.SCALAR)),
        arguments("tdBN", (Supplier<LayerRun>) () -> norm(new ThresholdBatchNormLayer.Builder())),
        arguments(
            "TEBN", (Supplier<LayerRun>) () -> norm(new TemporalEffectiveBatchNormLayer.Builder())),
        arguments("BNTT", (Supplier<LayerRun>) () -> norm(new BatchNormThroughTimeLayer.Builder())),
        arguments(
            "spike dropout", (Supplier<LayerRun>) () -> norm(new SpikeDropoutLayer.Builder())),
        arguments(
            "firing rates",
            (Supplier<LayerRun>)
                () -> norm(new FiringRateRegularizationLayer.Builder().lower(0).upper(0))),
        arguments("read-out", (Supplier<LayerRun>) ThreadIndependenceTest::readout),
        arguments("spiking graph, sequence", (Supplier<LayerRun>) () -> spikingGraph(0.8)),
        arguments("spiking graph, no dropout", (Supplier<LayerRun>) () -> spikingGraph(1)),
        arguments("spiking graph, rare spikes", (Supplier<LayerRun>) () -> rareSpikesInAGraph()),
        arguments("graph, static", (Supplier<LayerRun>) ThreadIndependenceTest::graph),
        arguments("mean", (Supplier<LayerRun>) () -> propagation(Propagation.mean())),
        arguments("maximum", (Supplier<LayerRun>) () -> propagation(Propagation.max())),
        arguments("GIN", (Supplier<LayerRun>) () -> propagation(Propagation.gin(0.1, true))),
        arguments("Chebyshev", (Supplier<LayerRun>) () -> propagation(Propagation.chebyshev(3))),
        arguments("dense, adding rows", (Supplier<LayerRun>) () -> dense(0.04)),
        arguments("dense, adding rows forward", (Supplier<LayerRun>) () -> dense(0.15)),
        arguments("dense, products", (Supplier<LayerRun>) () -> dense(0.5)),
        arguments("linear", (Supplier<LayerRun>) () -> map(new SpikingLinear.Builder(), 0.9)),
        arguments("CPG linear", (Supplier<LayerRun>) () -> map(CpgLinear.builder(), 0.05)),
        arguments(
            "1d convolution",
            (Supplier<LayerRun>) () -> map(new SpikingConv1d.Builder().weightNorm(true), 0.05)),
        arguments("attention", (Supplier<LayerRun>) () -> attention(HeadMerge.CONCAT)),
        arguments("attention, mean", (Supplier<LayerRun>) () -> attention(HeadMerge.MEAN)),
        arguments("pooling", (Supplier<LayerRun>) ThreadIndependenceTest::pooling),
        arguments("pairs", (Supplier<LayerRun>) ThreadIndependenceTest::pairs),
        arguments(
            "spiking attention", (Supplier<LayerRun>) ThreadIndependenceTest::spikingAttention));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void resultsDoNotDependOnTheNumberOfThreads(String name, Supplier<LayerRun> operation) {
    LayerRun one = Threads.with(1, operation);
    Threads.with(2, operation).assertIdentical(one);
    Threads.with(3, operation).assertIdentical(one);
  }

  private static LayerRun lif(boolean masked) {
    INDArray x = Values.uniform(1, -1, 2, TYPE, 67, 5, 1009);
    return Backends.layer(
        new LifLayer.Builder().neuron(NEURON).backend(Backend.FUSED).build(),
        InputType.recurrent(1009, 5, RNNFormat.NWC),
        x,
        masked ? Values.mask(67, 5, TYPE) : null);
  }

  private static LayerRun staticLif() {
    return Backends.layer(
        new LifLayer.Builder().neuron(NEURON).timeSteps(7).backend(Backend.FUSED).build(),
        InputType.feedForward(1009),
        Values.uniform(1, -1, 2, TYPE, 67, 1009),
        null);
  }

  private static LayerRun stfn(StfnParameters.Affine affine) {
    return Backends.layer(
        new StfnLayer.Builder()
            .stfn(StfnParameters.builder().affine(affine).build())
            .backend(Backend.FUSED)
            .build(),
        InputType.recurrent(61, 5, RNNFormat.NWC),
        Values.uniform(1, -1, 2, TYPE, 131, 5, 61),
        null);
  }

  private static LayerRun norm(AbstractSnnLayer.Builder<?> layer) {
    return Backends.layer(
        layer.backend(Backend.FUSED).build(),
        InputType.recurrent(523, 5, RNNFormat.NWC),
        Values.uniform(1, -1, 2, TYPE, 67, 5, 523),
        Values.mask(67, 5, TYPE));
  }

  private static LayerRun map(AbstractSpikingMapLayer.Builder<?> layer, double density) {
    return Backends.layer(
        layer.nOut(97).neuron(NEURON).timeSteps(3).backend(Backend.FUSED).build(),
        InputType.recurrent(61, 57, RNNFormat.NWC),
        Values.binary(1, density, TYPE, 23, 57, 61),
        Values.mask(23, 57, TYPE));
  }

  private static LayerRun readout() {
    return Backends.layer(
        new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL)
            .decay(0.9)
            .trainScale(true)
            .backend(Backend.FUSED)
            .build(),
        InputType.recurrent(61, 5, RNNFormat.NWC),
        Values.uniform(1, -1, 2, TYPE, 257, 5, 61),
        Values.mask(257, 5, TYPE));
  }

  private static LayerRun dense(double density) {
    return Backends.layer(
        new SpikingDense.Builder().nOut(229).backend(Backend.FUSED).build(),
        InputType.recurrent(131, 5, RNNFormat.NWC),
        Values.binary(1, density, TYPE, 257, 5, 131),
        Values.mask(257, 5, TYPE));
  }

  private static LayerRun spikingGraph(double retain) {
    return Backends.vertex(
        new SpikingGraphConvVertex.Builder()
            .nOut(37)
            .neuron(NEURON)
            .dropOut(retain)
            .backend(Backend.FUSED)
            .build(),
        InputType.recurrent(31, 5, RNNFormat.NWC),
        Values.binary(1, 0.3, TYPE, 257, 5, 31),
        Graphs.random(257, 900, TYPE),
        null);
  }

  private static LayerRun propagation(Propagation p) {
    return Backends.vertex(
        new SpikingGraphConvVertex.Builder()
            .nOut(31)
            .neuron(NEURON)
            .dropOut(0.8)
            .propagation(p)
            .residual(true)
            .backend(Backend.FUSED)
            .build(),
        InputType.recurrent(31, 5, RNNFormat.NWC),
        Values.binary(1, 0.3, TYPE, 257, 5, 31),
        Graphs.random(257, 900, TYPE),
        null);
  }

  private static LayerRun rareSpikesInAGraph() {
    return Backends.vertex(
        new SpikingGraphConvVertex.Builder()
            .nOut(211)
            .neuron(NEURON)
            .dropOut(0.8)
            .backend(Backend.FUSED)
            .build(),
        InputType.recurrent(61, 5, RNNFormat.NWC),
        Values.binary(1, 0.05, TYPE, 257, 5, 61),
        Graphs.random(257, 900, TYPE),
        null);
  }

  private static LayerRun graph() {
    return Backends.vertex(
        new GraphConvVertex.Builder()
            .nOut(149)
            .activation(Activation.TANH)
            .backend(Backend.FUSED)
            .build(),
        InputType.feedForward(131),
        Values.uniform(1, -1, 1, TYPE, 257, 131),
        Graphs.random(257, 900, TYPE),
        null);
  }

  private static LayerRun attention(HeadMerge merge) {
    return Backends.vertex(
        new GraphAttentionVertex.Builder()
            .nOut(39)
            .heads(3)
            .headMerge(merge)
            .attentionDropOut(0.8)
            .activation(Activation.TANH)
            .backend(Backend.FUSED)
            .build(),
        InputType.feedForward(131),
        Values.uniform(1, -1, 1, TYPE, 257, 131),
        Graphs.random(257, 900, TYPE),
        null);
  }

  private static LayerRun pooling() {
    double[] graphs = new double[257];
    java.util.Arrays.setAll(graphs, i -> i / 10);
    return Backends.vertex(
        new GraphReadoutVertex.Builder(GraphReadoutVertex.Pooling.ATTENTION)
            .backend(Backend.FUSED)
            .build(),
        InputType.recurrent(61, 5, RNNFormat.NWC),
        Values.uniform(1, -1, 2, TYPE, 257, 5, 61),
        Values.array(graphs, TYPE, 257, 1),
        null);
  }

  private static LayerRun pairs() {
    double[] nodes = Values.of(Values.uniform(2, 0, 600, DataType.DOUBLE, 1200, 2));
    java.util.Arrays.setAll(nodes, i -> Math.floor(nodes[i]));
    return Backends.vertex(
        new DotProductDecoderVertex.Builder()
            .trainScale(true)
            .trainBias(true)
            .backend(Backend.FUSED)
            .build(),
        InputType.feedForward(61),
        Values.uniform(1, -1, 2, TYPE, 600, 61),
        Values.array(nodes, TYPE, 1200, 2),
        null);
  }

  private static LayerRun spikingAttention() {
    return Backends.vertex(
        new SpikingGraphAttentionVertex.Builder()
            .nOut(39)
            .heads(3)
            .neuron(NEURON)
            .dropOut(0.8)
            .backend(Backend.FUSED)
            .build(),
        InputType.recurrent(31, 5, RNNFormat.NWC),
        Values.binary(1, 0.3, TYPE, 257, 5, 31),
        Graphs.random(257, 900, TYPE),
        null);
  }
}
