package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.ConvolutionShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolution of images; equations in {@link io.github.dl4jsnn.conf.SpikingConvolution}. All arrays
 * are contiguous in c order. One instance belongs to one layer.
 */
public interface ConvolutionOp {

  /**
   * For the given data type.
   *
   * @param layer what error messages call the layer
   * @param type FLOAT or DOUBLE
   */
  static ConvolutionOp create(String layer, DataType type) {
    switch (type) {
      case FLOAT:
        return new ConvolutionOpF32(layer, ConvolutionMethod.chosen());
      case DOUBLE:
        return new ConvolutionOpF64(layer, ConvolutionMethod.chosen());
      default:
        throw new IllegalArgumentException(
            layer + ": data type must be FLOAT or DOUBLE, is " + type);
    }
  }

  /**
   * The convolution.
   *
   * @param s sizes
   * @param in (in) {@code [N, C, H, W]}
   * @param weights (in) {@code [K, C, kH, kW]}
   * @param bias (in) {@code [K]}, or null
   * @param out (out) {@code [N, K, oH, oW]}
   * @throws IllegalArgumentException if a result is NaN or infinite
   */
  void forward(ConvolutionShape s, INDArray in, INDArray weights, INDArray bias, INDArray out);

  /**
   * Backward pass of the last {@link #forward}.
   *
   * @param s as in {@link #forward}
   * @param in (in) as in {@link #forward}
   * @param weights (in) as in {@link #forward}
   * @param g (in) gradient of the output
   * @param dWeights (out) gradient of the weights
   * @param dBias (out) gradient of the bias, or null
   * @param dIn (out) gradient of the input
   */
  void backward(
      ConvolutionShape s,
      INDArray in,
      INDArray weights,
      INDArray g,
      INDArray dWeights,
      INDArray dBias,
      INDArray dIn);
}
