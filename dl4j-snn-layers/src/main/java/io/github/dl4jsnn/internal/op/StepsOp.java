package io.github.dl4jsnn.internal.op;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Between L positions and T steps of each: {@link io.github.dl4jsnn.conf.MeanOverTimeLayer}, {@link
 * io.github.dl4jsnn.conf.RepeatOverTimeLayer} and their gradients, which are each other.
 *
 * <pre>
 *   collect   y[l] = w[l] * sum over t of m[t,l] x[t,l]
 *   spread    y[t,l] = w[l] * m[t,l] x[l]
 * </pre>
 *
 * <p>with the mask m, all 1 if there is none, and {@code w[l] = 1}, or {@code 1 / sum over t of
 * m[t,l]} for a mean (1 where no step is there).
 */
public interface StepsOp {

  /**
   * For the given data type.
   *
   * @param layer what error messages call the layer
   * @param mean whether w makes a mean of the sum
   * @param type FLOAT or DOUBLE
   */
  static StepsOp create(String layer, boolean mean, DataType type) {
    return type == DataType.DOUBLE ? new StepsOpF64(layer, mean) : new StepsOpF32(layer, mean);
  }

  /**
   * Sums or averages the steps of each position.
   *
   * @param in (in) {@code [N, T*L, F]}
   * @param mask (in) {@code [N, T*L]} or null
   * @param out (out) {@code [N, L, F]}
   * @throws IllegalArgumentException if the result is NaN or infinite
   */
  void collect(INDArray in, INDArray mask, INDArray out);

  /**
   * Repeats each position.
   *
   * @param in (in) {@code [N, L, F]}
   * @param mask (in) {@code [N, T*L]} or null
   * @param out (out) {@code [N, T*L, F]}
   * @throws IllegalArgumentException if the input holds NaN or infinity
   */
  void spread(INDArray in, INDArray mask, INDArray out);
}
