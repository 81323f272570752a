package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Reset;
import io.github.dl4jsnn.neuron.StfnParameters;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;

/** Configurations that cannot work are refused, at the latest when the network is built. */
class BadConfigurationTest {
  /** DL4J does not tell a vertex its name before the network is made. */
  private static final String GC = "SpikingGraphConvVertex with nIn";

  private static final InputType STATIC = InputType.feedForward(4);
  private static final InputType EDGES = InputType.feedForward(3);
  private static final InputType NCW = InputType.recurrent(4, 6, RNNFormat.NCW);

  static Stream<Arguments> options() {
    return Stream.of(
        bad("LIF, T = 0", () -> new LifLayer.Builder().timeSteps(0), "LifLayer", "was 0"),
        bad("LIF, folded T = 0", () -> lif().foldedTimeSteps(0), "foldedTimeSteps", "was 0"),
        bad("GC, T < 0", () -> gc().timeSteps(-3), "SpikingGraphConvVertex", "was -3"),
        bad("decay 0", () -> LifParameters.builder().decay(0).build(), "decay", "(0, 1]", "0.0"),
        bad("decay 1.1", () -> LifParameters.builder().decay(1.1).build(), "(0, 1]", "1.1"),
        bad("decay NaN", () -> LifParameters.builder().decay(0 / 0.0).build(), "(0, 1]", "NaN"),
        bad("threshold 0", () -> LifParameters.builder().threshold(0).build(), "threshold", "0.0"),
        bad("threshold < 0", () -> LifParameters.builder().threshold(-1).build(), "-1.0"),
        bad(
            "potential of soft reset",
            () -> LifParameters.builder().reset(Reset.SOFT).resetPotential(0.1).build(),
            "0.1",
            "hard reset",
            "SOFT"),
        bad("surrogate null", () -> LifParameters.builder().surrogate(null).build(), "surrogate"),
        bad("rho 0", () -> StfnParameters.builder().rho(0).build(), "rho", "0.0"),
        bad("eps 0", () -> StfnParameters.builder().eps(0).build(), "eps", "0.0"),
        bad("nOut missing", () -> new SpikingGraphConvVertex.Builder().build(), "nOut", "was 0"),
        bad("nOut missing", () -> new GraphConvVertex.Builder().build(), "nOut", "was 0"),
        bad("nOut 0", () -> new GraphConvVertex.Builder().nOut(0), "GraphConvVertex", "nOut"),
        bad("nIn < 0", () -> gc().nIn(-1), "SpikingGraphConvVertex", "nIn", "-1"),
        bad("drop-out 0", () -> gc().dropOut(0), "dropOut", "(0, 1]", "0.0"),
        bad("drop-out 2", () -> gc().dropOut(2), "dropOut", "2.0"),
        bad(
            "activation",
            () -> new GraphConvVertex.Builder().activation(Activation.SOFTMAX),
            "SOFTMAX",
            "RELU"),
        bad("no heads", () -> gat().heads(0), "GraphAttentionVertex", "heads", "was 0"),
        bad(
            "heads that do not divide nOut",
            () -> gat().nOut(7).heads(2).build(),
            "GraphAttentionVertex",
            "CONCAT",
            "multiple of heads, 2",
            "was 7"),
        bad("nOut missing", () -> gat().build(), "nOut", "was 0"),
        bad("attention drop-out 0", () -> gat().attentionDropOut(0), "attentionDropOut", "0.0"),
        bad("attention drop-out 2", () -> gat().attentionDropOut(2), "(0, 1]", "2.0"),
        bad("slope < 0", () -> gat().negativeSlope(-1), "negativeSlope", "[0, 1]", "-1.0"),
        bad("slope NaN", () -> gat().negativeSlope(0 / 0.0), "negativeSlope", "NaN"),
        bad("activation", () -> gat().activation(Activation.SOFTMAX), "SOFTMAX", "ELU"),
        bad("read-out decay", () -> new SpikeReadoutLayer.Builder().decay(0), "(0, 1]", "0.0"),
        bad("read-out scale", () -> new SpikeReadoutLayer.Builder().scale(0 / 0.0), "NaN"),
        bad(
            "rate with decay",
            () -> new SpikeReadoutLayer.Builder().decay(0.5).build(),
            "MEMBRANE_POTENTIAL"),
        bad(
            "first spike with decay",
            () -> read().mode(SpikeReadoutLayer.Mode.FIRST_SPIKE).decay(0.5).build(),
            "MEMBRANE_POTENTIAL"),
        bad("STFN threshold", () -> new StfnLayer.Builder().threshold(0), "threshold", "0.0"),
        bad("tdBN threshold", () -> tdBn().threshold(-1), "ThresholdBatchNormLayer", "-1.0"),
        bad("tdBN alpha", () -> tdBn().alpha(0), "ThresholdBatchNormLayer", "alpha", "0.0"),
        bad(
            "decay of statistics",
            () -> tdBn().decay(1),
            "ThresholdBatchNormLayer",
            "[0, 1)",
            "1.0"),
        bad("decay NaN", () -> tebn().decay(0 / 0.0), "TemporalEffectiveBatchNormLayer", "NaN"),
        bad("eps of TEBN", () -> tebn().eps(0), "TemporalEffectiveBatchNormLayer", "eps", "0.0"),
        bad("steps of TEBN", () -> tebn().timeSteps(0), "TemporalEffectiveBatchNormLayer", "was 0"),
        bad("nIn of TEBN", () -> tebn().nIn(-2), "TemporalEffectiveBatchNormLayer", "nIn", "-2"),
        bad("drop all", () -> drop().dropProbability(1), "SpikeDropoutLayer", "[0, 1)", "1.0"),
        bad("drop NaN", () -> drop().dropProbability(0 / 0.0), "SpikeDropoutLayer", "NaN"),
        bad("rates crossed", () -> rate().lower(0.4).upper(0.3).build(), "lower 0.4", "upper 0.3"),
        bad("rate < 0", () -> rate().lower(-1).build(), "FiringRateRegularizationLayer", "-1.0"),
        bad("rate infinite", () -> rate().upper(1 / 0.0).build(), "finite", "Infinity"),
        bad("rate NaN", () -> rate().upper(0 / 0.0).build(), "upper NaN"),
        bad("coefficient < 0", () -> rate().coefficient(-1), "coefficient", "-1.0"),
        bad("dense nOut missing", () -> new SpikingDense.Builder().build(), "nOut", "was 0"),
        bad("dense nIn 0", () -> new SpikingDense.Builder().nIn(0), "SpikingDense", "nIn", "0"),
        bad("dense bias", () -> new SpikingDense.Builder().biasInit(0 / 0.0), "biasInit", "NaN"),
        bad(
            "dense weights",
            () -> new SpikingDense.Builder().weightInit(WeightInit.DISTRIBUTION),
            "DISTRIBUTION",
            "WeightInitDistribution"),
        bad("decoder scale", () -> dot().scale(0 / 0.0), "DotProductDecoderVertex", "scale", "NaN"),
        bad("decoder bias", () -> dot().bias(1 / 0.0), "DotProductDecoderVertex", "bias", "Inf"),
        bad("graphs nIn", () -> pool().nIn(0), "GraphReadoutVertex", "nIn", "0"),
        bad("RNN nOut", () -> new SpikeRecurrent.Builder().timeSteps(2).build(), "nOut", "was 0"),
        bad("RNN T", () -> new SpikeRecurrent.Builder().nOut(2).build(), "SpikeRecurrent", "was 0"),
        bad(
            "RNN weights",
            () -> new SpikeRecurrent.Builder().weightInit(WeightInit.DISTRIBUTION),
            "SpikeRecurrent",
            "DISTRIBUTION"),
        bad(
            "linear nOut missing",
            () -> new SpikingLinear.Builder().build(),
            "SpikingLinear",
            "nOut"),
        bad("linear T", () -> linear().timeSteps(0), "SpikingLinear", "timeSteps", "was 0"),
        bad("linear decay", () -> linear().batchNormDecay(1), "SpikingLinear", "[0, 1)", "1.0"),
        bad("linear eps", () -> linear().batchNormEps(0), "SpikingLinear", "eps", "0.0"),
        bad(
            "linear weights",
            () -> linear().weightInit(WeightInit.DISTRIBUTION),
            "SpikingLinear",
            "DISTRIBUTION"),
        bad(
            "code of a held input",
            () -> CpgLinear.builder().nOut(2).repeatInput(true).build(),
            "positional code",
            "repeatInput"),
        bad("taps", () -> new SpikingConv1d.Builder().kernelSize(0), "kernelSize", "was 0"),
        bad("dilation", () -> new SpikingConv1d.Builder().dilation(-1), "dilation", "was -1"),
        bad("STFN nIn", () -> new StfnLayer.Builder().nIn(0), "StfnLayer", "nIn", "0"));
  }

  private static SpikingLinear.Builder linear() {
    return new SpikingLinear.Builder().nOut(3);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("options")
  void optionOutsideItsRangeIsRefused(String what, ThrowingCallable action, String[] message) {
    assertThatThrownBy(action)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(message);
  }

  private static Arguments bad(String what, ThrowingCallable action, String... message) {
    return Arguments.of(what, action, message);
  }

  static Stream<Arguments> networks() {
    return Stream.of(
        bad("static into LIF", () -> layer(lif(), STATIC), "\"it\"", "[N, F]", "timeSteps"),
        bad("static into read-out", () -> layer(read(), STATIC), "\"it\"", "sequence", "(4)"),
        bad(
            "static into difference",
            () -> layer(new DifferenceLayer.Builder(), STATIC),
            "\"it\"",
            "sequence",
            "(4)"),
        bad(
            "static into last step",
            () -> layer(new LastTimeStepLayer.Builder(), STATIC),
            "\"it\"",
            "sequence",
            "(4)"),
        bad("static into linear", () -> layer(linear(), STATIC), "\"it\"", "sequence", "(4)"),
        bad("T that does not divide 6", () -> layer(linear(), NCW), "\"it\"", "T*L", "length 6"),
        bad("static GC", () -> vertex(gc(), STATIC, EDGES), GC, "[N, nIn]", "timeSteps"),
        bad(
            "LIF of another format",
            () -> layer(lif().dataFormat(RNNFormat.NWC), NCW),
            "\"it\"",
            "NWC",
            "NCW"),
        bad(
            "read-out of another format",
            () -> layer(read().dataFormat(RNNFormat.NWC), NCW),
            "\"it\"",
            "NWC",
            "NCW"),
        bad(
            "STFN of another format",
            () -> layer(new StfnLayer.Builder().dataFormat(RNNFormat.NWC), NCW),
            "\"it\"",
            "NWC",
            "NCW"),
        bad(
            "GC of another format",
            () -> vertex(gc().dataFormat(RNNFormat.NWC), NCW, EDGES),
            GC,
            "NWC",
            "NCW"),
        bad("static into tdBN", () -> layer(tdBn(), STATIC), "\"it\"", "sequence", "(4)"),
        bad("static into drop-out", () -> layer(drop(), STATIC), "\"it\"", "sequence", "(4)"),
        bad("static into rates", () -> layer(rate(), STATIC), "\"it\"", "sequence", "(4)"),
        bad(
            "tdBN of another format",
            () -> layer(tdBn().dataFormat(RNNFormat.NWC), NCW),
            "\"it\"",
            "NWC",
            "NCW"),
        bad(
            "drop-out of another format",
            () -> layer(drop().dataFormat(RNNFormat.NWC), NCW),
            "\"it\"",
            "NWC",
            "NCW"),
        bad(
            "TEBN of another T",
            () -> layer(tebn().timeSteps(7), NCW),
            "\"it\"",
            "timeSteps is 7",
            "6 steps"),
        bad(
            "dense of another format",
            () -> layer(new SpikingDense.Builder().nOut(2).dataFormat(RNNFormat.NWC), NCW),
            "\"it\"",
            "NWC",
            "NCW"),
        bad("GC of another nIn", () -> vertex(gc().nIn(5), NCW, EDGES), GC, "nIn is 5", "size 4"),
        bad("recurrent edges", () -> vertex(gc(), NCW, NCW), GC, "edge list", "(2)", "(3)"),
        bad(
            "edges of four columns",
            () -> vertex(gc(), NCW, InputType.feedForward(4)),
            GC,
            "edge list",
            "(4)"),
        bad(
            "three columns of membership",
            () -> vertex(pool().build(), STATIC, EDGES),
            "GraphReadoutVertex",
            "membership",
            "(1)",
            "(3)"),
        bad(
            "pooling of another format",
            () -> vertex(pool().dataFormat(RNNFormat.NWC).build(), NCW, InputType.feedForward(1)),
            "GraphReadoutVertex",
            "NWC",
            "NCW"),
        bad(
            "pooling of another nIn",
            () -> vertex(pool().nIn(5).build(), NCW, InputType.feedForward(1)),
            "GraphReadoutVertex",
            "nIn is 5",
            "size 4"),
        bad(
            "images into pooling",
            () ->
                vertex(pool().build(), InputType.convolutional(3, 3, 1), InputType.feedForward(1)),
            "GraphReadoutVertex",
            "feed-forward or recurrent"),
        bad(
            "three columns of pairs",
            () -> vertex(dot().build(), STATIC, EDGES),
            "DotProductDecoderVertex",
            "pairs",
            "(2)",
            "(3)"),
        bad(
            "sequence into decoder",
            () -> vertex(dot().build(), NCW, InputType.feedForward(2)),
            "DotProductDecoderVertex",
            "[N, F]",
            "SpikeReadoutLayer"),
        bad(
            "images into GC",
            () -> vertex(gc(), InputType.convolutional(3, 3, 1), EDGES),
            GC,
            "feed-forward or recurrent"),
        bad(
            "images into LIF",
            () -> layer(lif(), InputType.convolutional(3, 3, 1)),
            "\"it\"",
            "timeSteps"),
        bad(
            "images into read-out",
            () -> layer(read(), InputType.convolutional(3, 3, 1)),
            "\"it\"",
            "sequence"),
        bad(
            "volumes into LIF",
            () ->
                layer(
                    lif().timeSteps(2),
                    InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 3, 3, 3, 1)),
            "\"it\"",
            "feed-forward, recurrent or convolutional"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void networkThatCannotWorkIsRefused(String what, ThrowingCallable action, String[] message) {
    assertThatThrownBy(action).satisfies(e -> assertNamed(e, message));
  }

  /** DL4J wraps some of these exceptions, naming the vertex, in one of its own. */
  private static void assertNamed(Throwable e, String... message) {
    StringBuilder all = new StringBuilder();
    for (Throwable t = e; t != null; t = t.getCause()) {
      all.append(t.getMessage()).append('\n');
    }
    org.assertj.core.api.Assertions.assertThat(all.toString()).contains(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void vertexNeedsFeaturesAndEdges(int inputs) {
    String[] names = inputs == 1 ? new String[] {"x"} : new String[] {"x", "e", "e2"};
    ComputationGraph net = unchecked(gc().nIn(4).build(), names);
    assertThatThrownBy(net::init)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("\"it\"", "[features, edges]", java.util.Arrays.toString(names));
  }

  @Test
  void vertexNeedsNInOrInputTypes() {
    ComputationGraph net = unchecked(gc().build(), "x", "e");
    assertThatThrownBy(net::init).hasMessageContainingAll("SpikingGraphConvVertex", "nIn", "0");
  }

  @Test
  void attentionOverGraphsNeedsNInOrInputTypes() {
    GraphReadoutVertex gate = pool().pooling(GraphReadoutVertex.Pooling.ATTENTION).build();
    ComputationGraph net = unchecked(gate, "x", "e");
    assertThatThrownBy(net::init).hasMessageContainingAll("GraphReadoutVertex", "nIn", "0");
  }

  @Test
  void stfnNeedsNInOrInputTypes() {
    ComputationGraph net = unchecked(new StfnLayer.Builder().build());
    assertThatThrownBy(net::init).hasMessageContainingAll("StfnLayer", "nIn", "0");
  }

  @Test
  void batchNormNeedsNInAndWhereItHasParametersTheNumberOfSteps() {
    ComputationGraph tdBn = unchecked(tdBn().build());
    assertThatThrownBy(tdBn::init).hasMessageContainingAll("ThresholdBatchNorm", "nIn", "0");
    ComputationGraph tebn = unchecked(tebn().nIn(4).build());
    assertThatThrownBy(tebn::init).hasMessageContainingAll("TemporalEffective", "timeSteps", "0");
  }

  @Test
  void spikingDenseNeedsNInOrInputTypes() {
    ComputationGraph net = unchecked(new SpikingDense.Builder().nOut(2).build());
    assertThatThrownBy(net::init).hasMessageContainingAll("SpikingDense", "nIn", "0");
  }

  /** Without setInputTypes the mistake shows in the first forward pass. */
  @Test
  void staticInputWithoutTimeStepsIsRefusedInTheForwardPass() {
    ComputationGraph gc = unchecked(gc().nIn(4).build(), "x", "e");
    gc.init();
    assertThatThrownBy(() -> gc.output(Nd4j.ones(3, 4), Nd4j.zeros(1, 3)))
        .hasMessageContainingAll("\"it\"", "timeSteps");
    ComputationGraph lif = unchecked(lif().build());
    lif.init();
    assertThatThrownBy(() -> lif.output(Nd4j.ones(3, 4)))
        .hasMessageContainingAll("\"it\"", "timeSteps");
  }

  /** A network built without input types, in which nothing is inferred or checked. */
  private static ComputationGraph unchecked(AbstractSnnVertex vertex, String... inputs) {
    return finish(builder().addInputs(inputs).addVertex("it", vertex, inputs));
  }

  private static ComputationGraph unchecked(AbstractSnnLayer layer) {
    return finish(builder().addInputs("x").addLayer("it", layer, "x"));
  }

  private static ComputationGraph finish(GraphBuilder b) {
    return new ComputationGraph(
        b.addLayer("read", read().build(), "it")
            .addLayer("out", new LossLayer.Builder().build(), "read")
            .setOutputs("out")
            .build());
  }

  private static GraphReadoutVertex.Builder pool() {
    return new GraphReadoutVertex.Builder();
  }

  private static DotProductDecoderVertex.Builder dot() {
    return new DotProductDecoderVertex.Builder();
  }

  private static SpikingGraphConvVertex.Builder gc() {
    return new SpikingGraphConvVertex.Builder().nOut(2);
  }

  private static GraphAttentionVertex.Builder gat() {
    return new GraphAttentionVertex.Builder();
  }

  private static ThresholdBatchNormLayer.Builder tdBn() {
    return new ThresholdBatchNormLayer.Builder();
  }

  private static TemporalEffectiveBatchNormLayer.Builder tebn() {
    return new TemporalEffectiveBatchNormLayer.Builder();
  }

  private static SpikeDropoutLayer.Builder drop() {
    return new SpikeDropoutLayer.Builder();
  }

  private static FiringRateRegularizationLayer.Builder rate() {
    return new FiringRateRegularizationLayer.Builder();
  }

  private static LifLayer.Builder lif() {
    return new LifLayer.Builder();
  }

  private static SpikeReadoutLayer.Builder read() {
    return new SpikeReadoutLayer.Builder();
  }

  private static GraphBuilder builder() {
    return new NeuralNetConfiguration.Builder().graphBuilder();
  }

  private static void layer(AbstractSnnLayer.Builder<?> layer, InputType input) {
    builder()
        .addInputs("x")
        .addLayer("it", layer.build(), "x")
        .addLayer("out", new LossLayer.Builder().build(), "it")
        .setOutputs("out")
        .setInputTypes(input)
        .build();
  }

  private static void vertex(SpikingGraphConvVertex.Builder vertex, InputType... inputs) {
    vertex(vertex.build(), inputs);
  }

  private static void vertex(AbstractSnnVertex vertex, InputType... inputs) {
    builder()
        .addInputs("x", "e")
        .addVertex("it", vertex, "x", "e")
        .addLayer("read", read().build(), "it")
        .addLayer("out", new LossLayer.Builder().build(), "read")
        .setOutputs("out")
        .setInputTypes(inputs)
        .build();
  }
}
