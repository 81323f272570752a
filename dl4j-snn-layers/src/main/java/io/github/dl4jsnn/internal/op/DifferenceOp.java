package io.github.dl4jsnn.internal.op;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Differences along a sequence; the equation is that of {@link
 * io.github.dl4jsnn.conf.DifferenceLayer}.
 */
public interface DifferenceOp {

  /**
   * For the given data type.
   *
   * @param type FLOAT or DOUBLE
   */
  static DifferenceOp create(DataType type) {
    return type == DataType.FLOAT ? new DifferenceOpF32() : new DifferenceOpF64();
  }

  /**
   * What each entry adds to the one before it.
   *
   * @param in (in) {@code [N, L, F]}
   * @param mask (in) {@code [N, L]} or null
   * @param out (out) {@code [N, L, F]}
   */
  void forward(INDArray in, INDArray mask, INDArray out);

  /**
   * Gradient of the input.
   *
   * @param mask (in) as in {@link #forward}
   * @param g (in) gradient of the output
   * @param dIn (out) gradient of the input
   */
  void backward(INDArray mask, INDArray g, INDArray dIn);
}
