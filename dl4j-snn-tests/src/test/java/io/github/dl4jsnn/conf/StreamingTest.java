package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.Recurrence;
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
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import io.github.dl4jsnn.testing.Graphs;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
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

  static Stream<Arguments> layers() {
    List<Arguments> cases = new ArrayList<>();
    for (Recurrence r : Recurrence.values()) {
      NeuronModels.all().forEach(n -> cases.add(layer(n, r)));
    }
    return Stream.concat(lif(), cases.stream());
  }

  /** As {@link #layers()}; recurrences take turns. */
  static Stream<Arguments> fewerLayers() {
    List<Arguments> cases = new ArrayList<>();
    NeuronModels.all().forEach(n -> cases.add(layer(n, Recurrence.values()[cases.size() % 3])));
    return Stream.concat(lif(), cases.stream());
  }

  private static Stream<Arguments> lif() {
    return Neurons.all().stream()
        .map(p -> Arguments.of("LIF " + Neurons.name(p), new LifLayer.Builder().neuron(p).build()));
  }

  private static Arguments layer(Neuron neuron, Recurrence recurrence) {
    return Arguments.of(
        NeuronModels.name(neuron) + " " + recurrence,
        new NeuronLayer.Builder().neuron(neuron).recurrence(recurrence).build());
  }

  private static INDArray input(DataType type, RNNFormat format) {
    INDArray nwc = Values.uniform(4, -0.7, 1.6, type, N, T, F);
    return format == RNNFormat.NWC ? nwc : nwc.permute(0, 2, 1).dup('c');
  }

  private static MultiLayerNetwork network(DataType type, RNNFormat format, Layer... layers) {
    return Streams.network(InputType.recurrent(F, format), type, layers);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void chunksEqualTheWhole(String name, Layer layer) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      for (RNNFormat format : RNNFormat.values()) {
        MultiLayerNetwork net = network(type, format, layer.clone());
        INDArray x = input(type, format);
        INDArray whole = net.output(x);
        for (int chunk : CHUNKS) {
          net.rnnClearPreviousState();
          INDArray parts = Streams.joined(Streams.chunks(net, x, null, format, chunk), format);
          Tolerances.assertIdentical(format + " in chunks of " + chunk, parts, whole);
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fewerLayers")
  void stateGoesThroughTheZip(String name, Layer layer) throws Exception {
    RNNFormat format = RNNFormat.NCW;
    MultiLayerNetwork net = network(DataType.FLOAT, format, layer.clone());
    INDArray x = input(DataType.FLOAT, format);
    INDArray rest = Streams.steps(x, format, 3, T);
    net.rnnTimeStep(Streams.steps(x, format, 0, 3));
    File zip = folder.resolve("net.zip").toFile();
    net.save(zip, false);
    MultiLayerNetwork without = MultiLayerNetwork.load(zip, false);
    assertThat(StreamingState.of(without)).as("only when asked").isEmpty();
    StreamingState.save(net, zip);
    MultiLayerNetwork with = MultiLayerNetwork.load(zip, false);
    assertThat(StreamingState.of(with)).as("not yet").isEmpty();
    StreamingState.load(with, zip);
    Tolerances.assertIdentical(
        "second chunk", with.rnnTimeStep(rest), Streams.steps(net.output(x), format, 3, T));
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
          new LastTimeStepLayer.Builder().build()
        }) {
      for (INDArray mask : new INDArray[] {null, Values.mask(N, T, DataType.DOUBLE)}) {
        MultiLayerNetwork net = network(DataType.DOUBLE, format, layer.clone());
        INDArray x = input(DataType.DOUBLE, format);
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
}
