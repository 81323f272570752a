package io.github.dl4jsnn.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;

/** What another library computed for one neuron on one input, from a {@link GoldenFile}. */
public final class GoldenRun {

  /** Examples. */
  public final int N;

  /** Steps. */
  public final int T;

  /** Features. */
  public final int F;

  private final JsonNode golden;
  private final JsonNode input;
  private final JsonNode run;

  GoldenRun(JsonNode file, JsonNode golden, JsonNode run) {
    this.N = file.get("examples").intValue();
    this.T = file.get("steps").intValue();
    this.F = file.get("features").intValue();
    this.golden = golden;
    this.input = file.get("inputs").get(run.get("input").intValue());
    this.run = run;
  }

  /**
   * Our neuron.
   *
   * @return its JSON
   */
  public JsonNode neuron() {
    return golden.get("neuron");
  }

  /**
   * Feedback of spikes into currents.
   *
   * @return name, {@code NONE} for none
   */
  public String recurrence() {
    return golden.path("recurrence").asText("NONE");
  }

  /**
   * Weights of the feedback.
   *
   * @return {@code [F, F]}, from and to, or {@code [F]}; empty for no feedback
   */
  public double[] recurrentWeights() {
    return GoldenFile.numbers(golden.path("recurrentWeights"));
  }

  /**
   * Currents.
   *
   * @param type of the array
   * @return {@code [N, T, F]}
   */
  public INDArray currents(DataType type) {
    return array(input.get("x"), type);
  }

  /**
   * Gradient from above.
   *
   * @param type of the array
   * @return {@code [N, T, F]}
   */
  public INDArray fromAbove(DataType type) {
    return array(input.get("g"), type);
  }

  private INDArray array(JsonNode values, DataType type) {
    return Values.array(GoldenFile.numbers(values), type, N, T, F);
  }

  /**
   * What came out: spikes, or potentials of a neuron without.
   *
   * @return values in c order of {@code [N, T, F]}
   */
  public double[] output() {
    return spikes()
        ? run.get("spikes").textValue().chars().mapToDouble(c -> c - '0').toArray()
        : GoldenFile.numbers(run.get("potentials"));
  }

  /**
   * Whether the neuron fires.
   *
   * @return false if its output is a potential
   */
  public boolean spikes() {
    return run.has("spikes");
  }

  /**
   * Potentials before the reset.
   *
   * @return {@code u - vTh} in c order of {@code [N, T, F]}
   */
  public double[] aboveThreshold() {
    return GoldenFile.numbers(run.get("aboveThreshold"));
  }

  /**
   * Gradient of the currents.
   *
   * @return values in c order of {@code [N, T, F]}
   */
  public double[] inputGradient() {
    return GoldenFile.numbers(run.get("inputGradient"));
  }

  /**
   * Gradients of the neuron's constants themselves, not of parameters from which they follow.
   *
   * @return by our names of the constants
   */
  public Map<String, double[]> constantGradients() {
    Map<String, double[]> gradients = new LinkedHashMap<>();
    if (run.has("constantGradients")) {
      run.get("constantGradients")
          .fields()
          .forEachRemaining(e -> gradients.put(e.getKey(), GoldenFile.numbers(e.getValue())));
    }
    return gradients;
  }

  @Override
  public String toString() {
    return golden.get("peer").textValue()
        + " on "
        + input.get("currents").textValue()
        + ", seed "
        + input.get("seed").intValue();
  }
}
