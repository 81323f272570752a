package io.github.dl4jsnn.neuron;

import io.github.dl4jsnn.internal.kernel.SurrogateKernelF32;
import io.github.dl4jsnn.internal.kernel.SurrogateKernelF64;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Derivative of an arc tangent of slope {@code alpha}.
 *
 * <pre>
 *   s'(x) = (alpha/2) / (1 + (pi/2 * alpha * x)^2)
 *   s(x)  = atan(pi/2 * alpha * x) / pi + 1/2
 * </pre>
 *
 * <p><b>Source.</b> W. Fang et al., "Incorporating Learnable Membrane Time Constant to Enhance
 * Learning of Spiking Neural Networks", 2021; used by C. Lv et al., "Advancing Spiking Neural
 * Networks for Sequential Modeling with Central Pattern Generators", 2024, section 2.1.
 */
public final class ArctanSurrogate extends ConstantsSurrogate {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double alpha;

  /** Slope 2. */
  public ArctanSurrogate() {
    this(2.0);
  }

  /**
   * Arc tangent of the given slope.
   *
   * @param alpha slope, from 1e-10 to 1e10; the derivative at the threshold is {@code alpha / 2}
   * @throws IllegalArgumentException if alpha is outside its range
   */
  @JsonCreator
  public ArctanSurrogate(@JsonProperty("alpha") double alpha) {
    this.alpha = Checks.scale("alpha of the arctan surrogate", alpha);
  }

  /**
   * Slope of the arc tangent.
   *
   * @return alpha
   */
  public double getAlpha() {
    return alpha;
  }

  @Override
  public void derivative(float[] u, float threshold, float[] dest, int n) {
    SurrogateKernelF32.arctan(dest, u, threshold, (float) alpha, n);
  }

  @Override
  public void derivative(double[] u, double threshold, double[] dest, int n) {
    SurrogateKernelF64.arctan(dest, u, threshold, alpha, n);
  }

  @Override
  public void primitive(float[] u, float threshold, float[] dest, int n) {
    SurrogateKernelF32.arctanPrimitive(dest, u, threshold, (float) alpha, n);
  }

  @Override
  public void primitive(double[] u, double threshold, double[] dest, int n) {
    SurrogateKernelF64.arctanPrimitive(dest, u, threshold, alpha, n);
  }

  @Override
  double[] constants() {
    return new double[] {alpha};
  }

  @Override
  public String toString() {
    return "arctan(alpha=" + alpha + ")";
  }
}
