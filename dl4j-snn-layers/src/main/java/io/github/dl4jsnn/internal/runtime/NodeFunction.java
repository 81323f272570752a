package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.neuron.LifParameters;
import java.util.Objects;
import org.nd4j.linalg.activations.IActivation;

/** What a node of {@link FusedGraphConv} makes of its current: spikes, or an activation of it. */
public final class NodeFunction {
  final LifParameters neuron;
  final int timeSteps;
  final IActivation activation;

  private NodeFunction(LifParameters neuron, int timeSteps, IActivation activation) {
    this.neuron = neuron;
    this.timeSteps = timeSteps;
    this.activation = activation;
  }

  /**
   * Neurons, computed in one pass with the convolution.
   *
   * @param neuron constants
   * @param timeSteps for which static features are held, or 0 if they are not accepted
   * @return the function
   */
  public static NodeFunction spikes(LifParameters neuron, int timeSteps) {
    return new NodeFunction(Objects.requireNonNull(neuron, "neuron"), timeSteps, null);
  }

  /**
   * One of DL4J's activation functions, applied to the finished current.
   *
   * @param activation the function
   * @return the function
   */
  public static NodeFunction activation(IActivation activation) {
    return new NodeFunction(null, 0, Objects.requireNonNull(activation, "activation"));
  }

  /**
   * Whether neurons fire.
   *
   * @return true for {@link #spikes}
   */
  public boolean spiking() {
    return neuron != null;
  }
}
