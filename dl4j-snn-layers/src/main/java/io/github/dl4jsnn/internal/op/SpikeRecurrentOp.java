package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.neuron.Neuron;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Spiking recurrence over positions; equations in {@link io.github.dl4jsnn.conf.SpikeRecurrent}.
 * One instance belongs to one layer and keeps the currents of its last forward pass.
 *
 * <p>Parameters: {@link #WEIGHT} {@code [nIn, H]}, {@link #RECURRENT_WEIGHT} {@code [H, H]}, where
 * they exist {@link #BIAS} {@code [H]} and {@link #CODE_WEIGHT} {@code [width, H]}, and the trained
 * constants of the neurons.
 */
public interface SpikeRecurrentOp {
  /** Name of the weights of the input. */
  String WEIGHT = GraphConvOp.WEIGHT;

  /** Name of the weights between positions, from row to column. */
  String RECURRENT_WEIGHT = NeuronOp.RECURRENT_WEIGHTS;

  /** Name of the bias. */
  String BIAS = GraphConvOp.BIAS;

  /** Name of the weights of the positional code. */
  String CODE_WEIGHT = "W2";

  /**
   * For the given data type.
   *
   * @param layer what error messages call the layer
   * @param neuron model and constants
   * @param timeSteps T
   * @param type FLOAT or DOUBLE
   */
  static SpikeRecurrentOp create(String layer, Neuron neuron, int timeSteps, DataType type) {
    switch (type) {
      case FLOAT:
        return new SpikeRecurrentOpF32(layer, neuron, timeSteps);
      case DOUBLE:
        return new SpikeRecurrentOpF64(layer, neuron, timeSteps);
      default:
        throw new IllegalArgumentException(
            layer + ": data type must be FLOAT or DOUBLE, is " + type);
    }
  }

  /**
   * What the neurons emit at all positions and steps.
   *
   * @param in (in) {@code [N, T*L, nIn]}
   * @param mask (in) {@code [N, T*L]}, 0 where an entry is missing, or null
   * @param codes (in) {@code [T*L or more, width]}, or null
   * @param params (in) parameters
   * @param out (out) {@code [N, T*L, H]}; 0 where an entry is missing
   * @throws IllegalArgumentException if a current is NaN or infinite
   */
  void forward(
      INDArray in, INDArray mask, INDArray codes, Map<String, INDArray> params, INDArray out);

  /**
   * Membrane potentials of the last {@link #forward}, charged and before the reset.
   *
   * @param mask (in) as in {@link #forward}
   * @param params (in) as in {@link #forward}
   * @param u (out) {@code [N, T*L, H]}
   */
  void potentials(INDArray mask, Map<String, INDArray> params, INDArray u);

  /**
   * Backward pass of the last {@link #forward}.
   *
   * @param in (in) as in {@link #forward}
   * @param mask (in) as in {@link #forward}
   * @param codes (in) as in {@link #forward}
   * @param params (in) as in {@link #forward}
   * @param g (in) gradient of the output
   * @param gradients (out) gradients of the parameters, overwritten
   * @param dIn (out) gradient of the input
   */
  void backward(
      INDArray in,
      INDArray mask,
      INDArray codes,
      Map<String, INDArray> params,
      INDArray g,
      Map<String, INDArray> gradients,
      INDArray dIn);
}
