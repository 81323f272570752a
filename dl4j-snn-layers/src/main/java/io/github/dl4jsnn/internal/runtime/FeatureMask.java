package io.github.dl4jsnn.internal.runtime;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Feature masks {@code [N, T]}; of a static input {@code [N, 1]}, which marks examples. */
final class FeatureMask {
  private FeatureMask() {}

  /** The mask in the type of the input, {@code [N, T, F]} or {@code [N, F]}, or null; checked. */
  static INDArray checked(String label, INDArray mask, INDArray sequence) {
    if (mask == null) {
      return null;
    }
    long steps = sequence.rank() == 3 ? sequence.size(1) : 1;
    if (mask.rank() != 2 || mask.size(0) != sequence.size(0) || mask.size(1) != steps) {
      throw new IllegalArgumentException(
          label
              + ": expected a feature mask [N, T] = ["
              + sequence.size(0)
              + ", "
              + steps
              + "], got "
              + Arrays.toString(mask.shape()));
    }
    return mask.dataType() == sequence.dataType() ? mask : mask.castTo(sequence.dataType());
  }
}
