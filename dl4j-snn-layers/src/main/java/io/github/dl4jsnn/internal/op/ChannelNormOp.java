package io.github.dl4jsnn.internal.op;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation of the channels of images {@code [N, C, H, W]}, contiguous in c order;
 * equations in {@link io.github.dl4jsnn.conf.SpikingBatchNormalization}. One instance belongs to
 * one layer.
 */
public interface ChannelNormOp {

  /**
   * For the given data type.
   *
   * @param layer what error messages call the layer
   * @param eps added to the variance
   * @param rectify whether negative results become 0
   * @param type FLOAT or DOUBLE
   */
  static ChannelNormOp create(String layer, double eps, boolean rectify, DataType type) {
    switch (type) {
      case FLOAT:
        return new ChannelNormOpF32(layer, eps, rectify);
      case DOUBLE:
        return new ChannelNormOpF64(layer, eps, rectify);
      default:
        throw new IllegalArgumentException(
            layer + ": data type must be FLOAT or DOUBLE, is " + type);
    }
  }

  /**
   * Normalises by the statistics of the batch, or by given ones.
   *
   * @param in (in) {@code [N, C, H, W]}
   * @param gamma (in) {@code [C]}
   * @param beta (in) {@code [C]}
   * @param running (in) means and variances to use, {@code [2][C]}; null for those of the batch
   * @param out (out) {@code [N, C, H, W]}
   * @throws IllegalArgumentException if a result is NaN or infinite
   */
  void forward(INDArray in, INDArray gamma, INDArray beta, double[][] running, INDArray out);

  /**
   * Statistics that the last {@link #forward} used.
   *
   * @return means and biased variances, {@code [2][C]}
   */
  double[][] statistics();

  /**
   * Backward pass of the last {@link #forward}.
   *
   * @param in (in) as in {@link #forward}
   * @param gamma (in) as in {@link #forward}
   * @param beta (in) as in {@link #forward}
   * @param g (in) gradient of the output
   * @param dGamma (out) gradient of gamma
   * @param dBeta (out) gradient of beta
   * @param dIn (out) gradient of the input
   */
  void backward(
      INDArray in,
      INDArray gamma,
      INDArray beta,
      INDArray g,
      INDArray dGamma,
      INDArray dBeta,
      INDArray dIn);
}
