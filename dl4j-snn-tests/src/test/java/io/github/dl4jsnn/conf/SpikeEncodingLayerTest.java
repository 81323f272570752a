package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.dl4jsnn.encode.BernoulliEncoder;
import io.github.dl4jsnn.encode.DirectEncoder;
import io.github.dl4jsnn.encode.LatencyEncoder;
import io.github.dl4jsnn.encode.PhaseEncoder;
import io.github.dl4jsnn.encode.PoissonEncoder;
import io.github.dl4jsnn.encode.RateEncoder;
import io.github.dl4jsnn.encode.SpikeEncoder;
import io.github.dl4jsnn.neuron.LifParameters;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

class SpikeEncodingLayerTest {

  private static final int N = 5;
  private static final int T = 6;
  private static final int F = 3;
  private static final double SCALE = 4;
  private static final double DECAY = 0.8;
  private static final SpikeEncoder BERNOULLI = new BernoulliEncoder(31);

  /** The gradient is compared after one step of rate 1; in double only rounding remains. */
  private static final double DOUBLE_ROUNDING = 1e-12;

  private static final double FLOAT_ROUNDING = 1e-5;

  @TempDir Path folder;

  static Stream<SpikeEncoder> encoders() {
    return Stream.of(
        new DirectEncoder(),
        BERNOULLI,
        new PoissonEncoder(-7, 1.5),
        new LatencyEncoder(0.125),
        new RateEncoder(),
        new PhaseEncoder(4));
  }

  static Stream<Arguments> encodersAndFormats() {
    return encoders()
        .flatMap(e -> Stream.of(Arguments.of(e, RNNFormat.NWC), Arguments.of(e, RNNFormat.NCW)));
  }

  private static SpikeEncodingLayer.Builder layer(SpikeEncoder encoder) {
    return new SpikeEncodingLayer.Builder().name("enc").encoder(encoder).timeSteps(T);
  }

  /** Multiples of 1/64 in (0, 1), exact in every data type. */
  private static INDArray values(DataType type) {
    return values(type, N, F);
  }

  private static INDArray values(DataType type, long... shape) {
    INDArray x = Nd4j.create(type, shape);
    for (int i = 0; i < x.length(); i++) {
      x.putScalar(i, (i * 37 % 61 + 1) / 64.0);
    }
    return x;
  }

  private static INDArray labels(DataType type) {
    INDArray y = Nd4j.zeros(type, N, F);
    for (int n = 0; n < N; n++) {
      y.putScalar(n, n % F, 1);
    }
    return y;
  }

  /** For exact comparison; {@code INDArray.equals} tolerates 1e-5. */
  private static double[] numbers(INDArray a) {
    return a.dup('c').data().asDouble();
  }

  private static DataSet data(DataType type) {
    return new DataSet(values(type), labels(type));
  }

  private static NeuralNetConfiguration.Builder settings(DataType type) {
    return new NeuralNetConfiguration.Builder().seed(3).dataType(type).updater(new Sgd(1));
  }

  private static MultiLayerNetwork network(
      NeuralNetConfiguration.Builder settings, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list = settings.list();
    for (Layer l : layers) {
      list.layer(l);
    }
    MultiLayerNetwork net =
        new MultiLayerNetwork(list.setInputType(InputType.feedForward(F)).build());
    net.init();
    return net;
  }

  private static ComputationGraph graph(NeuralNetConfiguration.Builder settings, Layer... layers) {
    ComputationGraphConfiguration.GraphBuilder builder =
        settings.graphBuilder().addInputs("x").setInputTypes(InputType.feedForward(F));
    String previous = "x";
    for (int i = 0; i < layers.length; i++) {
      builder.addLayer("l" + i, layers[i], previous);
      previous = "l" + i;
    }
    ComputationGraph net = new ComputationGraph(builder.setOutputs(previous).build());
    net.init();
    return net;
  }

  /** Values into the encoder by a dense layer; the read-out weighs each step differently. */
  private static Layer[] behindDense(SpikeEncodingLayer encoding) {
    return new Layer[] {
      new DenseLayer.Builder().nOut(F).activation(Activation.SIGMOID).build(),
      encoding,
      new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL)
          .decay(DECAY)
          .scale(SCALE)
          .build(),
      new LabelledLossLayer.Builder().build()
    };
  }

  /** A network that classifies spike trains of its input. */
  private static Layer[] classifier(SpikeEncodingLayer encoding) {
    return new Layer[] {
      encoding,
      new LifLayer.Builder().neuron(LifParameters.builder().threshold(0.5).build()).build(),
      new SpikeReadoutLayer.Builder().scale(SCALE).build(),
      new OutputLayer.Builder(LossFunction.MCXENT)
          .nOut(F)
          .activation(Activation.SOFTMAX)
          .weightInit(WeightInit.XAVIER)
          .build()
    };
  }

  private static Layer[] bare(SpikeEncodingLayer encoding) {
    return new Layer[] {
      encoding, new SpikeReadoutLayer.Builder().build(), new LabelledLossLayer.Builder().build()
    };
  }

  // ---- gradient

  /** One step of gradient descent of {@link #behindDense}, written down in plain array algebra. */
  private static INDArray[] plainStep(
      SpikeEncoder encoder, INDArray x, INDArray y, INDArray w, INDArray b, long draw) {
    INDArray h = Transforms.sigmoid(x.mmul(w).addRowVector(b));
    INDArray spikes = encoder.encode(h, T, draw);
    INDArray z = Nd4j.zeros(x.dataType(), N, F);
    double weights = 0;
    for (int t = 0; t < T; t++) {
      double weight = SCALE / T * Math.pow(DECAY, T - 1 - t);
      z.addi(spikes.tensorAlongDimension(t, 0, 2).mul(weight));
      weights += weight;
    }
    INDArray dh = Transforms.softmax(z).sub(y).div(N).mul(weights);
    for (int n = 0; n < N; n++) {
      for (int f = 0; f < F; f++) {
        dh.putScalar(n, f, dh.getDouble(n, f) * slope(encoder, h.getDouble(n, f)));
      }
    }
    INDArray dz = dh.mul(h).mul(h.rsub(1));
    return new INDArray[] {w.sub(x.transpose().mmul(dz)), b.sub(dz.sum(true, 0))};
  }

  private static boolean hasNoSlope(SpikeEncoder encoder) {
    return encoder instanceof LatencyEncoder || encoder instanceof PhaseEncoder;
  }

  private static double slope(SpikeEncoder encoder, double x) {
    if (hasNoSlope(encoder)) {
      return 0;
    }
    if (encoder instanceof PoissonEncoder) {
      double rate = ((PoissonEncoder) encoder).getMaxRate();
      return rate * Math.exp(-rate * x);
    }
    return 1;
  }

  @ParameterizedTest
  @MethodSource("encodersAndFormats")
  void gradientOfTheInputEqualsThePlainComputation(SpikeEncoder encoder, RNNFormat format) {
    for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      double tolerance = type == DataType.DOUBLE ? DOUBLE_ROUNDING : FLOAT_ROUNDING;
      MultiLayerNetwork net =
          network(settings(type), behindDense(layer(encoder).dataFormat(format).build()));
      ComputationGraph graph =
          graph(settings(type), behindDense(layer(encoder).dataFormat(format).build()));
      graph.setParams(net.params().dup());
      DataSet data = data(type);
      for (int iteration = 0; iteration < 3; iteration++) {
        INDArray w = net.getParam("0_W").dup();
        INDArray b = net.getParam("0_b").dup();
        INDArray[] expected =
            plainStep(encoder, data.getFeatures(), data.getLabels(), w, b, iteration);
        net.fit(data);
        graph.fit(data);
        assertThat(numbers(net.getParam("0_W")))
            .containsExactly(numbers(expected[0]), Offset.offset(tolerance));
        assertThat(numbers(net.getParam("0_b")))
            .containsExactly(numbers(expected[1]), Offset.offset(tolerance));
        assertThat(numbers(graph.params())).isEqualTo(numbers(net.params()));
        boolean still = Arrays.equals(numbers(net.getParam("0_W")), numbers(w));
        assertThat(still).isEqualTo(hasNoSlope(encoder));
      }
    }
  }

  @Test
  void dropoutActsOnTheValuesAndStopsTheirGradient() {
    SpikeEncodingLayer encoding = layer(new DirectEncoder()).dropOut(0.5).build();
    MultiLayerNetwork net = network(settings(DataType.DOUBLE), behindDense(encoding));
    Recorder recorder = new Recorder();
    net.setListeners(recorder);
    INDArray x = values(DataType.DOUBLE).getRow(0, true);
    int dropped = 0;
    for (int i = 0; i < 4; i++) {
      INDArray w = net.getParam("0_W").dup();
      INDArray h = net.feedForward(x, false).get(1);
      net.fit(x, labels(DataType.DOUBLE).getRow(0, true));
      INDArray spikes = recorder.last(2);
      for (int f = 0; f < F; f++) {
        boolean off = spikes.getDouble(0, 0, f) == 0;
        assertThat(spikes.getDouble(0, T - 1, f)).isEqualTo(off ? 0 : 2 * h.getDouble(f));
        double[] before = numbers(w.getColumn(f));
        assertThat(Arrays.equals(numbers(net.getParam("0_W").getColumn(f)), before)).isEqualTo(off);
        dropped += off ? 1 : 0;
      }
    }
    assertThat(dropped).isBetween(1, 4 * F - 1);
  }

  // ---- samples

  /** Keeps copies of the activations of the training passes. */
  private static final class Recorder extends BaseTrainingListener {
    private final List<List<INDArray>> passes = new ArrayList<>();

    @Override
    public void onForwardPass(Model model, List<INDArray> activations) {
      try (MemoryWorkspace none = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
        List<INDArray> copies = new ArrayList<>();
        activations.forEach(a -> copies.add(a.dup()));
        passes.add(copies);
      }
    }

    @Override
    public void onForwardPass(Model model, Map<String, INDArray> activations) {
      onForwardPass(model, List.of(activations.get("l0")));
    }

    INDArray last(int layer) {
      return passes.get(passes.size() - 1).get(layer);
    }
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void everyTrainingIterationTakesItsOwnSample(SpikeEncoder encoder) {
    DataSet data = data(DataType.FLOAT);
    MultiLayerNetwork net = network(settings(DataType.FLOAT), classifier(layer(encoder).build()));
    ComputationGraph graph = graph(settings(DataType.FLOAT), classifier(layer(encoder).build()));
    Recorder ofNet = new Recorder();
    Recorder ofGraph = new Recorder();
    net.setListeners(ofNet);
    graph.setListeners(ofGraph);
    for (int iteration = 0; iteration < 4; iteration++) {
      net.fit(data);
      graph.fit(data);
      INDArray expected = encoder.encode(data.getFeatures(), T, iteration);
      assertThat(ofNet.last(1)).isEqualTo(expected);
      assertThat(ofGraph.last(0)).isEqualTo(expected);
    }
    boolean random = encoder instanceof BernoulliEncoder || encoder instanceof PoissonEncoder;
    assertThat(ofNet.passes.get(2).get(1).equals(ofNet.passes.get(3).get(1))).isEqualTo(!random);
  }

  @Test
  void forwardPassesOfOneIterationAreEqual() {
    INDArray x = values(DataType.FLOAT);
    MultiLayerNetwork net = network(settings(DataType.FLOAT), classifier(layer(BERNOULLI).build()));
    net.fit(data(DataType.FLOAT));
    net.fit(data(DataType.FLOAT));
    INDArray first = net.feedForward(x, true).get(1);
    assertThat(net.feedForward(x, true).get(1)).isEqualTo(first);
    assertThat(first).isEqualTo(BERNOULLI.encode(x, T, net.getIterationCount()));
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void inferenceAlwaysTakesTheSameSample(SpikeEncoder encoder) {
    INDArray x = values(DataType.FLOAT);
    for (long draw : new long[] {0, -5}) {
      SpikeEncodingLayer encoding = layer(encoder).inferenceDraw(draw).build();
      MultiLayerNetwork net = network(settings(DataType.FLOAT), classifier(encoding));
      ComputationGraph graph = graph(settings(DataType.FLOAT), classifier(encoding.clone()));
      INDArray expected = encoder.encode(x, T, draw);
      for (int i = 0; i < 3; i++) {
        assertThat(net.feedForward(x, false).get(1)).isEqualTo(expected);
        assertThat(graph.feedForward(x, false).get("l0")).isEqualTo(expected);
        assertThat(numbers(net.output(x))).isEqualTo(numbers(net.output(x)));
        net.fit(data(DataType.FLOAT));
        graph.fit(data(DataType.FLOAT));
      }
    }
    assertThat(BERNOULLI.encode(x, T, 0)).isNotEqualTo(BERNOULLI.encode(x, T, -5));
  }

  /** Refuses to draw the same sample a second time. */
  static final class OnceEncoder implements SpikeEncoder {
    private static final long serialVersionUID = 1L;
    static final List<Long> DRAWS = new ArrayList<>();

    @Override
    public INDArray encode(INDArray input, int timeSteps, long draw) {
      if (DRAWS.contains(draw)) {
        throw new IllegalStateException("drawn twice: " + draw);
      }
      DRAWS.add(draw);
      return BERNOULLI.encode(input, timeSteps, draw);
    }

    @Override
    public void multiplyByExpectedSlope(INDArray gradient, INDArray input) {}
  }

  @Test
  void theBackwardPassNeverSamples() {
    DataSet data = data(DataType.DOUBLE);
    SpikeEncodingLayer once = layer(new OnceEncoder()).build();
    MultiLayerNetwork expected =
        network(settings(DataType.DOUBLE), behindDense(layer(BERNOULLI).build()));
    MultiLayerNetwork net = network(settings(DataType.DOUBLE), behindDense(once));
    ComputationGraph graph = graph(settings(DataType.DOUBLE), behindDense(once.clone()));
    OnceEncoder.DRAWS.clear();
    for (int i = 0; i < 3; i++) {
      expected.fit(data);
      net.fit(data);
    }
    assertThat(OnceEncoder.DRAWS).containsExactly(0L, 1L, 2L);
    assertThat(numbers(net.params())).isEqualTo(numbers(expected.params()));
    OnceEncoder.DRAWS.clear();
    for (int i = 0; i < 3; i++) {
      graph.fit(data);
    }
    assertThat(OnceEncoder.DRAWS).containsExactly(0L, 1L, 2L);
    assertThat(numbers(graph.params())).isEqualTo(numbers(expected.params()));
  }

  // ---- inside networks

  @ParameterizedTest
  @MethodSource("encoders")
  void networksLearn(SpikeEncoder encoder) {
    INDArray y = labels(DataType.FLOAT);
    DataSet data = new DataSet(y.mul(0.8).addi(0.1), y);
    SpikeEncodingLayer encoding = layer(encoder).timeSteps(12).build();
    SpikeEncodingLayer ncw = layer(encoder).timeSteps(12).dataFormat(RNNFormat.NCW).build();
    MultiLayerNetwork net =
        network(settings(DataType.FLOAT).updater(new Adam(0.1)), classifier(encoding));
    ComputationGraph graph =
        graph(settings(DataType.FLOAT).updater(new Adam(0.1)), classifier(ncw));
    graph.setParams(net.params().dup());
    double before = net.score(data);
    for (int i = 0; i < 20; i++) {
      net.fit(data);
      graph.fit(data);
    }
    assertThat(net.score(data)).isLessThan(before * 0.5);
    assertThat(net.output(data.getFeatures()).argMax(1)).isEqualTo(y.argMax(1));
    assertThat(numbers(graph.params())).isEqualTo(numbers(net.params()));
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void bothFormatsHoldTheSameSpikes(SpikeEncoder encoder) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE, DataType.HALF}) {
      INDArray x = values(type);
      INDArray nwc = onlyLayer(layer(encoder).build(), x, type);
      INDArray ncw = onlyLayer(layer(encoder).dataFormat(RNNFormat.NCW).build(), x, type);
      assertThat(nwc.shape()).containsExactly(N, T, F);
      assertThat(ncw.shape()).containsExactly(N, F, T);
      assertThat(nwc.dataType()).isEqualTo(type);
      assertThat(ncw.permute(0, 2, 1)).isEqualTo(nwc);
      INDArray accepted = type == DataType.HALF ? x.castTo(DataType.FLOAT) : x;
      assertThat(nwc).isEqualTo(encoder.encode(accepted, T, 0).castTo(type));
    }
  }

  private static INDArray onlyLayer(SpikeEncodingLayer encoding, INDArray x, DataType type) {
    return network(settings(type), bare(encoding)).feedForward(x, false).get(1);
  }

  @ParameterizedTest
  @EnumSource(RNNFormat.class)
  void workspacesDoNotChangeTheResult(RNNFormat format) {
    List<double[]> results = new ArrayList<>();
    for (WorkspaceMode mode : new WorkspaceMode[] {WorkspaceMode.ENABLED, WorkspaceMode.NONE}) {
      NeuralNetConfiguration.Builder settings = settings(DataType.FLOAT);
      settings.trainingWorkspaceMode(mode).inferenceWorkspaceMode(mode);
      SpikeEncodingLayer encoding = layer(new PoissonEncoder(4, 0.9)).dataFormat(format).build();
      MultiLayerNetwork net = network(settings, behindDense(encoding));
      ComputationGraph graph = graph(settings, behindDense(encoding.clone()));
      graph.setParams(net.params().dup());
      for (int i = 0; i < 4; i++) {
        net.fit(data(DataType.FLOAT));
        graph.fit(data(DataType.FLOAT));
      }
      results.add(numbers(net.params()));
      results.add(numbers(graph.params()));
      results.add(numbers(net.output(values(DataType.FLOAT))));
    }
    assertThat(results.get(1)).isEqualTo(results.get(0));
    assertThat(results.get(3)).isEqualTo(results.get(0));
    assertThat(results.get(4)).isEqualTo(results.get(0));
    assertThat(results.get(5)).isEqualTo(results.get(2));
  }

  @Test
  void minibatchSizesMayChange() {
    INDArray x = values(DataType.FLOAT);
    MultiLayerNetwork net = network(settings(DataType.FLOAT), classifier(layer(BERNOULLI).build()));
    net.fit(data(DataType.FLOAT));
    INDArray all = net.output(x);
    INDArray one = net.output(x.getRow(0, true));
    assertThat(one).isEqualTo(all.getRow(0, true));
    net.fit(x.getRow(0, true), labels(DataType.FLOAT).getRow(0, true));
  }

  @Test
  void imagesStayImagesWithTimeFoldedIntoTheBatch() {
    SpikeEncodingLayer encoding = layer(new RateEncoder()).build();
    INDArray images = values(DataType.FLOAT, 2, 1, 4, 3);
    INDArray rows = images.reshape(2, 12);
    // row t*N + n is step t of image n
    INDArray steps = new RateEncoder().encode(rows, T).permute(1, 0, 2);
    INDArray expected = steps.dup('c').reshape('c', 2 * T, 1, 4, 3);
    for (InputType type :
        new InputType[] {InputType.convolutional(4, 3, 1), InputType.convolutionalFlat(4, 3, 1)}) {
      MultiLayerConfiguration conf =
          settings(DataType.FLOAT)
              .list()
              .layer(encoding.clone())
              .layer(new SpikeReadoutLayer.Builder().build())
              .layer(new LabelledLossLayer.Builder().build())
              .setInputType(type)
              .build();
      MultiLayerNetwork net = new MultiLayerNetwork(conf);
      net.init();
      INDArray x = type instanceof InputType.InputTypeConvolutional ? images : rows;
      assertThat(net.feedForward(x, false).get(1)).isEqualTo(expected);
    }
  }

  @Test
  void outputTypeAndMemoryReportMatchTheOutput() {
    SpikeEncodingLayer encoding = layer(BERNOULLI).dataFormat(RNNFormat.NCW).build();
    InputType output = encoding.getOutputType(0, InputType.feedForward(F));
    assertThat(output).isEqualTo(InputType.recurrent(F, T, RNNFormat.NCW));
    assertThat(encoding.getMemoryReport(InputType.feedForward(F)).toString()).contains("enc");
    assertThat(network(settings(DataType.FLOAT), classifier(encoding)).summary())
        .contains("enc (SpikeEncoding)");
  }

  // ---- storage

  /** Every field off its default. */
  private static SpikeEncodingLayer unusual(SpikeEncoder encoder) {
    return new SpikeEncodingLayer.Builder()
        .name("unusual")
        .dropOut(0.75)
        .encoder(encoder)
        .timeSteps(T)
        .dataFormat(RNNFormat.NCW)
        .inferenceDraw(Long.MIN_VALUE + 1)
        .build();
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void jsonAndYamlKeepEveryField(SpikeEncoder encoder) {
    MultiLayerConfiguration conf =
        network(settings(DataType.FLOAT), classifier(unusual(encoder)))
            .getLayerWiseConfigurations();
    MultiLayerConfiguration fromJson = MultiLayerConfiguration.fromJson(conf.toJson());
    assertThat(fromJson).isEqualTo(conf);
    assertThat(MultiLayerConfiguration.fromYaml(conf.toYaml())).isEqualTo(conf);
    assertUnusual((SpikeEncodingLayer) fromJson.getConf(0).getLayer(), encoder);
    ComputationGraphConfiguration graph =
        graph(settings(DataType.FLOAT), classifier(unusual(encoder))).getConfiguration();
    assertThat(ComputationGraphConfiguration.fromJson(graph.toJson())).isEqualTo(graph);
  }

  private static void assertUnusual(SpikeEncodingLayer restored, SpikeEncoder encoder) {
    assertThat(restored).isEqualTo(unusual(encoder)).hasSameHashCodeAs(unusual(encoder));
    assertThat(restored.getLayerName()).isEqualTo("unusual");
    assertThat(restored.getIDropout()).isEqualTo(new Dropout(0.75));
    assertThat(restored.getEncoder()).isEqualTo(encoder);
    assertThat(restored.getTimeSteps()).isEqualTo(T);
    assertThat(restored.getDataFormat()).isEqualTo(RNNFormat.NCW);
    assertThat(restored.getInferenceDraw()).isEqualTo(Long.MIN_VALUE + 1);
  }

  @Test
  void aRestoredNetworkContinuesAsIfItHadNotBeenStored() throws Exception {
    SpikeEncodingLayer encoding =
        layer(BERNOULLI).dataFormat(RNNFormat.NCW).inferenceDraw(9).build();
    MultiLayerNetwork net = network(settings(DataType.FLOAT), behindDense(encoding));
    ComputationGraph graph = graph(settings(DataType.FLOAT), behindDense(encoding.clone()));
    DataSet data = data(DataType.FLOAT);
    INDArray x = data.getFeatures();
    for (int i = 0; i < 3; i++) {
      net.fit(data);
      graph.fit(data);
    }
    File zip = folder.resolve("net.zip").toFile();
    ModelSerializer.writeModel(net, zip, true);
    MultiLayerNetwork restored = ModelSerializer.restoreMultiLayerNetwork(zip);
    ModelSerializer.writeModel(graph, zip, true);
    ComputationGraph restoredGraph = ModelSerializer.restoreComputationGraph(zip);
    assertThat(numbers(restored.output(x))).isEqualTo(numbers(net.output(x)));
    assertThat(numbers(restoredGraph.outputSingle(x))).isEqualTo(numbers(graph.outputSingle(x)));
    assertThat(numbers(net.clone().output(x))).isEqualTo(numbers(net.output(x)));
    net.fit(data);
    restored.fit(data);
    assertThat(numbers(restored.params())).isEqualTo(numbers(net.params()));
    graph.fit(data);
    restoredGraph.fit(data);
    assertThat(numbers(restoredGraph.params())).isEqualTo(numbers(graph.params()));
  }

  @Test
  void equalityLooksAtEveryField() {
    SpikeEncodingLayer base = layer(BERNOULLI).build();
    assertThat(base).isEqualTo(layer(BERNOULLI).build()).isEqualTo(base.clone());
    for (SpikeEncodingLayer other :
        List.of(
            layer(BERNOULLI).name("other").build(),
            layer(BERNOULLI).dropOut(0.5).build(),
            layer(new BernoulliEncoder(32)).build(),
            layer(BERNOULLI).timeSteps(T + 1).build(),
            layer(BERNOULLI).dataFormat(RNNFormat.NCW).build(),
            layer(BERNOULLI).inferenceDraw(1).build())) {
      assertThat(other).isNotEqualTo(base);
    }
    assertThat(base)
        .hasToString(
            "SpikeEncodingLayer \"enc\"(encoder=BernoulliEncoder(seed=31), timeSteps=6,"
                + " dataFormat=NWC, inferenceDraw=0)");
    assertThat(base).isNotEqualTo(new LifLayer.Builder().name("enc").build());
  }

  // ---- errors

  @Test
  void badValuesNameTheLayer() {
    for (double bad : new double[] {-0.1, 1.5, Double.NaN, Double.POSITIVE_INFINITY}) {
      INDArray x = values(DataType.FLOAT).putScalar(2, 1, bad);
      MultiLayerNetwork net = network(settings(DataType.FLOAT), bare(layer(BERNOULLI).build()));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> net.output(x))
          .withMessageStartingWith("SpikeEncodingLayer \"enc\": BernoulliEncoder: input[2, 1] = ")
          .withMessageNotContaining("dropout");
    }
  }

  @Test
  void valuesEnlargedByDropoutAreExplained() {
    MultiLayerNetwork net =
        network(settings(DataType.FLOAT), classifier(layer(BERNOULLI).dropOut(0.5).build()));
    DataSet data = new DataSet(Nd4j.ones(DataType.FLOAT, 20, F), Nd4j.ones(DataType.FLOAT, 20, F));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> net.fit(data))
        .withMessageContaining("= 2.0 is not in [0, 1]")
        .withMessageContaining("dropout on this layer");
  }

  @Test
  void sequencesAndMasksAreRejected() {
    MultiLayerNetwork net = network(settings(DataType.FLOAT), bare(layer(BERNOULLI).build()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> net.output(Nd4j.zeros(DataType.FLOAT, N, T, F)))
        .withMessageContaining("SpikeEncodingLayer \"enc\"")
        .withMessageContaining("[5, 6, 3]");
    DataSet masked = data(DataType.FLOAT);
    masked.setFeaturesMaskArray(Nd4j.ones(DataType.FLOAT, N, 1));
    MultiLayerNetwork trained =
        network(settings(DataType.FLOAT), classifier(layer(BERNOULLI).build()));
    assertThatIllegalStateException()
        .isThrownBy(() -> trained.fit(masked))
        .withMessageContaining("SpikeEncodingLayer \"enc\"")
        .withMessageContaining("[5, 1]");
    assertThatIllegalStateException()
        .isThrownBy(() -> layer(BERNOULLI).build().getOutputType(0, InputType.recurrent(F)))
        .withMessageContaining("SpikeEncodingLayer \"enc\"")
        .withMessageContaining("feed-forward");
  }

  /** Forgets the time axis. */
  static final class FlatEncoder implements SpikeEncoder {
    private static final long serialVersionUID = 1L;

    @Override
    public INDArray encode(INDArray input, int timeSteps, long draw) {
      return input.dup();
    }

    @Override
    public void multiplyByExpectedSlope(INDArray gradient, INDArray input) {}
  }

  @Test
  void anEncoderThatBreaksItsContractIsNamed() {
    MultiLayerNetwork net =
        network(settings(DataType.FLOAT), bare(layer(new FlatEncoder()).build()));
    assertThatIllegalStateException()
        .isThrownBy(() -> net.output(values(DataType.FLOAT)))
        .withMessageContaining("SpikeEncodingLayer \"enc\"")
        .withMessageContaining("FlatEncoder")
        .withMessageContaining("[5, 6, 3]")
        .withMessageContaining("got [5, 3]");
  }

  @Test
  void theBuilderRejectsMissingAndWrongSettings() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new SpikeEncodingLayer.Builder().timeSteps(T).build())
        .withMessageContaining("encoder is not set");
    assertThatIllegalStateException()
        .isThrownBy(() -> new SpikeEncodingLayer.Builder().encoder(BERNOULLI).build())
        .withMessageContaining("timeSteps is not set");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer(BERNOULLI).timeSteps(0))
        .withMessageContaining("was 0");
    assertThatNullPointerException().isThrownBy(() -> layer(null));
    assertThatNullPointerException().isThrownBy(() -> layer(BERNOULLI).dataFormat(null));
  }
}
