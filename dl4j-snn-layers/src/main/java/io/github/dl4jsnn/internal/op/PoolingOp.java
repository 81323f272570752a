package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.ConvolutionShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Pooling of images {@code [N, C, H, W]}, contiguous in c order. */
public interface PoolingOp {

  /**
   * For the given data type.
   *
   * @param layer what error messages call the layer
   * @param maximum whether to take the maximum, else the mean
   * @param countOutside whether pixels outside the image count in the divisor of a mean
   * @param type FLOAT or DOUBLE
   */
  static PoolingOp create(String layer, boolean maximum, boolean countOutside, DataType type) {
    switch (type) {
      case FLOAT:
        return new PoolingOpF32(layer, maximum, countOutside);
      case DOUBLE:
        return new PoolingOpF64(layer, maximum, countOutside);
      default:
        throw new IllegalArgumentException(
            layer + ": data type must be FLOAT or DOUBLE, is " + type);
    }
  }

  /**
   * Pools.
   *
   * @param s sizes
   * @param in (in) {@code [N, C, H, W]}
   * @param out (out) {@code [N, C, oH, oW]}
   * @throws IllegalArgumentException if a result is NaN or infinite
   */
  void forward(ConvolutionShape s, INDArray in, INDArray out);

  /**
   * Gradient.
   *
   * @param s as in {@link #forward}
   * @param in (in) as in {@link #forward}
   * @param g (in) gradient of the output
   * @param dIn (out) gradient of the input
   */
  void backward(ConvolutionShape s, INDArray in, INDArray g, INDArray dIn);
}
