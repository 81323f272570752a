package io.github.dl4jsnn.neuron;

import io.github.dl4jsnn.internal.kernel.SurrogateExpKernelF32;
import io.github.dl4jsnn.internal.kernel.SurrogateExpKernelF64;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Derivative of a sigmoid of slope {@code alpha}.
 *
 * <pre>
 *   s'(x) = alpha * s(x) * (1 - s(x))
 *   s(x)  = 1 / (1 + exp(-alpha * x))
 * </pre>
 *
 * <p><b>Source.</b> Y. Wu, L. Deng, G. Li, J. Zhu, L. Shi, "Spatio-Temporal Backpropagation for
 * Training High-Performance Spiking Neural Networks", 2018, the curve h3.
 */
public final class SigmoidSurrogate extends ConstantsSurrogate {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double alpha;

  /** The sigmoid surrogate with {@code alpha = 4.0}. */
  public SigmoidSurrogate() {
    this(4.0);
  }

  /**
   * The sigmoid surrogate with the given constants.
   *
   * @param alpha slope, from 1e-10 to 1e10; the derivative at the threshold is {@code alpha / 4}
   * @throws IllegalArgumentException if a constant is outside its range
   */
  @JsonCreator
  public SigmoidSurrogate(@JsonProperty("alpha") double alpha) {
    this.alpha = Checks.scale("alpha of the sigmoid surrogate", alpha);
  }

  /**
   * Slope; the derivative at the threshold is {@code alpha / 4}.
   *
   * @return alpha
   */
  public double getAlpha() {
    return alpha;
  }

  @Override
  public void derivative(float[] u, float threshold, float[] dest, int n) {
    SurrogateExpKernelF32.sigmoid(dest, u, threshold, (float) alpha, n);
  }

  @Override
  public void derivative(double[] u, double threshold, double[] dest, int n) {
    SurrogateExpKernelF64.sigmoid(dest, u, threshold, alpha, n);
  }

  @Override
  public void primitive(float[] u, float threshold, float[] dest, int n) {
    SurrogateExpKernelF32.sigmoidPrimitive(dest, u, threshold, (float) alpha, n);
  }

  @Override
  public void primitive(double[] u, double threshold, double[] dest, int n) {
    SurrogateExpKernelF64.sigmoidPrimitive(dest, u, threshold, alpha, n);
  }

  @Override
  double[] constants() {
    return new double[] {alpha};
  }

  @Override
  public String toString() {
    return "sigmoid(alpha=" + alpha + ")";
  }
}
