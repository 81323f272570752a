package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.graph.Propagation;
import io.github.dl4jsnn.neuron.Firing;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.Recurrence;
import io.github.dl4jsnn.neuron.Reset;
import io.github.dl4jsnn.neuron.ResetGradient;
import io.github.dl4jsnn.neuron.StfnParameters;
import io.github.dl4jsnn.position.CpgCode;
import io.github.dl4jsnn.testing.DoublePrecision;
import io.github.dl4jsnn.testing.Graphs;
import io.github.dl4jsnn.testing.NeuronModels;
import io.github.dl4jsnn.testing.Neurons;
import io.github.dl4jsnn.testing.Propagations;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.GraphConfig;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.MLNConfig;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Gradients of whole networks against finite differences, with spikes replaced by the primitive of
 * their surrogate. Only exact and no reset: a detached one is the gradient of no function.
 */
@ExtendWith({QuietSameDiff.class, DoublePrecision.class})
class GradientCheckTest {
  private static final DataType TYPE = DataType.DOUBLE;
  private static final int N = 3;
  private static final int T = 4;
  private static final int IN = 2;

  static Stream<Arguments> smoothNeurons() {
    return Stream.concat(Neurons.all().stream(), Neurons.eachSurrogate().stream())
        .filter(p -> p.getReset() == Reset.NONE || p.getResetGradient() == ResetGradient.EXACT)
        .map(p -> arguments(Neurons.name(p), p.toBuilder().firing(Firing.SMOOTH).build()));
  }

  static Stream<Arguments> smoothNeuronOfEachReset() {
    return smoothNeurons().filter(a -> a.get()[0].toString().endsWith("EXACT arctan"));
  }

  private static LifParameters smoothNeuron() {
    return (LifParameters) smoothNeuronOfEachReset().findFirst().orElseThrow().get()[1];
  }

  private static NeuralNetConfiguration.Builder builder() {
    return new NeuralNetConfiguration.Builder().seed(12).dataType(TYPE).updater(new NoOp());
  }

  private static Layer tanhDense(int nOut) {
    return new DenseLayer.Builder().nOut(nOut).activation(Activation.TANH).build();
  }

  private static Layer squares() {
    return new LossLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY).build();
  }

  /** A static input through the given layers and a squared error on 3 features. */
  private static void checkStatic(Layer... layers) {
    NeuralNetConfiguration.ListBuilder list = builder().list().layer(tanhDense(3));
    for (Layer l : layers) {
      list.layer(l);
    }
    check(list.layer(squares()), InputType.feedForward(IN), null, N, IN);
  }

  private static void check(
      NeuralNetConfiguration.ListBuilder list, InputType type, INDArray mask, long... shape) {
    MultiLayerNetwork net = new MultiLayerNetwork(list.setInputType(type).build());
    net.init();
    MLNConfig check =
        new MLNConfig()
            .net(net)
            .input(Values.uniform(1, -1, 2, TYPE, shape))
            .labels(Values.uniform(2, -1, 1, TYPE, N, 3))
            .inputMask(mask)
            .excludeParams(runningStatistics(net))
            .maxRelError(Tolerances.FINITE_DIFFERENCE);
    assertThat(net.numParams()).isPositive();
    assertThat(GradientCheckUtil.checkGradients(check)).isTrue();
  }

  /** Their gradient is a step, not a gradient. */
  private static Set<String> runningStatistics(MultiLayerNetwork net) {
    return net.paramTable().keySet().stream()
        .filter(p -> p.endsWith("_mean") || p.endsWith("_var"))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("smoothNeurons")
  void lifLayer(String name, LifParameters p) {
    checkStatic(
        new LifLayer.Builder().neuron(p).timeSteps(T).backend(Backend.FUSED).build(),
        new LifLayer.Builder().neuron(p).backend(Backend.FUSED).build(),
        new SpikeReadoutLayer.Builder().backend(Backend.FUSED).build());
  }

  @ParameterizedTest
  @EnumSource(names = {"FUSED", "SAMEDIFF"})
  void firstSpike(Backend backend) {
    checkStatic(
        new LifLayer.Builder().neuron(smoothNeuron()).timeSteps(T).backend(Backend.FUSED).build(),
        new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.FIRST_SPIKE)
            .scale(2)
            .trainScale(true)
            .backend(backend)
            .build());
  }

  static Stream<Arguments> smoothModels() {
    int[] turn = {0};
    return NeuronModels.smooth().stream()
        .map(n -> arguments(NeuronModels.name(n), n, Recurrence.values()[turn[0]++ % 3]));
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("smoothModels")
  void neuronLayer(String name, Neuron neuron, Recurrence recurrence) {
    checkStatic(
        new NeuronLayer.Builder()
            .neuron(neuron)
            .recurrence(recurrence)
            .timeSteps(T)
            .backend(Backend.FUSED)
            .build(),
        new SpikeReadoutLayer.Builder().backend(Backend.FUSED).build());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("smoothNeuronOfEachReset")
  void lifLayerInSameDiff(String name, LifParameters p) {
    checkStatic(
        new LifLayer.Builder().neuron(p).timeSteps(2).backend(Backend.SAMEDIFF).build(),
        new SpikeReadoutLayer.Builder().backend(Backend.FUSED).build());
  }

  static Stream<Arguments> sequences() {
    return Stream.of(
        arguments(RNNFormat.NWC, false, Backend.FUSED),
        arguments(RNNFormat.NCW, false, Backend.FUSED),
        arguments(RNNFormat.NCW, true, Backend.FUSED),
        arguments(RNNFormat.NCW, true, Backend.SAMEDIFF));
  }

  @ParameterizedTest(name = "{0} masked {1} {2}")
  @MethodSource("sequences")
  void sequence(RNNFormat format, boolean masked, Backend backend) {
    NeuralNetConfiguration.ListBuilder list =
        builder()
            .list()
            .layer(new SimpleRnn.Builder().nOut(3).activation(Activation.TANH).build())
            .layer(new LifLayer.Builder().neuron(smoothNeuron()).backend(backend).build())
            .layer(
                new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL)
                    .decay(0.8)
                    .scale(2)
                    .trainScale(true)
                    .backend(backend)
                    .build())
            .layer(squares());
    boolean ncw = format == RNNFormat.NCW;
    check(
        list,
        InputType.recurrent(IN, T, format),
        masked ? Values.mask(N, T, TYPE) : null,
        N,
        ncw ? IN : T,
        ncw ? T : IN);
  }

  @ParameterizedTest(name = "{0} masked {1} {2}")
  @MethodSource("sequences")
  void lastTimeStep(RNNFormat format, boolean masked, Backend backend) {
    boolean ncw = format == RNNFormat.NCW;
    check(
        builder()
            .list()
            .layer(new SimpleRnn.Builder().nOut(3).activation(Activation.TANH).build())
            .layer(new LastTimeStepLayer.Builder().backend(backend).build())
            .layer(squares()),
        InputType.recurrent(IN, T, format),
        masked ? Values.mask(N, T, TYPE) : null,
        N,
        ncw ? IN : T,
        ncw ? T : IN);
  }

  /** T = 2 steps of L = 2 positions. */
  @ParameterizedTest(name = "{0} masked {1} {2}")
  @MethodSource("sequences")
  void spikingAttention(RNNFormat format, boolean masked, Backend backend) {
    NeuralNetConfiguration.ListBuilder list =
        builder()
            .list()
            .layer(new SpikingDense.Builder().nOut(18).backend(Backend.FUSED).build())
            .layer(
                new SpikingAttention.Builder()
                    .timeSteps(2)
                    .heads(2)
                    .scale(0.3)
                    .neuron(smoothNeuron())
                    .backend(backend)
                    .build())
            .layer(new SpikingDense.Builder().nOut(3).backend(Backend.FUSED).build())
            .layer(new MeanOverTimeLayer.Builder().timeSteps(2).backend(backend).build())
            .layer(new RepeatOverTimeLayer.Builder().timeSteps(3).backend(backend).build())
            .layer(new SpikeReadoutLayer.Builder().backend(Backend.FUSED).build())
            .layer(squares());
    boolean ncw = format == RNNFormat.NCW;
    check(
        list,
        InputType.recurrent(IN, T, format),
        masked ? Values.mask(N, T, TYPE) : null,
        N,
        ncw ? IN : T,
        ncw ? T : IN);
  }

  @ParameterizedTest(name = "{0} masked {1} {2}")
  @MethodSource("sequences")
  void softmaxAttention(RNNFormat format, boolean masked, Backend backend) {
    NeuralNetConfiguration.ListBuilder list =
        builder()
            .list()
            .layer(new SpikingDense.Builder().nOut(18).backend(Backend.FUSED).build())
            .layer(new SoftmaxAttention.Builder().heads(2).backend(backend).build())
            .layer(new SpikingDense.Builder().nOut(3).backend(Backend.FUSED).build())
            .layer(new SpikeReadoutLayer.Builder().backend(Backend.FUSED).build())
            .layer(squares());
    boolean ncw = format == RNNFormat.NCW;
    check(
        list,
        InputType.recurrent(IN, T, format),
        masked ? Values.mask(N, T, TYPE) : null,
        N,
        ncw ? IN : T,
        ncw ? T : IN);
  }

  static Stream<Arguments> affines() {
    return Stream.of(StfnParameters.Affine.values())
        .flatMap(a -> Stream.of(arguments(a, Backend.FUSED), arguments(a, Backend.SAMEDIFF)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("affines")
  void stfnLayer(StfnParameters.Affine affine, Backend backend) {
    StfnParameters p = StfnParameters.builder().affine(affine).rho(0.7).initialGamma(0.1).build();
    checkStatic(new StfnLayer.Builder().stfn(p).threshold(0.6).backend(backend).build());
  }

  @ParameterizedTest
  @EnumSource(names = {"FUSED", "SAMEDIFF"})
  void stfnOfSequence(Backend backend) {
    checkStatic(
        new LifLayer.Builder().neuron(smoothNeuron()).timeSteps(2).backend(Backend.FUSED).build(),
        new StfnLayer.Builder().backend(backend).build(),
        new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL)
            .decay(0.6)
            .trainScale(true)
            .backend(backend)
            .build());
  }

  @ParameterizedTest
  @CsvSource({"FUSED, NODE", "FUSED, GRAPH", "SAMEDIFF, NODE", "SAMEDIFF, GRAPH"})
  void nodeFeatureAttention(Backend backend, NodeFeatureAttentionLayer.Squeeze squeeze) {
    checkStatic(
        new LifLayer.Builder().neuron(smoothNeuron()).timeSteps(2).backend(Backend.FUSED).build(),
        new NodeFeatureAttentionLayer.Builder()
            .squeeze(squeeze)
            .reduction(1)
            .backend(backend)
            .build(),
        new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL)
            .decay(0.6)
            .backend(Backend.FUSED)
            .build());
  }

  static Stream<Arguments> batchNorms() {
    return Stream.of(BatchNormEquivalenceTest.Kind.values())
        .flatMap(
            kind ->
                Stream.of(
                    arguments(kind, false, Backend.FUSED),
                    arguments(kind, true, Backend.FUSED),
                    arguments(kind, true, Backend.SAMEDIFF)));
  }

  @ParameterizedTest(name = "{0} masked {1} {2}")
  @MethodSource("batchNorms")
  void batchNorm(BatchNormEquivalenceTest.Kind kind, boolean masked, Backend backend) {
    NeuralNetConfiguration.ListBuilder list =
        builder()
            .list()
            .layer(new SimpleRnn.Builder().nOut(3).activation(Activation.TANH).build())
            .layer(kind.builder().eps(0.1).backend(backend).build())
            .layer(new LifLayer.Builder().neuron(smoothNeuron()).backend(Backend.FUSED).build())
            .layer(new SpikeReadoutLayer.Builder().backend(Backend.FUSED).build())
            .layer(squares());
    INDArray mask = masked ? Values.mask(N, T, TYPE) : null;
    check(list, InputType.recurrent(IN, T, RNNFormat.NCW), mask, N, IN, T);
  }

  /** Bounds close together, so that nearly every rate lies outside. */
  @ParameterizedTest
  @CsvSource({"FUSED, false", "FUSED, true", "SAMEDIFF, true"})
  void firingRateRegularization(Backend backend, boolean masked) {
    NeuralNetConfiguration.ListBuilder list =
        builder()
            .list()
            .layer(new SimpleRnn.Builder().nOut(3).activation(Activation.TANH).build())
            .layer(new LifLayer.Builder().neuron(smoothNeuron()).backend(Backend.FUSED).build())
            .layer(
                new FiringRateRegularizationLayer.Builder()
                    .lower(0.3)
                    .upper(0.31)
                    .coefficient(4)
                    .backend(backend)
                    .build())
            .layer(new SpikeReadoutLayer.Builder().backend(Backend.FUSED).build())
            .layer(squares());
    INDArray mask = masked ? Values.mask(N, T, TYPE) : null;
    check(list, InputType.recurrent(IN, T, RNNFormat.NCW), mask, N, IN, T);
  }

  @ParameterizedTest
  @EnumSource(names = {"FUSED", "SAMEDIFF"})
  void spikeDropout(Backend backend) {
    checkStatic(
        new LifLayer.Builder().neuron(smoothNeuron()).timeSteps(T).backend(Backend.FUSED).build(),
        new SpikeDropoutLayer.Builder().dropProbability(0.3).backend(backend).build(),
        new SpikeReadoutLayer.Builder().backend(Backend.FUSED).build());
  }

  @ParameterizedTest(name = "{0} masked {1} {2}")
  @MethodSource("sequences")
  void spikingDense(RNNFormat format, boolean masked, Backend backend) {
    NeuralNetConfiguration.ListBuilder list =
        builder()
            .list()
            .layer(new SpikingDense.Builder().nOut(45).backend(backend).build())
            .layer(new LifLayer.Builder().neuron(smoothNeuron()).backend(Backend.FUSED).build())
            .layer(new SpikingDense.Builder().nOut(3).hasBias(false).backend(backend).build())
            .layer(new SpikeReadoutLayer.Builder().backend(Backend.FUSED).build())
            .layer(squares());
    boolean ncw = format == RNNFormat.NCW;
    check(
        list,
        InputType.recurrent(IN, T, format),
        masked ? Values.mask(N, T, TYPE) : null,
        N,
        ncw ? IN : T,
        ncw ? T : IN);
  }

  static Stream<Arguments> maps() {
    return Stream.of(
        arguments("linear", new SpikingLinear.Builder().batchNorm(false)),
        arguments("CPG linear", CpgLinear.builder()),
        arguments("convolution", new SpikingConv1d.Builder()),
        arguments("convolution, weight norm", new SpikingConv1d.Builder().weightNorm(true)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("maps")
  void spikingMaps(String name, AbstractSpikingMapLayer.Builder<?> map) {
    for (Backend backend : new Backend[] {Backend.FUSED, Backend.SAMEDIFF}) {
      NeuralNetConfiguration.ListBuilder list =
          builder()
              .list()
              .layer(
                  new SpikingLinear.Builder()
                      .nOut(3)
                      .timeSteps(2)
                      .repeatInput(true)
                      .batchNormEps(0.1)
                      .neuron(smoothNeuron())
                      .backend(backend)
                      .build())
              .layer(
                  map.nOut(3)
                      .timeSteps(2)
                      .batchNormEps(0.1)
                      .neuron(smoothNeuron())
                      .backend(backend)
                      .build())
              .layer(new SpikeReadoutLayer.Builder().backend(Backend.FUSED).build())
              .layer(squares());
      INDArray mask = Values.mask(N, T, TYPE);
      check(list, InputType.recurrent(IN, T, RNNFormat.NWC), mask, N, T, IN);
    }
  }

  /** A graph of 5 nodes, 3 of them labelled, with the given body between input and loss. */
  private static void checkGraph(
      Function<
              ComputationGraphConfiguration.GraphBuilder,
              ComputationGraphConfiguration.GraphBuilder>
          body) {
    ComputationGraphConfiguration conf =
        body.apply(builder().graphBuilder().addInputs("x", "edges"))
            .addLayer("out", new LabelledLossLayer.Builder().build(), "last")
            .setOutputs("out")
            .setInputTypes(InputType.feedForward(IN), InputType.feedForward(3))
            .build();
    ComputationGraph net = new ComputationGraph(conf);
    net.init();
    GraphConfig check =
        new GraphConfig()
            .net(net)
            .inputs(
                new INDArray[] {Values.uniform(1, -1, 2, TYPE, 5, IN), Graphs.WEIGHTED.edges(TYPE)})
            .labels(
                new INDArray[] {
                  Values.array(
                      new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0}, TYPE, 5, 3)
                })
            .labelMask(new INDArray[] {Values.array(new double[] {1, 0, 1, 1, 0}, TYPE, 5, 1)})
            .maxRelError(Tolerances.FINITE_DIFFERENCE);
    assertThat(net.numParams()).isPositive();
    assertThat(GradientCheckUtil.checkGradients(check)).isTrue();
  }

  private static SpikingGraphConvVertex.Builder spiking(LifParameters p, Backend backend) {
    return new SpikingGraphConvVertex.Builder().nOut(3).neuron(p).backend(backend);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("smoothNeurons")
  void spikingGraphConvVertex(String name, LifParameters p) {
    checkGraph(
        b ->
            b.addVertex("gc1", spiking(p, Backend.FUSED).timeSteps(T).build(), "x", "edges")
                .addVertex("gc2", spiking(p, Backend.FUSED).build(), "gc1", "edges")
                .addLayer("last", new SpikeReadoutLayer.Builder().scale(3).build(), "gc2"));
  }

  @ParameterizedTest
  @EnumSource(names = {"FUSED", "SAMEDIFF"})
  void spikingGraphConvVertexWithoutStfn(Backend backend) {
    checkGraph(
        b ->
            b.addVertex(
                    "gc",
                    spiking(smoothNeuron(), backend).stfn(null).timeSteps(2).build(),
                    "x",
                    "edges")
                .addLayer("last", new SpikeReadoutLayer.Builder().scale(3).build(), "gc"));
  }

  static Stream<Arguments> activations() {
    return Stream.of(Activation.IDENTITY, Activation.RELU, Activation.TANH, Activation.SIGMOID)
        .flatMap(a -> Stream.of(arguments(a, Backend.FUSED), arguments(a, Backend.SAMEDIFF)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("activations")
  void graphConvVertex(Activation activation, Backend backend) {
    checkGraph(
        b ->
            b.addLayer("before", tanhDense(2), "x")
                .addVertex(
                    "last",
                    new GraphConvVertex.Builder()
                        .nOut(3)
                        .activation(activation)
                        .backend(backend)
                        .build(),
                    "before",
                    "edges"));
  }

  @ParameterizedTest
  @EnumSource
  void spikingGraphAttentionVertex(HeadMerge merge) {
    SpikingGraphAttentionVertex.Builder ga =
        new SpikingGraphAttentionVertex.Builder()
            .heads(2)
            .headMerge(merge)
            .neuron(smoothNeuron())
            .backend(Backend.FUSED);
    checkGraph(
        b ->
            b.addVertex("ga1", ga.nOut(4).timeSteps(T).build(), "x", "edges")
                .addVertex("ga2", ga.nOut(3).heads(1).build(), "ga1", "edges")
                .addLayer("last", new SpikeReadoutLayer.Builder().scale(3).build(), "ga2"));
  }

  @ParameterizedTest
  @EnumSource
  void graphAttentionVertex(HeadMerge merge) {
    checkGraph(
        b ->
            b.addLayer("before", tanhDense(2), "x")
                .addVertex(
                    "last",
                    new GraphAttentionVertex.Builder()
                        .nOut(3)
                        .heads(3)
                        .headMerge(merge)
                        .backend(Backend.FUSED)
                        .build(),
                    "before",
                    "edges"));
  }

  static Stream<Propagation> propagations() {
    return Propagations.all().stream();
  }

  /** The first residual connection is a projection, the second the input. */
  @ParameterizedTest
  @MethodSource("propagations")
  void propagation(Propagation p) {
    SpikingGraphConvVertex.Builder gc =
        spiking(smoothNeuron(), Backend.FUSED).propagation(p).residual(true);
    checkGraph(
        b ->
            b.addVertex("gc1", gc.timeSteps(T).build(), "x", "edges")
                .addVertex("gc2", gc.build(), "gc1", "edges")
                .addLayer("last", new SpikeReadoutLayer.Builder().scale(3).build(), "gc2"));
  }

  static Stream<Arguments> poolings() {
    return Stream.of(GraphReadoutVertex.Pooling.values())
        .flatMap(p -> Stream.of(arguments(p, Backend.FUSED), arguments(p, Backend.SAMEDIFF)));
  }

  /** Three graphs of 2, 1 and 2 nodes; spikes are pooled step by step. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("poolings")
  void graphReadoutVertex(GraphReadoutVertex.Pooling pooling, Backend backend) {
    checkThird(
        b ->
            b.addVertex(
                    "gc", spiking(smoothNeuron(), Backend.FUSED).timeSteps(2).build(), "x", "edges")
                .addVertex(
                    "pool",
                    new GraphReadoutVertex.Builder(pooling).backend(backend).build(),
                    "gc",
                    "third")
                .addLayer("last", new SpikeReadoutLayer.Builder().scale(3).build(), "pool")
                .addLayer("out", new LabelledLossLayer.Builder().build(), "last"),
        Values.array(new double[] {0, 0, 1, 2, 2}, TYPE, 5, 1),
        Values.array(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, TYPE, 3, 3));
  }

  @ParameterizedTest
  @EnumSource(names = {"FUSED", "SAMEDIFF"})
  void dotProductDecoderVertex(Backend backend) {
    checkThird(
        b ->
            b.addVertex(
                    "gc", spiking(smoothNeuron(), Backend.FUSED).timeSteps(2).build(), "x", "edges")
                .addLayer("rate", new SpikeReadoutLayer.Builder().build(), "gc")
                .addVertex(
                    "pairs",
                    new DotProductDecoderVertex.Builder()
                        .scale(2)
                        .trainScale(true)
                        .trainBias(true)
                        .backend(backend)
                        .build(),
                    "rate",
                    "third")
                .addLayer(
                    "out",
                    new LossLayer.Builder(LossFunction.XENT).activation(Activation.SIGMOID).build(),
                    "pairs"),
        Values.array(new double[] {0, 1, 3, 3, 4, 1, 2, 0}, TYPE, 4, 2),
        Values.array(new double[] {1, 0, 1, 0}, TYPE, 4, 1));
  }

  /** Five nodes, with a third input and an output that is not by nodes. */
  private static void checkThird(
      Function<
              ComputationGraphConfiguration.GraphBuilder,
              ComputationGraphConfiguration.GraphBuilder>
          body,
      INDArray third,
      INDArray labels) {
    ComputationGraph net =
        new ComputationGraph(
            body.apply(builder().graphBuilder().addInputs("x", "edges", "third"))
                .setOutputs("out")
                .setInputTypes(
                    InputType.feedForward(IN),
                    InputType.feedForward(3),
                    InputType.feedForward(third.size(1)))
                .build());
    net.init();
    GraphConfig check =
        new GraphConfig()
            .net(net)
            .inputs(
                new INDArray[] {
                  Values.uniform(1, -1, 2, TYPE, 5, IN), Graphs.WEIGHTED.edges(TYPE), third
                })
            .labels(new INDArray[] {labels})
            .maxRelError(Tolerances.FINITE_DIFFERENCE);
    assertThat(GradientCheckUtil.checkGradients(check)).isTrue();
  }

  /** T = 2 of L = 2. */
  @ParameterizedTest(name = "{0} masked {1} {2}")
  @MethodSource("sequences")
  void spikeRecurrent(RNNFormat format, boolean masked, Backend backend) {
    NeuralNetConfiguration.ListBuilder list =
        builder()
            .list()
            .layer(
                new SpikeRecurrent.Builder()
                    .nOut(3)
                    .timeSteps(2)
                    .neuron(smoothNeuron())
                    .positionalCode(CpgCode.builder().pairs(1).build())
                    .backend(backend)
                    .build())
            .layer(new SpikeReadoutLayer.Builder().backend(Backend.FUSED).build())
            .layer(squares());
    boolean ncw = format == RNNFormat.NCW;
    check(
        list,
        InputType.recurrent(IN, T, format),
        masked ? Values.mask(N, T, TYPE) : null,
        N,
        ncw ? IN : T,
        ncw ? T : IN);
  }
}
