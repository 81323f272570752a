package io.github.dl4jsnn.conf;

import static io.github.dl4jsnn.testing.GoldenFile.numbers;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.graph.Propagation;
import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.GoldenFile;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;

/** Propagations reproduce what PyTorch Geometric computes: outputs and all gradients. */
class GoldenPropagationTest {
  private static final DataType TYPE = DataType.DOUBLE;

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (GoldenFile file : GoldenFile.find("propagation.json")) {
      file.cases().forEach(c -> cases.add(arguments(c.get("peer").asText(), file, c)));
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void equalsPyTorchGeometric(String peer, GoldenFile file, JsonNode c) throws IOException {
    int nodes = file.number("nodes");
    int nIn = file.number("nIn");
    int nOut = file.number("nOut");
    GraphConvVertex conf =
        new GraphConvVertex.Builder()
            .nOut(nOut)
            .propagation(GoldenFile.JSON.treeToValue(c.get("propagation"), Propagation.class))
            .activation(Activation.IDENTITY)
            .backend(Backend.FUSED)
            .build();
    LayerRun run =
        Backends.vertex(
            conf,
            InputType.feedForward(nIn),
            array(c.get("x"), nodes, nIn),
            array(c.get("edges"), c.get("edges").size() / 3, 3),
            arrays(c.get("parameters")),
            array(c.get("g"), nodes, nOut));
    assertClose("output", run.output, c.get("output"));
    assertClose("gradient of the input", run.inputGradient, c.get("inputGradient"));
    Map<String, INDArray> expected = arrays(c.get("gradients"));
    org.assertj.core.api.Assertions.assertThat(run.gradients).hasSameSizeAs(expected);
    c.get("gradients")
        .fieldNames()
        .forEachRemaining(
            name ->
                assertClose(
                    "gradient of " + name, run.gradients.get(name), c.get("gradients").get(name)));
  }

  private static void assertClose(String what, INDArray actual, JsonNode expected) {
    Tolerances.assertClose(what, Values.of(actual), numbers(expected), Tolerances.GOLDEN);
  }

  private static INDArray array(JsonNode values, long... shape) {
    return Values.array(numbers(values), TYPE, shape);
  }

  /** Flat; the vertex knows their shapes. */
  private static Map<String, INDArray> arrays(JsonNode values) {
    Map<String, INDArray> arrays = new HashMap<>();
    values
        .fieldNames()
        .forEachRemaining(
            name -> arrays.put(name, array(values.get(name), values.get(name).size())));
    return arrays;
  }
}
