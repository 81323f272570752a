package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.encode.DirectEncoder;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.Recurrence;
import io.github.dl4jsnn.neuron.ResetGradient;
import io.github.dl4jsnn.neuron.SpikingNeuron;
import io.github.dl4jsnn.testing.Graphs;
import io.github.dl4jsnn.testing.NeuronModels;
import io.github.dl4jsnn.testing.Neurons;
import io.github.dl4jsnn.testing.Streams;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A sequence in chunks gives what the whole sequence gives, bit for bit. */
class StreamingTest {
  private static final int N = 3;
  private static final int T = 7;
  private static final int F = 5;
  private static final int[] CHUNKS = {1, 3, T};

  @TempDir Path folder;

  /** Every model with every reset and recurrence; types and formats take turns. */
  static Stream<Arguments> layers() {
    List<Arguments> cases = new ArrayList<>();
    for (LifParameters p : Neurons.resets()) {
      for (int turn = 0; turn < 4; turn++) {
        Layer layer = new LifLayer.Builder().neuron(p).build();
        cases.add(Arguments.of("LIF " + Neurons.name(p), layer, type(turn), format(turn)));
      }
    }
    for (Recurrence r : Recurrence.values()) {
      for (Neuron n : eachReset()) {
        if (r == Recurrence.ALL_TO_ALL && NeuronModels.name(n).startsWith("ExponentialIf NONE")) {
          continue; // without a reset it grows beyond the range of its type, an error
        }
        int turn = cases.size() + r.ordinal();
        Layer layer = new NeuronLayer.Builder().neuron(n).recurrence(r).build();
        String name = NeuronModels.name(n) + " " + r;
        cases.add(Arguments.of(name, layer, type(turn), format(turn)));
      }
    }
    return cases.stream();
  }

  /** One reset gradient of each neuron, as they fire alike. */
  private static List<Neuron> eachReset() {
    return NeuronModels.all().stream()
        .filter(
            n ->
                !(n instanceof SpikingNeuron)
                    || ((SpikingNeuron) n).getResetGradient() == ResetGradient.EXACT)
        .collect(Collectors.toList());
  }

  private static DataType type(int turn) {
    return turn % 2 == 0 ? DataType.FLOAT : DataType.DOUBLE;
  }

  private static RNNFormat format(int turn) {
    return turn / 2 % 2 == 0 ? RNNFormat.NWC : RNNFormat.NCW;
  }

  private static INDArray input(DataType type, RNNFormat format) {
    INDArray nwc = Values.uniform(4, -0.6, 0.8, type, N, T, F);
    return format == RNNFormat.NWC ? nwc : nwc.permute(0, 2, 1).dup('c');
  }

  private static MultiLayerNetwork network(DataType type, RNNFormat format, Layer... layers) {
    return Streams.network(InputType.recurrent(F, format), type, layers);
  }

  @ParameterizedTest(name = "{0} {2} {3}")
  @MethodSource("layers")
  void chunksEqualTheWholeAndTheStateGoesThroughTheZip(
      String name, Layer layer, DataType type, RNNFormat format) throws Exception {
    MultiLayerNetwork net = network(type, format, layer);
    INDArray x = input(type, format);
    INDArray whole = net.output(x);
    for (int chunk : CHUNKS) {
      net.rnnClearPreviousState();
      INDArray parts = Streams.joined(Streams.chunks(net, x, null, format, chunk), format);
      Tolerances.assertIdentical("in chunks of " + chunk, parts, whole);
    }
    net.rnnClearPreviousState();
    net.rnnTimeStep(Streams.steps(x, format, 0, 3));
    File zip = folder.resolve("net.zip").toFile();
    net.save(zip, false);
    StreamingState.save(net, zip);
    MultiLayerNetwork loaded = MultiLayerNetwork.load(zip, false);
    assertThat(StreamingState.of(loaded)).as("only when asked").isEmpty();
    StreamingState.load(loaded, zip);
    INDArray rest = loaded.rnnTimeStep(Streams.steps(x, format, 3, T));
    INDArray expected = Streams.steps(whole, format, 3, T);
    if (rest.dataType() == type) {
      Tolerances.assertIdentical("restored", rest, expected);
    } else {
      assertThat(net.numParams()).as("DL4J restores without parameters as FLOAT").isZero();
      Tolerances.assertClose("restored", rest.castTo(type), expected, Tolerances.FLOAT);
    }
  }

  /** Layers without a state of their own, around neurons. */
  @ParameterizedTest
  @EnumSource
  void layersWithoutStateTakeChunks(RNNFormat format) {
    MultiLayerNetwork net =
        network(
            DataType.FLOAT,
            format,
            new SpikingDense.Builder().nOut(6).build(),
            new ThresholdBatchNormLayer.Builder().build(),
            new LifLayer.Builder().build(),
            new FiringRateRegularizationLayer.Builder().build(),
            new SpikeDropoutLayer.Builder().build());
    INDArray x = input(DataType.FLOAT, format);
    INDArray whole = net.output(x);
    for (int chunk : CHUNKS) {
      net.rnnClearPreviousState();
      INDArray parts = Streams.joined(Streams.chunks(net, x, null, format, chunk), format);
      Tolerances.assertIdentical("in chunks of " + chunk, parts, whole);
    }
  }

  @Test
  void parametersOfEachStepRefuseChunks() {
    MultiLayerNetwork net =
        network(
            DataType.FLOAT,
            RNNFormat.NWC,
            new TemporalEffectiveBatchNormLayer.Builder().timeSteps(T).build());
    assertThatThrownBy(() -> net.rnnTimeStep(input(DataType.FLOAT, RNNFormat.NWC)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("TemporalEffectiveBatchNormLayer")
        .hasMessageContaining("each of the T time steps");
  }

  @ParameterizedTest
  @EnumSource
  void masksCutSequences(RNNFormat format) {
    for (Layer layer :
        new Layer[] {
          new LifLayer.Builder().neuron(Neurons.resets().get(1)).build(),
          new NeuronLayer.Builder()
              .neuron(NeuronModels.all().get(2))
              .recurrence(Recurrence.ALL_TO_ALL)
              .build()
        }) {
      MultiLayerNetwork net = network(DataType.DOUBLE, format, layer);
      INDArray x = input(DataType.DOUBLE, format);
      INDArray mask = Values.mask(N, T, DataType.DOUBLE);
      INDArray whole = net.output(x, false, mask, null);
      assertThat(whole.distance2(net.output(x))).as("the mask matters").isGreaterThan(0.5);
      for (int chunk : CHUNKS) {
        net.rnnClearPreviousState();
        INDArray parts = Streams.joined(Streams.chunks(net, x, mask, format, chunk), format);
        Tolerances.assertIdentical("in chunks of " + chunk, parts, whole);
      }
    }
  }

  /** A read-out goes on reading, so its last output is that of the whole sequence. */
  @ParameterizedTest
  @EnumSource
  void readoutsReadAllStepsSoFar(RNNFormat format) {
    for (Layer layer :
        new Layer[] {
          new SpikeReadoutLayer.Builder().scale(3).build(),
          new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL)
              .decay(0.8)
              .trainScale(true)
              .build(),
          new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.FIRST_SPIKE).scale(2).build(),
          new LastTimeStepLayer.Builder().build()
        }) {
      for (INDArray mask : new INDArray[] {null, Values.mask(N, T, DataType.DOUBLE)}) {
        MultiLayerNetwork net = network(DataType.DOUBLE, format, layer.clone());
        INDArray x = Values.binary(4, 0.3, DataType.DOUBLE, input(DataType.DOUBLE, format).shape());
        INDArray whole = net.output(x, false, mask, null);
        for (int chunk : CHUNKS) {
          net.rnnClearPreviousState();
          List<INDArray> parts = Streams.chunks(net, x, mask, format, chunk);
          INDArray last = parts.get(parts.size() - 1);
          Tolerances.assertClose("in chunks of " + chunk, last, whole, Tolerances.DOUBLE);
        }
      }
    }
  }

  @Test
  void mixesWithLayersOfDl4j() {
    RNNFormat format = RNNFormat.NCW;
    MultiLayerNetwork net =
        network(
            DataType.DOUBLE,
            format,
            new SimpleRnn.Builder().nOut(6).build(),
            new LifLayer.Builder().neuron(Neurons.resets().get(0)).build(),
            new LSTM.Builder().nOut(4).build(),
            new NeuronLayer.Builder().recurrence(Recurrence.ONE_TO_ONE).build());
    INDArray x = input(DataType.DOUBLE, format).mul(3);
    INDArray whole = net.output(x);
    for (int chunk : CHUNKS) {
      net.rnnClearPreviousState();
      INDArray parts = Streams.joined(Streams.chunks(net, x, null, format, chunk), format);
      Tolerances.assertClose("chunks of " + chunk, parts, whole, Tolerances.DOUBLE);
    }
  }

  @Test
  void singleStepsMayHaveRankTwo() {
    RNNFormat format = RNNFormat.NCW;
    MultiLayerNetwork net = network(DataType.FLOAT, format, new LifLayer.Builder().build());
    INDArray x = input(DataType.FLOAT, format);
    INDArray whole = net.output(x);
    for (int t = 0; t < T; t++) {
      INDArray step = Streams.steps(x, format, t, t + 1).reshape(N, F);
      INDArray out = net.rnnTimeStep(step);
      assertThat(Values.of(out)).isEqualTo(Values.of(Streams.steps(whole, format, t, t + 1)));
    }
  }

  @Test
  void ordinaryPassesLeaveTheStateAlone() {
    RNNFormat format = RNNFormat.NWC;
    MultiLayerNetwork net = network(DataType.FLOAT, format, new LifLayer.Builder().build());
    INDArray x = input(DataType.FLOAT, format);
    INDArray whole = net.output(x);
    net.rnnTimeStep(Streams.steps(x, format, 0, 4));
    Map<String, INDArray> before = net.rnnGetPreviousState(0);
    assertThat(before).containsOnlyKeys("potential", "spike");
    Tolerances.assertIdentical("output", net.output(x), whole);
    net.feedForward(x, true);
    net.rnnActivateUsingStoredState(x, false, false);
    assertThat(net.rnnGetPreviousState(0)).isEqualTo(before);
    INDArray rest = net.rnnTimeStep(Streams.steps(x, format, 4, T));
    Tolerances.assertIdentical("rest", rest, Streams.steps(whole, format, 4, T));
    assertThat(net.rnnGetPreviousState(0).get("potential")).isNotEqualTo(before.get("potential"));
    net.rnnSetPreviousState(0, before);
    INDArray again = net.rnnTimeStep(Streams.steps(x, format, 4, T));
    Tolerances.assertIdentical("from the state that was set", again, rest);
    net.rnnClearPreviousState();
    Tolerances.assertIdentical("from rest", net.rnnTimeStep(x), whole);
  }

  @Test
  void wrongChunksAndStatesAreRefused() {
    RNNFormat format = RNNFormat.NWC;
    MultiLayerNetwork net =
        network(DataType.FLOAT, format, new LifLayer.Builder().name("lif").build());
    INDArray x = input(DataType.FLOAT, format);
    net.rnnTimeStep(x);
    Map<String, INDArray> state = net.rnnGetPreviousState(0);
    assertThatThrownBy(() -> net.rnnTimeStep(Nd4j.ones(N + 1, 2, F)))
        .hasMessageContainingAll("lif", "[3, 5]", "[4, 5]", "rnnClearPreviousState");
    assertThatThrownBy(() -> net.rnnTimeStep(Nd4j.ones(N, F)))
        .hasMessageContainingAll("lif", "expected 5 features", "[3, 5, 1]", "NWC");
    assertThatThrownBy(() -> net.rnnTimeStep(Nd4j.ones(N, 2, F).put(0, 0, Nd4j.scalar(0 / 0f))))
        .hasMessageContainingAll("lif", "NaN");
    assertThatThrownBy(() -> net.rnnSetPreviousState(0, Map.of("potential", Nd4j.ones(N, F))))
        .hasMessageContainingAll("lif", "[potential, spike]", "[potential]");
    assertThatThrownBy(
            () ->
                net.rnnSetPreviousState(
                    0, Map.of("potential", Nd4j.ones(N, F), "spike", Nd4j.ones(N, F + 1))))
        .hasMessageContainingAll("lif", "\"spike\"", "[3, 5]", "[3, 6]");
    assertThat(net.rnnGetPreviousState(0)).as("after the errors").isEqualTo(state);
  }

  @Test
  void networksThatCannotStreamRefuse() {
    INDArray x = input(DataType.FLOAT, RNNFormat.NWC);
    MultiLayerNetwork stfn =
        network(
            DataType.FLOAT,
            RNNFormat.NWC,
            new StfnLayer.Builder().name("norm").build(),
            new LifLayer.Builder().build());
    assertThatThrownBy(() -> stfn.rnnTimeStep(x))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContainingAll("norm", "rnnTimeStep", "STFN", "all time steps");
    MultiLayerNetwork defined =
        network(
            DataType.FLOAT,
            RNNFormat.NWC,
            new LifLayer.Builder().name("slow").backend(Backend.SAMEDIFF).build());
    assertThatThrownBy(() -> defined.rnnTimeStep(x))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContainingAll("slow", "SAMEDIFF", "FUSED");
    assertThat(defined.output(x).shape()).containsExactly(N, T, F);
  }

  @Test
  void filesWithoutOrWithAnotherStateAreRefused() throws Exception {
    MultiLayerNetwork net =
        network(DataType.FLOAT, RNNFormat.NWC, new LifLayer.Builder().name("a").build());
    MultiLayerNetwork other =
        network(DataType.FLOAT, RNNFormat.NWC, new LifLayer.Builder().name("b").build());
    net.rnnTimeStep(input(DataType.FLOAT, RNNFormat.NWC));
    File zip = folder.resolve("other.zip").toFile();
    net.save(zip);
    assertThatThrownBy(() -> StreamingState.load(net, zip)).hasMessageContaining("no streaming");
    StreamingState.save(net, zip);
    assertThatThrownBy(() -> StreamingState.save(net, zip)).hasMessageContaining("already");
    assertThatThrownBy(() -> StreamingState.load(other, zip)).hasMessageContainingAll("[a]", "[b]");
    assertThat(MultiLayerNetwork.load(zip, true).params()).isEqualTo(net.params());
  }

  @Test
  void layersInWrappersOfDl4j() {
    LifLayer lif = new LifLayer.Builder().name("lif").build();
    assertThatThrownBy(() -> network(DataType.FLOAT, RNNFormat.NWC, new LastTimeStep(lif)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContainingAll("lif", "LastTimeStep", "LastTimeStepLayer");
    assertThatThrownBy(() -> new Bidirectional(lif))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("LifLayer");
    MultiLayerNetwork frozen =
        network(DataType.FLOAT, RNNFormat.NWC, new FrozenLayer.Builder().layer(lif).build());
    INDArray x = input(DataType.FLOAT, RNNFormat.NWC);
    INDArray whole = frozen.output(x);
    INDArray parts =
        Streams.joined(Streams.chunks(frozen, x, null, RNNFormat.NWC, 3), RNNFormat.NWC);
    Tolerances.assertIdentical("frozen", parts, whole);
    assertThat(StreamingState.of(frozen)).isNotEmpty();
  }

  static Stream<Arguments> vertices() {
    SpikingGraphConvVertex.Builder spiking = new SpikingGraphConvVertex.Builder().nOut(2);
    return Stream.of(
        Arguments.of(spiking.build(), "STFN"),
        Arguments.of(spiking.stfn(null).build(), "no state"),
        Arguments.of(spiking.backend(Backend.SAMEDIFF).build(), "no state"),
        Arguments.of(new GraphConvVertex.Builder().nOut(2).stfn(null).build(), null));
  }

  @ParameterizedTest
  @MethodSource("vertices")
  void verticesWithSpikesOrStfnRefuse(GraphVertex vertex, String reason) {
    ComputationGraph net =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("x", "edges")
                .addVertex("gc", vertex, "x", "edges")
                .addLayer("read", new SpikeReadoutLayer.Builder().trainScale(true).build(), "gc")
                .addLayer("out", new LabelledLossLayer.Builder().build(), "read")
                .setOutputs("out")
                .setInputTypes(InputType.recurrent(F, RNNFormat.NWC), InputType.feedForward(3))
                .build());
    net.init();
    INDArray[] in = {
      Values.uniform(1, 0, 1, DataType.FLOAT, 5, T, F), Graphs.WEIGHTED.edges(DataType.FLOAT)
    };
    INDArray whole = net.output(in)[0];
    if (reason == null) {
      net.rnnTimeStep(Streams.steps(in[0], RNNFormat.NWC, 0, 3), in[1]);
      INDArray last = net.rnnTimeStep(Streams.steps(in[0], RNNFormat.NWC, 3, T), in[1])[0];
      Tolerances.assertClose("by chunks", last, whole, Tolerances.FLOAT);
    } else {
      assertThatThrownBy(() -> net.rnnTimeStep(in))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContainingAll("gc", "rnnTimeStep", reason);
    }
  }

  /** Each call is one step, whatever {@code timeSteps} says. */
  @ParameterizedTest
  @EnumSource
  void staticInputsAreSingleStepsInAGraph(RNNFormat format) {
    ComputationGraph net =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("x")
                .addLayer("dense", new DenseLayer.Builder().nOut(4).build(), "x")
                .addLayer(
                    "lif", new LifLayer.Builder().timeSteps(T).dataFormat(format).build(), "dense")
                .addLayer("read", new SpikeReadoutLayer.Builder().scale(T).build(), "lif")
                .setOutputs("read")
                .validateOutputLayerConfig(false)
                .setInputTypes(InputType.feedForward(F))
                .build());
    net.init();
    INDArray x = Values.uniform(1, 0, 3, DataType.FLOAT, N, F);
    INDArray last = null;
    for (int t = 0; t < T; t++) {
      last = net.rnnTimeStep(x)[0];
    }
    INDArray whole = net.output(x)[0];
    assertThat(whole.sumNumber().doubleValue()).isPositive();
    Tolerances.assertClose("spikes", last, whole, Tolerances.FLOAT);
  }

  /** Two presentations of T steps each, without a rest between them. */
  @Test
  void encodingLayersAddTheirSteps() {
    MultiLayerNetwork net =
        Streams.network(
            InputType.feedForward(F),
            DataType.FLOAT,
            new SpikeEncodingLayer.Builder().encoder(new DirectEncoder()).timeSteps(T).build(),
            new LifLayer.Builder().neuron(Neurons.resets().get(3)).build());
    INDArray x = Values.uniform(1, 0, 0.3, DataType.FLOAT, N, F);
    INDArray first = net.rnnTimeStep(x);
    INDArray second = net.rnnTimeStep(x);
    MultiLayerNetwork twice =
        Streams.network(
            InputType.feedForward(F),
            DataType.FLOAT,
            new LifLayer.Builder().neuron(Neurons.resets().get(3)).timeSteps(2 * T).build());
    INDArray both = Nd4j.concat(1, first, second);
    Tolerances.assertIdentical("both", both, twice.output(x));
    assertThat(first).isNotEqualTo(second);
  }
}
