package io.github.dl4jsnn.neuron;

import java.io.Serializable;
import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * A model of a neuron, for {@link io.github.dl4jsnn.conf.NeuronLayer}: its equations stand in the
 * Javadoc of the class, its constants in the object.
 *
 * <p>In every step a neuron charges its membrane potential from its state and the input current,
 * fires where the potential reaches the threshold, and resets. Implementations are immutable,
 * thread-safe and serializable as JSON. To define a neuron of your own, implement {@link
 * CustomNeuron}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface Neuron extends Serializable {

  /**
   * The constants, trained or not, in the order in which the kernels take them.
   *
   * @return constants
   */
  List<NeuronConstant> constants();

  /**
   * Names of the state that goes from one time step to the next, in order.
   *
   * @return names, the membrane potential first
   */
  List<String> stateNames();
}
