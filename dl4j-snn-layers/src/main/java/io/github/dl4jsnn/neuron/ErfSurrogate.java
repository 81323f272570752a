package io.github.dl4jsnn.neuron;

import io.github.dl4jsnn.internal.kernel.SurrogateExpKernelF32;
import io.github.dl4jsnn.internal.kernel.SurrogateExpKernelF64;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Bell curve, the derivative of an error function of slope {@code alpha}.
 *
 * <pre>
 *   s'(x) = alpha / sqrt(pi) * exp(-(alpha * x)^2)
 *   s(x)  = erfc(-alpha * x) / 2
 * </pre>
 *
 * <p>The normal density of standard deviation {@code sigma} is {@code alpha = 1 / (sqrt(2) *
 * sigma)}.
 *
 * <p><b>Source.</b> Y. Wu, L. Deng, G. Li, J. Zhu, L. Shi, "Spatio-Temporal Backpropagation for
 * Training High-Performance Spiking Neural Networks", 2018, the curve h4.
 */
public final class ErfSurrogate extends ConstantsSurrogate {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double alpha;

  /** The erf surrogate with {@code alpha = 2.0}. */
  public ErfSurrogate() {
    this(2.0);
  }

  /**
   * The erf surrogate with the given constants.
   *
   * @param alpha slope, from 1e-10 to 1e10; the derivative at the threshold is {@code alpha /
   *     sqrt(pi)}
   * @throws IllegalArgumentException if a constant is outside its range
   */
  @JsonCreator
  public ErfSurrogate(@JsonProperty("alpha") double alpha) {
    this.alpha = Checks.scale("alpha of the erf surrogate", alpha);
  }

  /**
   * Slope; the derivative at the threshold is {@code alpha / sqrt(pi)}.
   *
   * @return alpha
   */
  public double getAlpha() {
    return alpha;
  }

  @Override
  public void derivative(float[] u, float threshold, float[] dest, int n) {
    SurrogateExpKernelF32.erf(dest, u, threshold, (float) alpha, n);
  }

  @Override
  public void derivative(double[] u, double threshold, double[] dest, int n) {
    SurrogateExpKernelF64.erf(dest, u, threshold, alpha, n);
  }

  @Override
  public void primitive(float[] u, float threshold, float[] dest, int n) {
    SurrogateExpKernelF32.erfPrimitive(dest, u, threshold, (float) alpha, n);
  }

  @Override
  public void primitive(double[] u, double threshold, double[] dest, int n) {
    SurrogateExpKernelF64.erfPrimitive(dest, u, threshold, alpha, n);
  }

  @Override
  double[] constants() {
    return new double[] {alpha};
  }

  @Override
  public String toString() {
    return "erf(alpha=" + alpha + ")";
  }
}
