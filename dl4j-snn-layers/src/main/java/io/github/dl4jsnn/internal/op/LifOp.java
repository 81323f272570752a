package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.neuron.LifParameters;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * LIF neurons over arrays; equations in {@link LifParameters}. One instance belongs to one layer.
 */
public interface LifOp {

  /**
   * For the given data type.
   *
   * @param layer what error messages call the layer
   * @param p constants
   * @param type FLOAT or DOUBLE
   */
  static LifOp create(String layer, LifParameters p, DataType type) {
    switch (type) {
      case FLOAT:
        return new LifOpF32(layer, p);
      case DOUBLE:
        return new LifOpF64(layer, p);
      default:
        throw new IllegalArgumentException(
            layer + ": data type must be FLOAT or DOUBLE, is " + type);
    }
  }

  /**
   * Spikes of all steps.
   *
   * @param in (in) currents {@code [N, T, F]}, or {@code [N, F]}: constant over the T steps of
   *     {@code out}
   * @param mask (in) {@code [N, T]}, 0 where a step is missing, or null; a missing step emits
   *     nothing and leaves the neuron at rest
   * @param out (out) spikes {@code [N, T, F]}
   * @throws IllegalArgumentException if the input holds NaN or infinity
   */
  void forward(INDArray in, INDArray mask, INDArray out);

  /**
   * Membrane potentials of all steps, charged and before the reset: what is compared with the
   * threshold.
   *
   * @param in (in) as in {@link #forward}
   * @param mask (in) as in {@link #forward}; the potential of a missing step is 0
   * @param u (out) potentials {@code [N, T, F]}
   * @throws IllegalArgumentException if the input holds NaN or infinity
   */
  void potentials(INDArray in, INDArray mask, INDArray u);

  /**
   * Gradient of the currents; the potentials are computed again from the input, which costs less
   * than keeping them.
   *
   * @param in (in) as in {@link #forward}
   * @param mask (in) as in {@link #forward}
   * @param g (in) gradient of the spikes {@code [N, T, F]}
   * @param dIn (out) gradient of the currents, of the shape of {@code in}
   */
  void backward(INDArray in, INDArray mask, INDArray g, INDArray dIn);
}
