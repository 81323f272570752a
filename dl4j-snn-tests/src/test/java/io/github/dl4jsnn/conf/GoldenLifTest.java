package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Surrogate;
import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.GoldenFile;
import io.github.dl4jsnn.testing.GoldenRun;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.RecordingSurrogate;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.io.IOException;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** IF and LIF neurons are those of SpikingJelly, snnTorch and Norse where the equations agree. */
class GoldenLifTest {

  static Stream<Arguments> runs() {
    return GoldenFile.find("lif-*.json").stream()
        .flatMap(f -> f.runs().stream())
        .flatMap(r -> Stream.of(Arguments.of(r, DataType.FLOAT), Arguments.of(r, DataType.DOUBLE)));
  }

  private static LifParameters neuron(GoldenRun golden) {
    ObjectNode json = GoldenFile.JSON.valueToTree(LifParameters.defaults());
    golden.neuron().fields().forEachRemaining(e -> json.set(e.getKey(), e.getValue()));
    json.remove("@class");
    try {
      return GoldenFile.JSON.treeToValue(json, LifParameters.class);
    } catch (IOException e) {
      throw new IllegalStateException(golden.toString(), e);
    }
  }

  private static LayerRun run(GoldenRun golden, LifParameters neuron, DataType type) {
    return Backends.layer(
        new LifLayer.Builder().neuron(neuron).backend(Backend.FUSED).build(),
        InputType.recurrent(golden.F, golden.T, RNNFormat.NWC),
        golden.currents(type),
        Map.of(),
        golden.fromAbove(type));
  }

  @Test
  void allPeersAreThere() {
    assertThat(GoldenFile.find("lif-*.json"))
        .extracting(GoldenFile::toString)
        .containsExactly(
            "lif-norse.json",
            "lif-snntorch.json",
            "lif-spikingjelly.json",
            "lif-ties-spikingjelly.json");
  }

  @Test
  void tiesFireInSpikingJellyToo() {
    for (GoldenRun run : GoldenFile.find("lif-ties-*.json").get(0).runs()) {
      double[] above = run.aboveThreshold();
      double[] spikes = run.output();
      double[] atTies =
          IntStream.range(0, above.length)
              .filter(i -> above[i] == 0)
              .mapToDouble(i -> spikes[i])
              .toArray();
      assertThat(atTies).as("spikes at ties of %s", run).isNotEmpty().containsOnly(1);
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("runs")
  void equalsThePeer(GoldenRun golden, DataType type) {
    LayerRun ours = run(golden, neuron(golden), type);
    assertThat(Values.of(ours.output)).as("spikes").isEqualTo(golden.output());
    Tolerances.assertClose(
        "gradient of the currents",
        Values.of(ours.inputGradient),
        golden.inputGradient(),
        Tolerances.GOLDEN);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("runs")
  void hasThePotentialsOfThePeer(GoldenRun golden, DataType type) {
    Surrogate recording = new RecordingSurrogate();
    RecordingSurrogate.clear();
    run(golden, neuron(golden).toBuilder().surrogate(recording).build(), type);
    Tolerances.assertClose(
        "potentials above threshold",
        RecordingSurrogate.aboveThreshold(golden.T),
        golden.aboveThreshold(),
        Tolerances.GOLDEN);
  }
}
