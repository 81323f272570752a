package io.github.dl4jsnn.internal.op;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Positional codes; the equations are those of {@link
 * io.github.dl4jsnn.conf.PositionalEncodingLayer}.
 */
public interface PositionOp {

  /**
   * For the given data type.
   *
   * @param type FLOAT or DOUBLE
   */
  static PositionOp create(DataType type) {
    return type == DataType.FLOAT ? new PositionOpF32() : new PositionOpF64();
  }

  /**
   * The input with its codes: behind it where the output is wider, else added.
   *
   * @param in (in) {@code [N, S, F]}
   * @param mask (in) {@code [N, S]} or null
   * @param codes (in) {@code [S or more, width]}
   * @param out (out) {@code [N, S, F]} or {@code [N, S, F + width]}
   */
  void forward(INDArray in, INDArray mask, INDArray codes, INDArray out);

  /**
   * Gradient of the input.
   *
   * @param mask (in) as in {@link #forward}
   * @param g (in) gradient of the output
   * @param dIn (out) gradient of the input
   */
  void backward(INDArray mask, INDArray g, INDArray dIn);
}
