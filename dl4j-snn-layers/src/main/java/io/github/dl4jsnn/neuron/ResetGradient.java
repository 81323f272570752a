package io.github.dl4jsnn.neuron;

/** How the error flows back through the reset, the term {@code c[t]} of {@link LifParameters}. */
public enum ResetGradient {
  /** The reset counts: the derivative of the reset equation with respect to the spike. */
  EXACT,
  /** The spike inside the reset is a constant: no error flows through it. The common choice. */
  DETACHED,
  /**
   * Biologically plausible temporal adjustment: {@code c[t] = k * alpha}, a residual that carries
   * the error across a spike, where a hard reset would stop it. Hard reset only; {@code alpha} is
   * {@link LifParameters#getBptaAlpha}.
   *
   * <p>Like a detached reset, this is the gradient of no function.
   *
   * <p><b>Source.</b> G. Shen, D. Zhao, Y. Zeng, "Backpropagation with Biologically Plausible
   * Spatio-Temporal Adjustment for Training Deep Spiking Neural Networks", 2021, Eq. 10 ({@code
   * lambda} there is our {@code k}). It belongs with {@link BpsaSurrogate}.
   */
  BPTA
}
