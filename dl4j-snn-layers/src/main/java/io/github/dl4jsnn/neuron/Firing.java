package io.github.dl4jsnn.neuron;

/** What the neuron emits when its membrane potential is {@code x} above the threshold. */
public enum Firing {
  /** A spike, 1, where {@code x >= 0}, else 0; differentiated by the {@link Surrogate}. */
  SPIKE,
  /**
   * The surrogate's primitive, a continuous value (with most surrogates between 0 and 1), so that
   * the gradient is that of a function and can be checked against finite differences. For gradient
   * checks only: the network no longer spikes.
   */
  SMOOTH
}
