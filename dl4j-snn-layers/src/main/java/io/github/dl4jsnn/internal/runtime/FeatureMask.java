package io.github.dl4jsnn.internal.runtime;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Feature masks {@code [N, T]}. */
final class FeatureMask {
  private FeatureMask() {}

  /** The mask in the type of the sequence {@code [N, T, F]}, or null; its shape is checked. */
  static INDArray checked(String label, INDArray mask, INDArray sequence) {
    if (mask == null) {
      return null;
    }
    if (mask.rank() != 2 || mask.size(0) != sequence.size(0) || mask.size(1) != sequence.size(1)) {
      throw new IllegalArgumentException(
          label
              + ": expected a feature mask [N, T] = ["
              + sequence.size(0)
              + ", "
              + sequence.size(1)
              + "], got "
              + Arrays.toString(mask.shape()));
    }
    return mask.dataType() == sequence.dataType() ? mask : mask.castTo(sequence.dataType());
  }
}
