package io.github.dl4jsnn.neuron;

import io.github.dl4jsnn.internal.kernel.SurrogateExpKernelF32;
import io.github.dl4jsnn.internal.kernel.SurrogateExpKernelF64;
import io.github.dl4jsnn.internal.kernel.SurrogateKernelF32;
import io.github.dl4jsnn.internal.kernel.SurrogateKernelF64;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Hyperbola to both sides of the threshold; its area is not finite.
 *
 * <pre>
 *   s'(x) = alpha / (1 + alpha * |x|)
 *   s(x)  = sign(x) * ln(1 + alpha * |x|)       any value
 * </pre>
 *
 * <p><b>Source.</b> W. Fang et al., "SpikingJelly: An open-source machine learning infrastructure
 * platform for spike-based intelligence", 2023.
 */
public final class NonzeroSignLogAbsSurrogate extends ConstantsSurrogate {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double alpha;

  /** The nonzero-sign-log-abs surrogate with {@code alpha = 1.0}. */
  public NonzeroSignLogAbsSurrogate() {
    this(1.0);
  }

  /**
   * The nonzero-sign-log-abs surrogate with the given constants.
   *
   * @param alpha the derivative at the threshold, from 1e-10 to 1e10; larger is narrower
   * @throws IllegalArgumentException if a constant is outside its range
   */
  @JsonCreator
  public NonzeroSignLogAbsSurrogate(@JsonProperty("alpha") double alpha) {
    this.alpha = Checks.scale("alpha of the nonzero-sign-log-abs surrogate", alpha);
  }

  /**
   * The derivative at the threshold; larger is narrower.
   *
   * @return alpha
   */
  public double getAlpha() {
    return alpha;
  }

  @Override
  public void derivative(float[] u, float threshold, float[] dest, int n) {
    SurrogateKernelF32.nonzeroSignLogAbs(dest, u, threshold, (float) alpha, n);
  }

  @Override
  public void derivative(double[] u, double threshold, double[] dest, int n) {
    SurrogateKernelF64.nonzeroSignLogAbs(dest, u, threshold, alpha, n);
  }

  @Override
  public void primitive(float[] u, float threshold, float[] dest, int n) {
    SurrogateExpKernelF32.nonzeroSignLogAbsPrimitive(dest, u, threshold, (float) alpha, n);
  }

  @Override
  public void primitive(double[] u, double threshold, double[] dest, int n) {
    SurrogateExpKernelF64.nonzeroSignLogAbsPrimitive(dest, u, threshold, alpha, n);
  }

  @Override
  double[] constants() {
    return new double[] {alpha};
  }

  @Override
  public String toString() {
    return "nonzero-sign-log-abs(alpha=" + alpha + ")";
  }
}
