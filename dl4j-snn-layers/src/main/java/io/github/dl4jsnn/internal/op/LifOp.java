package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.neuron.LifParameters;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * LIF neurons over arrays; equations in {@link LifParameters}. One instance belongs to one layer.
 */
public interface LifOp extends NeuronOp {

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

  @Override
  default List<String> stateNames() {
    return LifParameters.defaults().stateNames();
  }

  /**
   * Spikes of all steps, from rest.
   *
   * @param in (in) currents {@code [N, T, F]}, or {@code [N, F]}: constant over the T steps of
   *     {@code out}
   * @param mask (in) {@code [N, T]}, or null
   * @param out (out) spikes {@code [N, T, F]}
   * @throws IllegalArgumentException if the input holds NaN or infinity
   */
  default void forward(INDArray in, INDArray mask, INDArray out) {
    forward(in, mask, Map.of(), null, null, out);
  }

  /**
   * Gradient of the currents, from rest.
   *
   * @param in (in) as in {@link #forward}
   * @param mask (in) as in {@link #forward}
   * @param g (in) gradient of the spikes {@code [N, T, F]}
   * @param dIn (out) gradient of the currents, of the shape of {@code in}
   */
  default void backward(INDArray in, INDArray mask, INDArray g, INDArray dIn) {
    backward(in, mask, Map.of(), null, g, Map.of(), dIn);
  }
}
