package io.github.dl4jsnn.internal.op;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Firing rates of a sequence, and the gradient of a penalty on them; the equation is that of {@link
 * io.github.dl4jsnn.conf.FiringRateRegularizationLayer}.
 */
public interface FiringRateOp {

  /**
   * Fused, for the given data type.
   *
   * @param type FLOAT or DOUBLE
   */
  static FiringRateOp create(DataType type) {
    return type == DataType.FLOAT ? new FiringRateOpF32() : new FiringRateOpF64();
  }

  /** With array operations of any ND4J backend. */
  static FiringRateOp ofArrays() {
    return new FiringRateArrays();
  }

  /**
   * Number of present steps of all examples, at least 1.
   *
   * @param sequence (in) {@code [N, T, F]}
   * @param mask (in) {@code [N, T]} or null
   */
  static double presentSteps(INDArray sequence, INDArray mask) {
    if (mask == null) {
      return (double) sequence.size(0) * sequence.size(1);
    }
    return Math.max(1, mask.neq(0).castTo(DataType.INT64).sumNumber().doubleValue());
  }

  /**
   * Mean over the present steps of all examples.
   *
   * @param in (in) {@code [N, T, F]}
   * @param mask (in) {@code [N, T]} or null
   * @return a rate a feature; 0 if no step is present
   */
  double[] rates(INDArray in, INDArray mask);

  /**
   * Adds the gradient of the penalty: {@code dIn = g + slope[f]} at present steps, else {@code g}.
   *
   * @param mask (in) {@code [N, T]} or null
   * @param g (in) gradient of the output
   * @param slope (in) derivative of the penalty by one input of a feature
   * @param dIn (out) gradient of the input
   */
  void addGradient(INDArray mask, INDArray g, double[] slope, INDArray dIn);
}
