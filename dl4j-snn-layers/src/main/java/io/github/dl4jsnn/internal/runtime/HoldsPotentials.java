package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.neuron.Neuron;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer or vertex of spiking neurons that can show their membrane potentials. */
public interface HoldsPotentials {

  /**
   * Its neurons.
   *
   * @return model and constants, or null if it has none (a graph convolution with an ordinary
   *     activation)
   */
  Neuron neuron();

  /**
   * Spikes of the last forward pass, computed again as {@link #potentials()} are. Its activations
   * may be others by now: DL4J applies the dropout of the layer behind in the same array.
   *
   * @return {@code [N, T, F]}; null where there are no potentials
   */
  INDArray spikes();

  /**
   * Potentials of the last forward pass, computed again from what it left behind: nothing is kept
   * for this while a network trains. Call it before the backward pass, outside of workspaces.
   *
   * @return {@code [N, T, F]}, charged and before the reset; null if there was no forward pass, or
   *     its input is cleared
   */
  INDArray potentials();
}
