package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.Recurrence;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Neurons over arrays, of any model. One instance belongs to one layer. */
public interface NeuronOp {
  /** Weights of the feedback, {@code [F]} or {@code [F, F]} (from, to). */
  String RECURRENT_WEIGHTS = "RW";

  /** Name of the spikes in the state of neurons with feedback. */
  String SPIKE = "spike";

  /**
   * For the given data type.
   *
   * @param layer what error messages call the layer
   * @param neuron model and constants
   * @param recurrence feedback of spikes
   * @param type FLOAT or DOUBLE
   */
  static NeuronOp create(String layer, Neuron neuron, Recurrence recurrence, DataType type) {
    if (neuron instanceof LifParameters && recurrence == Recurrence.NONE) {
      return LifOp.create(layer, (LifParameters) neuron, type);
    }
    switch (type) {
      case FLOAT:
        return new NeuronOpF32(layer, neuron, recurrence);
      case DOUBLE:
        return new NeuronOpF64(layer, neuron, recurrence);
      default:
        throw new IllegalArgumentException(layer + ": no kernel for data type " + type);
    }
  }

  /** Names of the variables of the state, in the order in which {@link #forward} takes them. */
  List<String> stateNames();

  /**
   * What the neurons emit in all steps.
   *
   * @param in (in) currents {@code [N, T, F]}, or {@code [N, F]}: constant over the T steps of
   *     {@code out}
   * @param mask (in) {@code [N, T]}, 0 where a step is missing, or null; a missing step emits
   *     nothing and leaves the neuron at rest
   * @param params (in) trained constants and feedback by name
   * @param before (in) state at the start, {@code [N, F]} a variable, or null for rest
   * @param after (out) state at the end, or null; may be {@code before}
   * @param out (out) spikes or potentials {@code [N, T, F]}
   * @throws IllegalArgumentException if input or state hold NaN or infinity
   */
  void forward(
      INDArray in,
      INDArray mask,
      Map<String, INDArray> params,
      INDArray[] before,
      INDArray[] after,
      INDArray out);

  /**
   * Gradient of the currents and of what is trained; the potentials are computed again from the
   * input, which costs less than keeping them. No error flows into the state at the start.
   *
   * @param in (in) as in {@link #forward}
   * @param mask (in) as in {@link #forward}
   * @param params (in) as in {@link #forward}
   * @param before (in) as {@link #forward} found it
   * @param g (in) gradient of the output {@code [N, T, F]}
   * @param gradients (out) of the parameters by name, overwritten
   * @param dIn (out) gradient of the currents, of the shape of {@code in}
   */
  void backward(
      INDArray in,
      INDArray mask,
      Map<String, INDArray> params,
      INDArray[] before,
      INDArray g,
      Map<String, INDArray> gradients,
      INDArray dIn);
}
