package io.github.dl4jsnn.internal.op;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Softmax self-attention; the equations are those of {@link
 * io.github.dl4jsnn.conf.SoftmaxAttention}. One instance belongs to one layer.
 */
public interface SoftmaxAttentionOp {

  /**
   * For the given data type.
   *
   * @param layer what error messages call the layer
   * @param heads number of heads, a divisor of D
   * @param type FLOAT or DOUBLE
   */
  static SoftmaxAttentionOp create(String layer, int heads, DataType type) {
    return type == DataType.DOUBLE
        ? new SoftmaxAttentionOpF64(layer, heads)
        : new SoftmaxAttentionOpF32(layer, heads);
  }

  /**
   * Attends.
   *
   * @param in (in) Q, K, V side by side, {@code [N, L, 3D]}
   * @param mask (in) {@code [N, L]} or null
   * @param out (out) {@code [N, L, D]}
   * @throws IllegalArgumentException if the input holds NaN or infinity
   */
  void forward(INDArray in, INDArray mask, INDArray out);

  /**
   * Gradient of Q, K and V; the weights are computed again.
   *
   * @param in (in) as in {@link #forward}
   * @param mask (in) as in {@link #forward}
   * @param g (in) gradient of the output
   * @param dIn (out) gradient of the input
   */
  void backward(INDArray in, INDArray mask, INDArray g, INDArray dIn);

  /**
   * How positions attend to each other.
   *
   * @param in (in) as in {@link #forward}
   * @param mask (in) as in {@link #forward}
   * @param n the example
   * @param head the head
   * @return {@code softmax(Q K^T / sqrt(d))}, {@code [1, L, L]}, the position that attends first
   */
  INDArray map(INDArray in, INDArray mask, int n, int head);
}
