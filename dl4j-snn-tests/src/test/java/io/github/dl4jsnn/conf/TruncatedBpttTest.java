package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.neuron.Firing;
import io.github.dl4jsnn.neuron.LeakyIntegrator;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.Recurrence;
import io.github.dl4jsnn.neuron.ResetGradient;
import io.github.dl4jsnn.neuron.Sharing;
import io.github.dl4jsnn.testing.DoublePrecision;
import io.github.dl4jsnn.testing.NeuronModels;
import io.github.dl4jsnn.testing.Neurons;
import io.github.dl4jsnn.testing.Streams;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Truncated BPTT: the gradient of a segment whose first state is fixed. */
@ExtendWith(DoublePrecision.class)
class TruncatedBpttTest {
  private static final RNNFormat NCW = RNNFormat.NCW;
  private static final DataType TYPE = DataType.DOUBLE;
  private static final LayerWorkspaceMgr MGR = LayerWorkspaceMgr.noWorkspaces();
  private static final int N = 2;
  private static final int F = 3;
  private static final int T = 7;
  private static final int SEGMENT = 3;

  static Stream<Arguments> smoothLayers() {
    List<Arguments> cases = new ArrayList<>();
    for (LifParameters p : Neurons.resets()) {
      LifParameters smooth =
          p.toBuilder().resetGradient(ResetGradient.EXACT).firing(Firing.SMOOTH).build();
      cases.add(
          Arguments.of("LIF " + Neurons.name(p), new LifLayer.Builder().neuron(smooth).build()));
    }
    for (Neuron n : NeuronModels.smooth()) {
      boolean explosive = NeuronModels.name(n).startsWith("ExponentialIf NONE");
      Recurrence r = explosive ? Recurrence.NONE : Recurrence.values()[cases.size() % 3];
      Layer layer = new NeuronLayer.Builder().neuron(n).recurrence(r).build();
      cases.add(Arguments.of(NeuronModels.name(n) + " " + r, layer));
    }
    return cases.stream();
  }

  /** The layer in the state in which the first steps have left it. */
  private static MultiLayerNetwork afterFirstSteps(Layer conf) {
    MultiLayerNetwork net = Streams.network(InputType.recurrent(F, NCW), TYPE, conf);
    net.initGradientsView();
    if (net.numParams() > 0) {
      net.params().addi(Values.uniform(9, -0.2, 0.2, TYPE, net.params().shape()));
    }
    net.rnnTimeStep(Values.uniform(3, -0.6, 0.8, TYPE, N, F, 2));
    return net;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("smoothLayers")
  void gradientsOfASegmentEqualFiniteDifferences(String name, Layer conf) {
    MultiLayerNetwork net = afterFirstSteps(conf);
    RecurrentLayer layer = (RecurrentLayer) net.getLayer(0);
    INDArray x = Values.uniform(4, -0.6, 0.8, TYPE, N, F, SEGMENT);
    INDArray g = Values.uniform(5, -1, 1, TYPE, N, F, SEGMENT);
    layer.rnnActivateUsingStoredState(x.dup(), true, true, MGR);
    Pair<Gradient, INDArray> back = layer.tbpttBackpropGradient(g, SEGMENT, MGR);
    layer.clear();
    assertDerivative(layer, x, g, "input", x, back.getSecond());
    for (Map.Entry<String, INDArray> p : layer.paramTable().entrySet()) {
      INDArray dp = back.getFirst().getGradientFor(p.getKey());
      assertDerivative(layer, x, g, p.getKey(), p.getValue(), dp);
    }
  }

  private static void assertDerivative(
      RecurrentLayer layer, INDArray x, INDArray g, String what, INDArray of, INDArray d) {
    double step = 1e-6;
    double[] expected = new double[(int) of.length()];
    for (int i = 0; i < expected.length; i++) {
      double value = of.getDouble(i);
      of.putScalar(i, value + step);
      double above = loss(layer, x, g);
      of.putScalar(i, value - step);
      expected[i] = (above - loss(layer, x, g)) / (2 * step);
      of.putScalar(i, value);
    }
    Tolerances.assertClose(what, Values.of(d), expected, Tolerances.FINITE_DIFFERENCE);
  }

  private static double loss(RecurrentLayer layer, INDArray x, INDArray g) {
    INDArray y = layer.rnnActivateUsingStoredState(x.dup(), true, false, MGR);
    layer.clear();
    return y.mul(g).sumNumber().doubleValue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("smoothLayers")
  void errorsStopAtTheBackLength(String name, Layer conf) {
    int back = 2;
    int steps = 4;
    INDArray x = Values.uniform(4, -0.6, 0.8, TYPE, N, F, steps);
    INDArray g = Values.uniform(5, -1, 1, TYPE, N, F, steps);
    RecurrentLayer layer = (RecurrentLayer) afterFirstSteps(conf).getLayer(0);
    layer.rnnActivateUsingStoredState(x, true, true, MGR);
    Pair<Gradient, INDArray> all = layer.tbpttBackpropGradient(g, back, MGR);

    RecurrentLayer tail = (RecurrentLayer) afterFirstSteps(conf).getLayer(0);
    tail.rnnTimeStep(Streams.steps(x, NCW, 0, steps - back), MGR);
    tail.clear();
    tail.rnnActivateUsingStoredState(Streams.steps(x, NCW, steps - back, steps), true, true, MGR);
    Pair<Gradient, INDArray> expected =
        tail.tbpttBackpropGradient(Streams.steps(g, NCW, steps - back, steps), back, MGR);

    INDArray d = all.getSecond();
    Tolerances.assertIdentical(
        "last steps", Streams.steps(d, NCW, steps - back, steps), expected.getSecond());
    assertThat(Streams.steps(d, NCW, 0, steps - back).norm1Number().doubleValue()).isZero();
    expected
        .getFirst()
        .gradientForVariable()
        .forEach(
            (key, dp) -> Tolerances.assertIdentical(key, all.getFirst().getGradientFor(key), dp));
  }

  private static LifParameters neuron() {
    return LifParameters.builder()
        .decay(0.9)
        .threshold(0.4)
        .resetGradient(ResetGradient.EXACT)
        .firing(Firing.SMOOTH)
        .build();
  }

  private static Layer loss() {
    return new RnnLossLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY).build();
  }

  private static NeuralNetConfiguration.Builder settings(IUpdater updater) {
    return new NeuralNetConfiguration.Builder().seed(6).dataType(TYPE).updater(updater);
  }

  private static MultiLayerNetwork multiLayer(IUpdater updater) {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            settings(updater)
                .list()
                .layer(new SimpleRnn.Builder().nOut(8).build())
                .layer(new LifLayer.Builder().neuron(neuron()).build())
                .layer(new SimpleRnn.Builder().nOut(F).activation(Activation.IDENTITY).build())
                .layer(new NeuronLayer.Builder().neuron(new LeakyIntegrator(0.8)).build())
                .layer(loss())
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(SEGMENT)
                .setInputType(InputType.recurrent(F, NCW))
                .build());
    net.init();
    return net;
  }

  /** With a dense layer, so that DL4J puts a preprocessor before the neurons. */
  private static ComputationGraph graph(IUpdater updater) {
    ComputationGraph net =
        new ComputationGraph(
            settings(updater)
                .graphBuilder()
                .addInputs("x")
                .addLayer("dense", new DenseLayer.Builder().nOut(F).build(), "x")
                .addLayer(
                    "lif",
                    new LifLayer.Builder().neuron(neuron()).build(),
                    new FeedForwardToRnnPreProcessor(),
                    "dense")
                .addLayer(
                    "li", new NeuronLayer.Builder().neuron(new LeakyIntegrator(0.8)).build(), "lif")
                .addLayer("out", loss(), "li")
                .setOutputs("out")
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(SEGMENT)
                .setInputTypes(InputType.recurrent(F, NCW))
                .build());
    net.init();
    return net;
  }

  private static DataSet data() {
    return new DataSet(
        Values.uniform(1, -1, 3, TYPE, N, F, T), Values.uniform(2, -1, 1, TYPE, N, F, T));
  }

  /** Scores of all segments. */
  private static final class Scores extends BaseTrainingListener {
    private final List<Double> values = new ArrayList<>();

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      values.add(model.score());
    }
  }

  /** Without an update between them, the segments see what the whole sequence sees. */
  @Test
  void segmentsGoOnFromOneAnother() {
    DataSet data = data();
    MultiLayerNetwork net = multiLayer(new Sgd(0));
    Scores scores = new Scores();
    net.setListeners(scores);
    net.fit(data);
    assertScores(scores, net.output(data.getFeatures()), data.getLabels());
    assertThat(StreamingState.of(net)).as("afterwards").isEmpty();
  }

  @Test
  void segmentsGoOnFromOneAnotherInAGraph() {
    DataSet data = data();
    ComputationGraph net = graph(new Sgd(0));
    Scores scores = new Scores();
    net.setListeners(scores);
    net.fit(data);
    net.fit(data);
    assertThat(scores.values.subList(3, 6)).as("from rest").isEqualTo(scores.values.subList(0, 3));
    scores.values.subList(3, 6).clear();
    assertScores(scores, net.output(data.getFeatures())[0], data.getLabels());
  }

  private static void assertScores(Scores scores, INDArray output, INDArray labels) {
    assertThat(output.std().getDouble(0)).isGreaterThan(0.01);
    INDArray squares = output.sub(labels);
    squares.muli(squares);
    assertThat(scores.values).hasSize(3);
    double first = 0;
    for (int i = 0; i < 3; i++) {
      INDArray part = Streams.steps(squares, NCW, i * SEGMENT, Math.min(T, (i + 1) * SEGMENT));
      // up to DL4J's factor for N and F, which is the same for all segments
      double perStep = scores.values.get(i) / part.sumNumber().doubleValue();
      first = i == 0 ? perStep : first;
      assertThat(perStep).as("segment %s", i).isCloseTo(first, within(1e-9));
    }
  }

  @Test
  void chunksEqualTheWholeInAGraph() {
    ComputationGraph net = graph(new Sgd(0));
    INDArray x = data().getFeatures();
    INDArray whole = net.output(x)[0];
    for (int chunk : new int[] {1, 3, T}) {
      net.rnnClearPreviousState();
      List<INDArray> parts = new ArrayList<>();
      for (int t = 0; t < T; t += chunk) {
        parts.add(net.rnnTimeStep(Streams.steps(x, NCW, t, Math.min(T, t + chunk)))[0]);
      }
      Tolerances.assertClose("chunks", Streams.joined(parts, NCW), whole, Tolerances.DOUBLE);
    }
    assertThat(net.rnnGetPreviousState("lif")).containsOnlyKeys("potential", "spike");
    assertThat(StreamingState.of(net)).containsOnlyKeys("lif", "li");
  }

  @Test
  void trainingLowersTheLoss() {
    DataSet data = data();
    MultiLayerNetwork net = multiLayer(new Adam(0.03));
    double before = net.score(data);
    ComputationGraph graph = graph(new Adam(0.03));
    double graphBefore = graph.score(data);
    for (int i = 0; i < 30; i++) {
      net.fit(data);
      graph.fit(data);
    }
    assertThat(net.score(data)).isLessThan(0.8 * before);
    assertThat(graph.score(data)).isLessThan(0.8 * graphBefore);
  }

  @Test
  void layersThatCannotBeTruncatedRefuse() {
    assertRefused(RNNFormat.NWC, new LifLayer.Builder().name("lif").build(), "lif", "NCW", "NWC");
    assertRefused(NCW, new StfnLayer.Builder().name("norm").build(), "norm", "STFN");
    assertRefused(NCW, new SpikeReadoutLayer.Builder().name("read").build(), "read", "segments");
    assertRefused(NCW, new DifferenceLayer.Builder().name("delta").build(), "delta", "chunks");
    assertRefused(NCW, new LastTimeStepLayer.Builder().name("last").build(), "last", "segments");
    Layer defined = new LifLayer.Builder().name("slow").backend(Backend.SAMEDIFF).build();
    assertRefused(NCW, defined, "slow", "SAMEDIFF");
  }

  private static void assertRefused(RNNFormat format, Layer conf, String... words) {
    MultiLayerNetwork net = Streams.network(InputType.recurrent(F, format), TYPE, conf);
    INDArray x = Values.uniform(1, -1, 1, TYPE, N, F, F);
    assertThatThrownBy(() -> net.rnnActivateUsingStoredState(x, true, true))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContainingAll(words);
  }

  /** Features and classes agree in number, so that DL4J cuts through the features. */
  @Test
  void nwcIsRefusedInTraining() {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            settings(new Sgd(0.1))
                .list()
                .layer(
                    new NeuronLayer.Builder()
                        .neuron(new LeakyIntegrator(0.8, Sharing.LAYER, true))
                        .name("first")
                        .build())
                .layer(
                    new RnnLossLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .dataFormat(RNNFormat.NWC)
                        .build())
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(SEGMENT)
                .setInputType(InputType.recurrent(F, RNNFormat.NWC))
                .build());
    net.init();
    INDArray x = Values.uniform(1, -1, 1, TYPE, N, T, F);
    assertThatThrownBy(() -> net.fit(new DataSet(x, x.dup())))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContainingAll("first", "NCW", "[2, 7, 3]", "NWC");
  }

  @Test
  void networkGradientsOfASegmentEqualFiniteDifferences() {
    INDArray x = data().getFeatures();
    INDArray y = Streams.steps(data().getLabels(), NCW, SEGMENT, 2 * SEGMENT);
    INDArray first = Streams.steps(x, NCW, 0, SEGMENT);
    INDArray second = Streams.steps(x, NCW, SEGMENT, 2 * SEGMENT);
    ComputationGraph graph = graph(new Sgd(0));
    graph.rnnTimeStep(first);
    graph.initGradientsView();
    assertDerivative(
        graph,
        () -> {
          graph.setInputs(second);
          graph.setLabels(y);
          graph.computeGradientAndScore();
        });
  }

  private static void assertDerivative(Model net, Runnable pass) {
    pass.run();
    double[] actual = Values.of(net.getGradientsViewArray());
    double[] expected = new double[actual.length];
    INDArray p = net.params();
    double step = 1e-6;
    for (int i = 0; i < expected.length; i++) {
      double value = p.getDouble(i);
      p.putScalar(i, value + step);
      pass.run();
      double above = net.score();
      p.putScalar(i, value - step);
      pass.run();
      // the score is divided by the minibatch, the gradient not yet
      expected[i] = N * (above - net.score()) / (2 * step);
      p.putScalar(i, value);
    }
    Tolerances.assertClose("gradient", actual, expected, Tolerances.FINITE_DIFFERENCE);
  }
}
