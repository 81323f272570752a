package io.github.dl4jsnn.testing;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One forward and backward pass of a layer or vertex. */
public final class LayerRun {

  /** What went out. */
  public final INDArray output;

  /** Gradient of the input. */
  public final INDArray inputGradient;

  /** Gradient of each parameter. */
  public final Map<String, INDArray> gradients;

  LayerRun(INDArray output, INDArray inputGradient, Map<String, INDArray> gradients) {
    this.output = output;
    this.inputGradient = inputGradient;
    this.gradients = gradients;
  }

  /**
   * Asserts the same parameters with close gradients, and a close gradient of the input.
   *
   * @param expected other run
   * @param relative tolerance
   */
  public void assertGradientsClose(LayerRun expected, double relative) {
    org.assertj.core.api.Assertions.assertThat(gradients.keySet())
        .isEqualTo(expected.gradients.keySet());
    for (Map.Entry<String, INDArray> e : gradients.entrySet()) {
      Tolerances.assertClose(
          "gradient of " + e.getKey(), e.getValue(), expected.gradients.get(e.getKey()), relative);
    }
    Tolerances.assertClose(
        "gradient of the input", inputGradient, expected.inputGradient, relative);
  }

  /**
   * Asserts that everything is the same to the last bit.
   *
   * @param expected other run
   */
  public void assertIdentical(LayerRun expected) {
    Tolerances.assertIdentical("output", output, expected.output);
    Tolerances.assertIdentical("gradient of the input", inputGradient, expected.inputGradient);
    for (Map.Entry<String, INDArray> e : gradients.entrySet()) {
      Tolerances.assertIdentical(
          "gradient of " + e.getKey(), e.getValue(), expected.gradients.get(e.getKey()));
    }
  }
}
