package io.github.dl4jsnn.neuron;

import io.github.dl4jsnn.internal.kernel.SurrogateKernelF32;
import io.github.dl4jsnn.internal.kernel.SurrogateKernelF64;

/**
 * 1 everywhere: the spike counts as the potential itself.
 *
 * <pre>
 *   s'(x) = 1
 *   s(x)  = x                                   any value
 * </pre>
 *
 * <p><b>Source.</b> Y. Bengio, N. Léonard, A. Courville, "Estimating or Propagating Gradients
 * Through Stochastic Neurons for Conditional Computation", 2013.
 */
public final class StraightThroughSurrogate extends ConstantsSurrogate {
  private static final long serialVersionUID = 1L;

  /** The straight-through surrogate, which has no constants. */
  public StraightThroughSurrogate() {}

  @Override
  public void derivative(float[] u, float threshold, float[] dest, int n) {
    SurrogateKernelF32.straightThrough(dest, n);
  }

  @Override
  public void derivative(double[] u, double threshold, double[] dest, int n) {
    SurrogateKernelF64.straightThrough(dest, n);
  }

  @Override
  public void primitive(float[] u, float threshold, float[] dest, int n) {
    SurrogateKernelF32.straightThroughPrimitive(dest, u, threshold, n);
  }

  @Override
  public void primitive(double[] u, double threshold, double[] dest, int n) {
    SurrogateKernelF64.straightThroughPrimitive(dest, u, threshold, n);
  }

  @Override
  double[] constants() {
    return new double[] {};
  }

  @Override
  public String toString() {
    return "straight-through";
  }
}
