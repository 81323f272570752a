package io.github.dl4jsnn.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class FiringRateListenerTest {

  /** The network's own forward pass and the recorded one run in float. */
  private static final double FLOAT = 1e-5;

  private static NeuralNetConfiguration.Builder config(WorkspaceMode mode) {
    return new NeuralNetConfiguration.Builder()
        .seed(5)
        .updater(new Sgd(0.1))
        .trainingWorkspaceMode(mode)
        .inferenceWorkspaceMode(mode);
  }

  private static ComputationGraph graph(WorkspaceMode mode) {
    ComputationGraph graph =
        new ComputationGraph(
            config(mode)
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(4))
                .addLayer("hidden", dense(6, Activation.TANH), "in")
                .addLayer(
                    "act",
                    new ActivationLayer.Builder().activation(Activation.RELU).build(),
                    "hidden")
                .addLayer("out", output(), "act")
                .setOutputs("out")
                .build());
    graph.init();
    return graph;
  }

  private static MultiLayerNetwork net(WorkspaceMode mode) {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            config(mode)
                .list()
                .layer(dense(6, Activation.TANH))
                .layer(
                    new ActivationLayer.Builder().activation(Activation.RELU).name("act").build())
                .layer(output())
                .setInputType(InputType.feedForward(4))
                .build());
    net.init();
    return net;
  }

  private static DenseLayer dense(int n, Activation activation) {
    return new DenseLayer.Builder().nOut(n).activation(activation).build();
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .activation(Activation.SOFTMAX)
        .nOut(2)
        .build();
  }

  private static DataSet data() {
    Nd4j.getRandom().setSeed(3);
    INDArray labels = Nd4j.zeros(8, 2);
    for (int i = 0; i < 8; i++) {
      labels.putScalar(i, i % 2, 1);
    }
    return new DataSet(Nd4j.randn(8, 4), labels);
  }

  private static Map<String, INDArray> spikes() {
    Map<String, INDArray> map = new HashMap<>();
    // [N, T, F] = [2, 3, 4]: neuron 0 silent, neuron 1 saturated, neuron 2 once, neuron 3 in one
    // example.
    INDArray a = Nd4j.zeros(2, 3, 4);
    for (int n = 0; n < 2; n++) {
      for (int t = 0; t < 3; t++) {
        a.putScalar(n, t, 1, 1);
        a.putScalar(n, t, 3, n);
      }
    }
    a.putScalar(0, 2, 2, 1);
    map.put("a", a);
    map.put("b", Nd4j.createFromArray(new float[][] {{0.25f, 0}, {0.75f, 0}}));
    return map;
  }

  @ParameterizedTest
  @EnumSource(names = {"ENABLED", "NONE"})
  void graphIsRecordedWhileItTrains(WorkspaceMode mode) {
    ComputationGraph graph = graph(mode);
    FiringRateListener listener = new FiringRateListener("act", "hidden");
    graph.addListeners(listener);
    DataSet data = data();
    for (int i = 0; i < 5; i++) {
      // As in training: at inference DL4J's ActivationLayer overwrites its input.
      Map<String, INDArray> before = graph.feedForward(data.getFeatures(), true);
      graph.fit(data);
      assertThat(listener.lastRate("act"))
          .isCloseTo(before.get("act").meanNumber().doubleValue(), within(FLOAT));
      assertThat(listener.lastRate("hidden"))
          .isCloseTo(before.get("hidden").meanNumber().doubleValue(), within(FLOAT));
    }
    assertThat(listener.iterations()).containsExactly(0, 1, 2, 3, 4);
    assertThat(listener.rates("act")).hasSize(5).doesNotHaveDuplicates();
    assertThat(listener.last("act").isBinary()).isFalse();
    assertThat(listener.last("act").neurons()).isEqualTo(6);
    assertThat(listener.layers()).containsExactly("act", "hidden");
  }

  @ParameterizedTest
  @EnumSource(names = {"ENABLED", "NONE"})
  void networkIsRecordedByNameAndByIndex(WorkspaceMode mode) {
    MultiLayerNetwork net = net(mode);
    FiringRateListener listener = new FiringRateListener("act", "0", "1", "layer0");
    net.addListeners(listener);
    DataSet data = data();
    for (int i = 0; i < 4; i++) {
      List<INDArray> before = net.feedForward(data.getFeatures(), true);
      net.fit(data);
      assertThat(listener.lastRate("0"))
          .isCloseTo(before.get(1).meanNumber().doubleValue(), within(FLOAT));
      assertThat(listener.lastRate("act"))
          .isCloseTo(before.get(2).meanNumber().doubleValue(), within(FLOAT));
    }
    assertThat(listener.iterations()).containsExactly(0, 1, 2, 3);
    assertThat(listener.rates("act")).containsExactly(listener.rates("1"));
    assertThat(listener.rates("layer0")).containsExactly(listener.rates("0"));
    assertThat(listener.rates("0")).isNotEqualTo(listener.rates("1"));
  }

  @Test
  void trainingIsTheSameWithAndWithoutListener() {
    ComputationGraph watched = graph(WorkspaceMode.ENABLED);
    ComputationGraph alone = graph(WorkspaceMode.ENABLED);
    watched.addListeners(new FiringRateListener("act", "hidden"));
    DataSet data = data();
    for (int i = 0; i < 3; i++) {
      watched.fit(data);
      alone.fit(data);
    }
    assertThat(watched.params()).isEqualTo(alone.params());
  }

  @Test
  void frequencySkipsIterations() {
    ComputationGraph graph = graph(WorkspaceMode.ENABLED);
    FiringRateListener listener = new FiringRateListener(3, "act");
    graph.addListeners(listener);
    DataSet data = data();
    for (int i = 0; i < 8; i++) {
      graph.fit(data);
    }
    assertThat(listener.iterations()).containsExactly(0, 3, 6);
    assertThat(listener.rates("act")).hasSize(3);
  }

  @Test
  void silentAndSaturatedNeuronsAreCounted() {
    FiringRateListener listener = new FiringRateListener("a", "b");
    listener.onForwardPass(graph(WorkspaceMode.NONE), spikes());
    SpikeStatistics a = listener.last("a");
    assertThat(a.rate()).isEqualTo(10 / 24.0);
    assertThat(a.silentShare()).isEqualTo(0.25);
    assertThat(a.saturatedShare()).isEqualTo(0.25);
    assertThat(a.neurons()).isEqualTo(4);
    assertThat(a.isBinary()).isTrue();
    assertThat(listener.lastRate("b")).isEqualTo(0.25);
    assertThat(listener.last("b").isBinary()).isFalse();
    assertThat(listener.history("b")).hasSize(1);
  }

  @Test
  void formatSaysWhichAxisIsTime() {
    FiringRateListener listener = new FiringRateListener(1, RNNFormat.NCW, "a");
    listener.onForwardPass(graph(WorkspaceMode.NONE), spikes());
    // The same array read as [N, F, T] has three neurons, none silent or saturated.
    assertThat(listener.lastRate("a")).isEqualTo(10 / 24.0);
    assertThat(listener.last("a").neurons()).isEqualTo(3);
    assertThat(listener.last("a").silentShare()).isZero();
    assertThat(listener.last("a").saturatedShare()).isZero();
  }

  @Test
  void unknownLayerIsNamedWithTheKnownOnes() {
    ComputationGraph graph = graph(WorkspaceMode.ENABLED);
    FiringRateListener listener = new FiringRateListener("act", "lif7");
    graph.addListeners(listener);
    assertThatIllegalStateException()
        .isThrownBy(() -> graph.fit(data()))
        .withMessageContaining("\"lif7\"")
        .withMessageContaining("[act, hidden, in]");
    assertThat(listener.iterations()).isEmpty();
    assertThat(listener.rates("act")).isEmpty();

    MultiLayerNetwork net = net(WorkspaceMode.ENABLED);
    net.addListeners(new FiringRateListener("2"));
    assertThatIllegalStateException()
        .isThrownBy(() -> net.fit(data()))
        .withMessageContaining("\"2\"")
        .withMessageContaining("[act, layer0]")
        .withMessageContaining("output layers");
  }

  @Test
  void arrayWithoutNeuronsIsAnErrorWithTheLayersName() {
    FiringRateListener listener = new FiringRateListener("a");
    assertThatIllegalStateException()
        .isThrownBy(
            () -> listener.onForwardPass(graph(WorkspaceMode.NONE), Map.of("a", Nd4j.ones(3))))
        .withMessageContaining("\"a\"")
        .withMessageContaining("[3]");
  }

  @Test
  void badArgumentsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(FiringRateListener::new)
        .withMessageContaining("at least one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FiringRateListener(0, "a"))
        .withMessageContaining("frequency >= 1, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FiringRateListener(1, (RNNFormat) null, "a"))
        .withMessageContaining("format");
    for (String[] names : new String[][] {{"a", "a"}, {" "}, {"a", null}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new FiringRateListener(names))
          .withMessageContaining(Arrays.toString(names));
    }
    FiringRateListener listener = new FiringRateListener("a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> listener.rates("x"))
        .withMessageContaining("[a], got \"x\"");
    assertThatIllegalStateException()
        .isThrownBy(() -> listener.lastRate("a"))
        .withMessageContaining("fit");
  }

  @Test
  void reportIsATable() {
    FiringRateListener listener = new FiringRateListener("a", "b");
    assertThat(listener.report()).contains("nothing recorded");
    listener.onForwardPass(graph(WorkspaceMode.NONE), spikes());
    assertThat(listener.report().lines())
        .containsExactly(
            "firing rates at iteration 0",
            "layer    rate  silent %  saturated %  neurons  binary",
            "a      0.4167      25.0         25.0        4     yes",
            "b      0.2500      50.0         50.0        2      no");
  }

  @Test
  void csvHasALineForEachIterationAndLayer(@TempDir Path folder) throws Exception {
    FiringRateListener listener = new FiringRateListener("b", "a,\"1\"");
    Map<String, INDArray> activations = spikes();
    activations.put("a,\"1\"", activations.get("a"));
    ComputationGraph graph = graph(WorkspaceMode.NONE);
    listener.onForwardPass(graph, activations);
    graph.getConfiguration().setIterationCount(7);
    listener.onForwardPass(graph, activations);
    Path file = folder.resolve("new/folder/rates.csv");
    listener.toCsv(file);
    String a = ",\"a,\"\"1\"\"\"," + 10 / 24.0 + ",0.25,0.25,4,true";
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "iteration,layer,rate,silent,saturated,neurons,binary",
            "0,b,0.25,0.5,0.5,2,false",
            "0" + a,
            "7,b,0.25,0.5,0.5,2,false",
            "7" + a);
  }

  @Test
  void historySurvivesSerialization() throws Exception {
    FiringRateListener listener = new FiringRateListener("a", "b");
    listener.onForwardPass(graph(WorkspaceMode.NONE), spikes());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(listener);
    }
    FiringRateListener copy;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      copy = (FiringRateListener) in.readObject();
    }
    assertThat(copy.report()).isEqualTo(listener.report());
    copy.onForwardPass(graph(WorkspaceMode.NONE), spikes());
    assertThat(copy.rates("a")).hasSize(2);
    assertThat(listener.rates("a")).hasSize(1);
  }

  @Test
  void passesOfOtherModelsAreIgnored() {
    FiringRateListener listener = new FiringRateListener("a");
    listener.onForwardPass(net(WorkspaceMode.NONE).getLayer(0), List.of(Nd4j.ones(2, 2)));
    assertThat(listener.iterations()).isEmpty();
  }
}
