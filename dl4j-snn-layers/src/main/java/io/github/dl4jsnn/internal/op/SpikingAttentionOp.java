package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.neuron.Neuron;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Spiking self-attention; the equations are those of {@link
 * io.github.dl4jsnn.conf.SpikingAttention}. One instance belongs to one layer.
 *
 * <p>Sizes: N examples, T steps, L positions, D features of each of Q, K and V.
 */
public interface SpikingAttentionOp {

  /**
   * For the given data type.
   *
   * @param layer what error messages call the layer
   * @param timeSteps T
   * @param heads number of heads, a divisor of D
   * @param scale factor of the products
   * @param neuron model and constants, none of them trained
   * @param type FLOAT or DOUBLE
   */
  static SpikingAttentionOp create(
      String layer, int timeSteps, int heads, double scale, Neuron neuron, DataType type) {
    return type == DataType.DOUBLE
        ? new SpikingAttentionOpF64(layer, timeSteps, heads, scale, neuron)
        : new SpikingAttentionOpF32(layer, timeSteps, heads, scale, neuron);
  }

  /**
   * Spikes of all steps.
   *
   * @param in (in) Q, K, V side by side, {@code [N, T*L, 3D]}
   * @param mask (in) {@code [N, T*L]} or null
   * @param out (out) {@code [N, T*L, D]}, contiguous in c order
   * @throws IllegalArgumentException if the input holds NaN or infinity
   */
  void forward(INDArray in, INDArray mask, INDArray out);

  /**
   * Membrane potentials of all steps.
   *
   * @param in (in) as in {@link #forward}
   * @param mask (in) as in {@link #forward}
   * @param u (out) {@code [N, T*L, D]}, contiguous in c order
   */
  void potentials(INDArray in, INDArray mask, INDArray u);

  /**
   * Gradient of Q, K and V; the currents are computed again.
   *
   * @param in (in) as in {@link #forward}
   * @param mask (in) as in {@link #forward}
   * @param g (in) gradient of the output, contiguous in c order
   * @param currents (out) work space of the shape of g, contiguous in c order
   * @param dIn (out) gradient of the input
   */
  void backward(INDArray in, INDArray mask, INDArray g, INDArray currents, INDArray dIn);

  /**
   * How positions attend to each other.
   *
   * @param in (in) as in {@link #forward}
   * @param mask (in) as in {@link #forward}
   * @param n the example
   * @param head the head
   * @return {@code Q K^T * scale}, {@code [T, L, L]}, the position that attends first
   */
  INDArray map(INDArray in, INDArray mask, int n, int head);
}
