package io.github.dl4jsnn.monitor;

import io.github.dl4jsnn.neuron.CustomNeuron;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.SpikingNeuron;
import io.github.dl4jsnn.neuron.Surrogate;

/** What the models of neurons that fire have in common. */
final class Threshold {

  private Threshold() {}

  /** Whether the model fires at all. */
  static boolean fires(Neuron neuron) {
    return neuron instanceof SpikingNeuron || neuron instanceof CustomNeuron;
  }

  /** The threshold, as configured. */
  static double of(Neuron neuron) {
    checkFires(neuron);
    return neuron instanceof SpikingNeuron
        ? ((SpikingNeuron) neuron).getThreshold()
        : ((CustomNeuron) neuron).threshold();
  }

  /** The derivative of the spike. */
  static Surrogate surrogate(Neuron neuron) {
    checkFires(neuron);
    return neuron instanceof SpikingNeuron
        ? ((SpikingNeuron) neuron).getSurrogate()
        : ((CustomNeuron) neuron).surrogate();
  }

  private static void checkFires(Neuron neuron) {
    if (!fires(neuron)) {
      throw new IllegalArgumentException("Expected a neuron that fires, got " + neuron);
    }
  }
}
