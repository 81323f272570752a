package io.github.dl4jsnn.neuron;

import io.github.dl4jsnn.internal.kernel.SurrogateKernelF32;
import io.github.dl4jsnn.internal.kernel.SurrogateKernelF64;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Derivative of a soft sign of slope {@code alpha}: the {@link FastSigmoidSurrogate} scaled to an
 * area of 1.
 *
 * <pre>
 *   s'(x) = (alpha/2) / (1 + alpha * |x|)^2
 *   s(x)  = 1/2 + (alpha/2) * x / (1 + alpha * |x|)
 * </pre>
 *
 * <p><b>Source.</b> W. Fang et al., "SpikingJelly: An open-source machine learning infrastructure
 * platform for spike-based intelligence", 2023.
 */
public final class SoftSignSurrogate extends ConstantsSurrogate {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double alpha;

  /** The soft sign surrogate with {@code alpha = 2.0}. */
  public SoftSignSurrogate() {
    this(2.0);
  }

  /**
   * The soft sign surrogate with the given constants.
   *
   * @param alpha slope, from 1e-10 to 1e10; the derivative at the threshold is {@code alpha / 2}
   * @throws IllegalArgumentException if a constant is outside its range
   */
  @JsonCreator
  public SoftSignSurrogate(@JsonProperty("alpha") double alpha) {
    this.alpha = Checks.scale("alpha of the soft sign surrogate", alpha);
  }

  /**
   * Slope; the derivative at the threshold is {@code alpha / 2}.
   *
   * @return alpha
   */
  public double getAlpha() {
    return alpha;
  }

  @Override
  public void derivative(float[] u, float threshold, float[] dest, int n) {
    SurrogateKernelF32.fastSigmoid(dest, u, threshold, (float) alpha, (float) (alpha / 2), n);
  }

  @Override
  public void derivative(double[] u, double threshold, double[] dest, int n) {
    SurrogateKernelF64.fastSigmoid(dest, u, threshold, alpha, alpha / 2, n);
  }

  @Override
  public void primitive(float[] u, float threshold, float[] dest, int n) {
    SurrogateKernelF32.fastSigmoidPrimitive(
        dest, u, threshold, (float) alpha, (float) (alpha / 2), 0.5f, n);
  }

  @Override
  public void primitive(double[] u, double threshold, double[] dest, int n) {
    SurrogateKernelF64.fastSigmoidPrimitive(dest, u, threshold, alpha, alpha / 2, 0.5f, n);
  }

  @Override
  double[] constants() {
    return new double[] {alpha};
  }

  @Override
  public String toString() {
    return "soft sign(alpha=" + alpha + ")";
  }
}
