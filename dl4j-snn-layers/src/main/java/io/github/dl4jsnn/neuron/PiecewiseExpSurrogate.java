package io.github.dl4jsnn.neuron;

import io.github.dl4jsnn.internal.kernel.SurrogateExpKernelF32;
import io.github.dl4jsnn.internal.kernel.SurrogateExpKernelF64;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Exponential decay to both sides of the threshold.
 *
 * <pre>
 *   s'(x) = (alpha/2) * exp(-alpha * |x|)
 *   s(x)  = exp(alpha * x) / 2                  where x &lt; 0, else 1 - exp(-alpha * x) / 2
 * </pre>
 *
 * <p><b>Source.</b> S. B. Shrestha, G. Orchard, "SLAYER: Spike Layer Error Reassignment in Time",
 * 2018.
 */
public final class PiecewiseExpSurrogate extends ConstantsSurrogate {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double alpha;

  /** The piecewise exponential surrogate with {@code alpha = 1.0}. */
  public PiecewiseExpSurrogate() {
    this(1.0);
  }

  /**
   * The piecewise exponential surrogate with the given constants.
   *
   * @param alpha rate of the decay, from 1e-10 to 1e10; the derivative at the threshold is {@code
   *     alpha / 2}
   * @throws IllegalArgumentException if a constant is outside its range
   */
  @JsonCreator
  public PiecewiseExpSurrogate(@JsonProperty("alpha") double alpha) {
    this.alpha = Checks.scale("alpha of the piecewise exponential surrogate", alpha);
  }

  /**
   * Rate of the decay; the derivative at the threshold is {@code alpha / 2}.
   *
   * @return alpha
   */
  public double getAlpha() {
    return alpha;
  }

  @Override
  public void derivative(float[] u, float threshold, float[] dest, int n) {
    SurrogateExpKernelF32.piecewiseExp(dest, u, threshold, (float) alpha, n);
  }

  @Override
  public void derivative(double[] u, double threshold, double[] dest, int n) {
    SurrogateExpKernelF64.piecewiseExp(dest, u, threshold, alpha, n);
  }

  @Override
  public void primitive(float[] u, float threshold, float[] dest, int n) {
    SurrogateExpKernelF32.piecewiseExpPrimitive(dest, u, threshold, (float) alpha, n);
  }

  @Override
  public void primitive(double[] u, double threshold, double[] dest, int n) {
    SurrogateExpKernelF64.piecewiseExpPrimitive(dest, u, threshold, alpha, n);
  }

  @Override
  double[] constants() {
    return new double[] {alpha};
  }

  @Override
  public String toString() {
    return "piecewise exponential(alpha=" + alpha + ")";
  }
}
