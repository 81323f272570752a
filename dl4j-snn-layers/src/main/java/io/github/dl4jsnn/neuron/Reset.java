package io.github.dl4jsnn.neuron;

/**
 * What a spike does to the membrane potential in the next time step; the equations are in {@link
 * LifParameters}.
 */
public enum Reset {
  /** The potential starts again from the reset potential. */
  HARD,
  /** The threshold is subtracted from the potential before it decays. */
  SOFT,
  /** A spike leaves the potential as it is. */
  NONE
}
