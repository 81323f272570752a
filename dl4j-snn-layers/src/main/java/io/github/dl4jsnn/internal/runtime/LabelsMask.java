package io.github.dl4jsnn.internal.runtime;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Labels masks {@code [N, 1]}. */
final class LabelsMask {
  private LabelsMask() {}

  /**
   * Number of labelled examples, what a mean over them divides by.
   *
   * @param label what error messages call the layer
   * @param mask {@code [N, 1]}, or null: all are labelled
   * @param examples N
   * @return sum of the mask
   * @throws IllegalArgumentException if the shape is another one, or no example is labelled
   */
  static double sum(String label, INDArray mask, long examples) {
    if (mask == null) {
      return examples;
    }
    if (mask.rank() != 2 || mask.size(0) != examples || mask.size(1) != 1) {
      throw new IllegalArgumentException(
          label
              + ": expected a labels mask of shape ["
              + examples
              + ", 1], got "
              + Arrays.toString(mask.shape()));
    }
    double labelled = mask.sumNumber().doubleValue();
    if (!(labelled > 0)) {
      throw new IllegalArgumentException(
          label
              + ": the labels mask marks no example (its sum is "
              + labelled
              + "), so there is no loss");
    }
    return labelled;
  }
}
