package io.github.dl4jsnn.conf;

import static io.github.dl4jsnn.testing.Networks.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.encode.DirectEncoder;
import io.github.dl4jsnn.neuron.Firing;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Reset;
import io.github.dl4jsnn.testing.DoublePrecision;
import io.github.dl4jsnn.testing.FoldedNetwork;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.StepByStep;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.MLNConfig;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;

/** Spiking layers among DL4J's own, which have time folded into the batch. */
@ExtendWith({QuietSameDiff.class, DoublePrecision.class})
class FoldedTimeTest {
  private static final int N = 5;
  private static final int T = 4;

  /** Matrix products of another batch size add in another order. */
  private static final double TOLERANCE = 1e-10;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void learns(FoldedNetwork network) {
    MultiLayerNetwork net = network.network();
    ComputationGraph graph = network.graph();
    DataSet data = network.data(12, T);
    double before = net.score(data);
    for (int i = 0; i < 40; i++) {
      net.fit(data);
      graph.fit(data);
    }
    assertThat(net.score(data)).isLessThan(0.7 * before);
    assertThat(graph.params().distance2(net.params())).isLessThan(TOLERANCE);
    for (String key : net.paramTable().keySet()) {
      assertThat(net.getParam(key).distance2(network.network().getParam(key)))
          .as("change of %s", key)
          .isGreaterThan(1e-3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void savedNetworksComeBack(FoldedNetwork network) throws Exception {
    MultiLayerNetwork net = network.network();
    DataSet data = network.data(N, T);
    net.fit(data);
    File zip = folder.resolve("net.zip").toFile();
    net.save(zip, true);
    MultiLayerNetwork loaded = MultiLayerNetwork.load(zip, true);
    assertThat(loaded.getLayerWiseConfigurations()).isEqualTo(net.getLayerWiseConfigurations());
    assertSameBits(loaded.output(data.getFeatures()), net.output(data.getFeatures()));
    net.fit(data);
    loaded.fit(data);
    assertSameBits(loaded.params(), net.params());

    ComputationGraph graph = network.graph();
    graph.save(zip, true);
    ComputationGraph loadedGraph = ComputationGraph.load(zip, true);
    assertThat(loadedGraph.getConfiguration()).isEqualTo(graph.getConfiguration());
    assertSameBits(loadedGraph.output(data.getFeatures())[0], graph.output(data.getFeatures())[0]);
  }

  /** Every layer but the last two has spikes or currents that depend on one example alone. */
  @ParameterizedTest
  @EnumSource
  void splittingTheBatchSplitsTheOutput(FoldedNetwork network) {
    MultiLayerNetwork net = network.network();
    net.fit(network.data(N, T));
    INDArray x = network.features(N, T, 3);
    INDArray whole = net.output(x);
    assertThat(whole.shape()).containsExactly(N, FoldedNetwork.CLASSES);
    assertThat(whole.std(0).maxNumber().doubleValue()).as("examples differ").isGreaterThan(1e-3);
    for (int[] part : new int[][] {{0, 2}, {2, N}, {4, N}}) {
      INDArrayIndex rows = NDArrayIndex.interval(part[0], part[1]);
      INDArray alone = net.output(x.get(rows).dup('c'));
      assertThat(alone.distance2(whole.get(rows))).isLessThan(TOLERANCE);
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"DENSE.*", ".*IMAGES", "IMAGE_.*"},
      mode = EnumSource.Mode.MATCH_ANY)
  void equalsOneExampleAndStepAtATime(FoldedNetwork network) {
    if (network == FoldedNetwork.LSTM_ON_IMAGES) {
      return; // its recurrent layer has a state of its own
    }
    MultiLayerNetwork net = network.network();
    net.fit(network.data(N, T)); // batch normalisation has statistics to apply
    INDArray x = network.features(N, T, 4);
    INDArray expected = Nd4j.create(DataType.DOUBLE, N, FoldedNetwork.CLASSES);
    for (int n = 0; n < N; n++) {
      expected.putRow(n, StepByStep.output(net, steps(network, x, n)));
    }
    Tolerances.assertClose("output", net.output(x), expected, Tolerances.DOUBLE);
  }

  private static List<INDArray> steps(FoldedNetwork network, INDArray x, int n) {
    INDArray one = x.get(NDArrayIndex.interval(n, n + 1)).dup('c');
    List<INDArray> steps = new ArrayList<>();
    if (!network.isSequence()) {
      steps.add(one);
      return steps;
    }
    InputType.InputTypeRecurrent type = (InputType.InputTypeRecurrent) network.type();
    INDArray tf = (type.getFormat() == RNNFormat.NCW ? one.permute(0, 2, 1) : one).dup('c');
    for (int t = 0; t < T; t++) {
      INDArray row = tf.get(NDArrayIndex.point(0), NDArrayIndex.point(t)).dup('c');
      long[] shape =
          type.getSize() == 84 ? new long[] {1, 2, 7, 6} : new long[] {1, type.getSize()};
      steps.add(row.reshape('c', shape));
    }
    return steps;
  }

  @ParameterizedTest
  @EnumSource(
      names = {"DENSE_NCW", "LSTM_NWC", "LSTM_NCW", "IMAGE_SEQUENCE_NWC"},
      mode = EnumSource.Mode.EXCLUDE)
  void gradientsAreThoseOfTheSmoothNetwork(FoldedNetwork network) {
    checkGradients(network, Backend.FUSED, null);
  }

  @ParameterizedTest
  @EnumSource(names = {"DENSE_NCW"})
  void gradientsOfTheDefinition(FoldedNetwork network) {
    checkGradients(network, Backend.SAMEDIFF, null);
  }

  @ParameterizedTest
  @EnumSource(names = {"DENSE_NCW", "IMAGE_SEQUENCE_NWC", "LSTM_NCW"})
  void gradientsOfMaskedSequences(FoldedNetwork network) {
    checkGradients(network, Backend.FUSED, Values.mask(2, 3, DataType.DOUBLE));
  }

  private static void checkGradients(FoldedNetwork network, Backend backend, INDArray mask) {
    MultiLayerNetwork net =
        network.network(
            FoldedNetwork.start().updater(new NoOp()), Firing.SMOOTH, backend, Activation.TANH);
    MLNConfig check =
        new MLNConfig()
            .net(net)
            .input(network.features(2, 3, 1))
            .labels(Values.array(new double[] {1, 0, 0, 0, 0, 1}, DataType.DOUBLE, 2, 3))
            .inputMask(mask)
            .subset(true)
            .maxPerParam(4)
            .excludeParams(java.util.Set.of("2_mean", "2_var", "2_log10stdev"))
            .maxRelError(Tolerances.FINITE_DIFFERENCE);
    assertThat(GradientCheckUtil.checkGradients(check)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      names = {"DENSE.*", "IMAGE_SEQUENCE.*", "LSTM.*"},
      mode = EnumSource.Mode.MATCH_ANY)
  void paddedSequencesEqualUnpadded(FoldedNetwork network) {
    int[] lengths = {4, 2, 3, 2, 4};
    RNNFormat format = ((InputType.InputTypeRecurrent) network.type()).getFormat();
    INDArray x = network.features(N, T, 6);
    INDArray mask = Nd4j.zeros(DataType.DOUBLE, N, T);
    for (int n = 0; n < N; n++) {
      mask.get(NDArrayIndex.point(n), NDArrayIndex.interval(0, lengths[n])).assign(1);
    }
    MultiLayerNetwork net = network.network();
    ComputationGraph graph = network.graph();
    INDArray padded = net.output(x, false, mask, null);
    INDArray inGraph = graph.output(false, new INDArray[] {x}, new INDArray[] {mask}, null)[0];
    assertThat(inGraph.distance2(padded)).isLessThan(TOLERANCE);
    for (int n = 0; n < N; n++) {
      INDArrayIndex example = NDArrayIndex.interval(n, n + 1);
      INDArrayIndex steps = NDArrayIndex.interval(0, lengths[n]);
      boolean nwc = format == RNNFormat.NWC;
      INDArray alone =
          nwc
              ? x.get(example, steps, NDArrayIndex.all())
              : x.get(example, NDArrayIndex.all(), steps);
      assertThat(net.output(alone.dup('c')).distance2(padded.getRow(n, true)))
          .as("example %s of %s steps", n, lengths[n])
          .isLessThan(TOLERANCE);
    }
    assertThat(net.output(x).distance2(padded)).as("the mask matters").isGreaterThan(1e-3);
  }

  @ParameterizedTest
  @EnumSource
  void workspacesDoNotChangeResults(FoldedNetwork network) {
    DataSet data = network.data(N, T);
    INDArray[] params = new INDArray[2];
    for (int i = 0; i < 2; i++) {
      WorkspaceMode mode = i == 0 ? WorkspaceMode.ENABLED : WorkspaceMode.NONE;
      MultiLayerNetwork net =
          network.network(
              FoldedNetwork.start().trainingWorkspaceMode(mode).inferenceWorkspaceMode(mode),
              Firing.SPIKE,
              Backend.FUSED,
              Activation.IDENTITY);
      net.fit(data);
      net.output(data.getFeatures());
      net.fit(data);
      params[i] = net.params();
    }
    assertSameBits(params[0], params[1]);
  }

  @ParameterizedTest
  @EnumSource(names = {"DENSE_NCW", "HELD_IMAGES"})
  void theDefinitionGivesTheSame(FoldedNetwork network) {
    MultiLayerNetwork defined =
        network.network(FoldedNetwork.start(), Firing.SPIKE, Backend.SAMEDIFF, Activation.IDENTITY);
    MultiLayerNetwork fused = network.network();
    DataSet data = network.data(2, 3);
    assertThat(defined.output(data.getFeatures()).distance2(fused.output(data.getFeatures())))
        .isLessThan(TOLERANCE);
    defined.fit(data);
    fused.fit(data);
    assertThat(defined.params().distance2(fused.params())).isLessThan(1e-6);
  }

  @ParameterizedTest
  @EnumSource
  void summariesAndReportsAreWritten(FoldedNetwork network) {
    MultiLayerNetwork net = network.network();
    assertThat(net.summary()).contains("FusedNeuronLayer");
    InputType type = network.type();
    if (network.isSequence()) {
      InputType.InputTypeRecurrent r = (InputType.InputTypeRecurrent) type;
      type = InputType.recurrent(r.getSize(), T, r.getFormat());
    }
    assertThat(net.summary(type)).contains("FusedNeuronLayer");
    assertThat(network.graph().summary(type)).contains("FusedNeuronLayer");
  }

  @ParameterizedTest
  @EnumSource
  void batchesMayDifferInSize(FoldedNetwork network) {
    MultiLayerNetwork net = network.network();
    for (int[] s : new int[][] {{5, 4}, {2, 3}, {7, 4}, {1, 5}}) {
      DataSet data = network.data(s[0], s[1]);
      assertThat(net.output(data.getFeatures()).shape())
          .containsExactly(s[0], FoldedNetwork.CLASSES);
      net.fit(data);
    }
  }

  /** DL4J's graph takes the number of labels it still holds for the number of examples. */
  @ParameterizedTest
  @EnumSource(names = {"DENSE_NWC", "IMAGE_SEQUENCE_NCW", "ENCODED_IMAGES"})
  void labelsLeftInAGraphAreNoticed(FoldedNetwork network) {
    ComputationGraph net = network.graph();
    INDArray x = network.features(2, T, 3);
    INDArray expected = network.network().output(x);
    assertThat(net.output(x)[0].distance2(expected)).isLessThan(TOLERANCE);
    for (int n : new int[] {4, 1, 3}) { // the last is no divisor of the number of rows
      net.fit(network.data(n, T));
      assertThatThrownBy(() -> net.output(x))
          .hasMessageContainingAll("LifLayer", "foldedTimeSteps", "net.clear()");
    }
    net.clear();
    assertThat(net.output(x)[0].shape()).containsExactly(2, FoldedNetwork.CLASSES);
  }

  /** With the number of steps set on the layers, a graph needs not know the number of examples. */
  @Test
  void foldedTimeStepsReplaceTheNumberOfExamples() {
    ComputationGraph net = FoldedNetwork.HELD_IMAGES.graph(FoldedNetwork.HELD);
    MultiLayerNetwork same = FoldedNetwork.HELD_IMAGES.network();
    same.setParams(net.params().dup());
    for (int n : new int[] {4, 2, 7, 1}) {
      INDArray x = FoldedNetwork.HELD_IMAGES.features(n, T, n);
      assertThat(net.output(x)[0].distance2(same.output(x))).isLessThan(TOLERANCE);
      net.fit(FoldedNetwork.HELD_IMAGES.data(n, T));
      same.setParams(net.params().dup());
    }
    ComputationGraph wrong = FoldedNetwork.HELD_IMAGES.graph(4);
    assertThatThrownBy(() -> wrong.output(FoldedNetwork.HELD_IMAGES.features(3, T, 1)))
        .hasMessageContainingAll("LifLayer", "foldedTimeSteps T = 4", "got 9 rows");
  }

  @Test
  void mistakesAreNamed() {
    // two layers that hold a static input: the second gets sequences
    assertThatThrownBy(() -> twoLayers(lif().timeSteps(3), lif().timeSteps(3), true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("LifLayer", "expected 5 examples", "got 15", "timeSteps");
    assertThatThrownBy(() -> twoLayers(lif(), lif(), true))
        .hasMessageContainingAll("LifLayer", "static input", "[5, 3, 6, 5]", "timeSteps(T)");
    assertThatThrownBy(() -> twoLayers(lif().timeSteps(3), lif(), false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("LifLayer", "expected 5 examples", "miniBatch(false)");
    assertThat(twoLayers(lif().timeSteps(3), lif(), true).shape()).containsExactly(5, 90);
    assertThat(twoLayers(lif().timeSteps(1), lif().foldedTimeSteps(1), true).shape())
        .containsExactly(5, 90);
  }

  private static LifLayer.Builder lif() {
    return new LifLayer.Builder();
  }

  /** Convolution, LIF, convolution, LIF, read-out on 5 images. */
  private static INDArray twoLayers(
      LifLayer.Builder first, LifLayer.Builder second, boolean miniBatch) {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            FoldedNetwork.start()
                .miniBatch(miniBatch)
                .list()
                .layer(new ConvolutionLayer.Builder(2, 2).nOut(3).build())
                .layer(first.build())
                .layer(new ConvolutionLayer.Builder(1, 1).nOut(3).build())
                .layer(second.build())
                .layer(new SpikeReadoutLayer.Builder().build())
                .validateOutputLayerConfig(false)
                .setInputType(InputType.convolutional(7, 6, 2))
                .build());
    net.init();
    return net.output(FoldedNetwork.HELD_IMAGES.features(5, 1, 1));
  }

  /** Each neuron fires from a step of its own on, so that exchanging any two axes fails. */
  @ParameterizedTest
  @EnumSource(names = {"FUSED", "SAMEDIFF"})
  void rowsAreStepsOfExamples(Backend backend) {
    int n = 2;
    int steps = 13;
    LifLayer layer =
        lif()
            .neuron(LifParameters.builder().decay(1).reset(Reset.NONE).build())
            .backend(backend)
            .foldedTimeSteps(steps)
            .build();
    InputType images = InputType.convolutional(3, 2, 1);
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            FoldedNetwork.start()
                .list()
                .layer(
                    new SpikeEncodingLayer.Builder()
                        .encoder(new DirectEncoder())
                        .timeSteps(steps)
                        .build())
                .layer(layer)
                .validateOutputLayerConfig(false)
                .setInputType(images)
                .build());
    net.init();
    double[] x = new double[n * 6];
    double[] expected = new double[steps * n * 6];
    for (int i = 0; i < x.length; i++) {
      x[i] = 1.01 / (i + 1); // adds up to 1 at step i
      for (int t = i; t < steps; t++) {
        expected[t * x.length + i] = 1;
      }
    }
    Tolerances.assertIdentical(
        "spikes",
        net.output(Values.array(x, DataType.DOUBLE, n, 1, 3, 2)),
        Values.array(expected, DataType.DOUBLE, steps * n, 1, 3, 2));
  }
}
