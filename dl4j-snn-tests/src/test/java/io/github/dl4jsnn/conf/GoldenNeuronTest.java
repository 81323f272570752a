package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.internal.op.NeuronOp;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.NeuronConstant;
import io.github.dl4jsnn.neuron.Recurrence;
import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.GoldenFile;
import io.github.dl4jsnn.testing.GoldenRun;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.RecordingSurrogate;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** All neurons are those of SpikingJelly, snnTorch and Norse where the equations agree. */
class GoldenNeuronTest {

  static Stream<Arguments> runs() {
    return GoldenFile.find("*-*.json").stream()
        .flatMap(f -> f.runs().stream())
        .flatMap(r -> Stream.of(Arguments.of(r, DataType.FLOAT), Arguments.of(r, DataType.DOUBLE)));
  }

  static Stream<Arguments> spikingRuns() {
    return runs().filter(a -> ((GoldenRun) a.get()[0]).spikes());
  }

  private static Neuron neuron(JsonNode json) {
    try {
      return GoldenFile.JSON.treeToValue(json, Neuron.class);
    } catch (IOException e) {
      throw new IllegalStateException(json.toString(), e);
    }
  }

  private static LayerRun run(GoldenRun golden, Neuron neuron, DataType type) {
    return Backends.layer(
        layer(golden, neuron),
        InputType.recurrent(golden.F, golden.T, RNNFormat.NWC),
        golden.currents(type),
        recurrentWeights(golden, type),
        golden.fromAbove(type));
  }

  private static Layer layer(GoldenRun golden, Neuron neuron) {
    if (neuron instanceof LifParameters) {
      return new LifLayer.Builder().neuron((LifParameters) neuron).backend(Backend.FUSED).build();
    }
    return new NeuronLayer.Builder()
        .neuron(neuron)
        .recurrence(Recurrence.valueOf(golden.recurrence()))
        .backend(Backend.FUSED)
        .build();
  }

  private static Map<String, INDArray> recurrentWeights(GoldenRun golden, DataType type) {
    double[] weights = golden.recurrentWeights();
    if (weights.length == 0) {
      return Map.of();
    }
    long[] shape =
        weights.length == golden.F ? new long[] {golden.F} : new long[] {golden.F, golden.F};
    return Map.of(NeuronOp.RECURRENT_WEIGHTS, Values.array(weights, type, shape));
  }

  @Test
  void everyFileIsThere() {
    assertThat(GoldenFile.find("*-*.json")).hasSize(21);
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
    Neuron neuron = neuron(golden.neuron());
    LayerRun ours = run(golden, neuron, type);
    if (golden.spikes()) {
      assertThat(Values.of(ours.output)).as("spikes").isEqualTo(golden.output());
    } else {
      Tolerances.assertClose(
          "potentials", Values.of(ours.output), golden.output(), Tolerances.GOLDEN);
    }
    Tolerances.assertClose(
        "gradient of the currents",
        Values.of(ours.inputGradient),
        golden.inputGradient(),
        Tolerances.GOLDEN);
    Map<String, double[]> constants = golden.constantGradients();
    assertThat(ours.gradients.keySet())
        .containsExactlyInAnyOrderElementsOf(
            constants.keySet().stream().map(GoldenNeuronTest::parameter)::iterator);
    constants.forEach(
        (name, expected) ->
            Tolerances.assertClose(
                "gradient of " + name,
                Values.of(ours.gradients.get(parameter(name))),
                parameterGradient(neuron, name, expected),
                Tolerances.GOLDEN));
  }

  private static String parameter(String constant) {
    return constant.equals("recurrentWeights") ? NeuronOp.RECURRENT_WEIGHTS : constant;
  }

  /** Our parameters are unbounded; constants follow from them by a function. */
  private static double[] parameterGradient(Neuron neuron, String name, double[] gradient) {
    double derivative =
        neuron.constants().stream()
            .filter(c -> c.name().equals(name))
            .findFirst()
            .map(GoldenNeuronTest::derivative)
            .orElse(1.0);
    return Arrays.stream(gradient).map(g -> g * derivative).toArray();
  }

  private static double derivative(NeuronConstant constant) {
    return constant.range().derivative(constant.value());
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("spikingRuns")
  void hasThePotentialsOfThePeer(GoldenRun golden, DataType type) {
    ObjectNode recorded = golden.neuron().deepCopy();
    recorded.set("surrogate", GoldenFile.JSON.valueToTree(new RecordingSurrogate()));
    RecordingSurrogate.clear();
    run(golden, neuron(recorded), type);
    Tolerances.assertClose(
        "potentials above threshold",
        RecordingSurrogate.aboveThreshold(golden.T),
        golden.aboveThreshold(),
        Tolerances.GOLDEN);
  }
}
