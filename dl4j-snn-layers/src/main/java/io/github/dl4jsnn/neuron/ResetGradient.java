package io.github.dl4jsnn.neuron;

/** How the error flows back through the reset, the term {@code c[t]} of {@link LifParameters}. */
public enum ResetGradient {
  /** The reset counts: the derivative of the reset equation with respect to the spike. */
  EXACT,
  /** The spike inside the reset is a constant: no error flows through it. The common choice. */
  DETACHED
}
