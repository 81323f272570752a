package io.github.dl4jsnn.neuron;

import io.github.dl4jsnn.internal.kernel.SurrogateExpKernelF32;
import io.github.dl4jsnn.internal.kernel.SurrogateExpKernelF64;
import io.github.dl4jsnn.internal.kernel.SurrogateKernelF32;
import io.github.dl4jsnn.internal.kernel.SurrogateKernelF64;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Difference quotient of the spike, 1/|x|, cut off at {@code alpha}.
 *
 * <pre>
 *   s'(x) = min(alpha, 1 / |x|)
 *   s(x)  = sign(x) * (min(z, 1) + ln(max(z, 1)))       z = alpha * |x|, any value
 * </pre>
 *
 * <p><b>Source.</b> W. Fang et al., "SpikingJelly: An open-source machine learning infrastructure
 * platform for spike-based intelligence", 2023.
 */
public final class FakeNumericalGradientSurrogate extends ConstantsSurrogate {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double alpha;

  /** The fake numerical gradient surrogate with {@code alpha = 0.3}. */
  public FakeNumericalGradientSurrogate() {
    this(0.3);
  }

  /**
   * The fake numerical gradient surrogate with the given constants.
   *
   * @param alpha largest derivative, from 1e-10 to 1e10
   * @throws IllegalArgumentException if a constant is outside its range
   */
  @JsonCreator
  public FakeNumericalGradientSurrogate(@JsonProperty("alpha") double alpha) {
    this.alpha = Checks.scale("alpha of the fake numerical gradient surrogate", alpha);
  }

  /**
   * Largest derivative.
   *
   * @return alpha
   */
  public double getAlpha() {
    return alpha;
  }

  @Override
  public void derivative(float[] u, float threshold, float[] dest, int n) {
    SurrogateKernelF32.fakeNumericalGradient(dest, u, threshold, (float) alpha, n);
  }

  @Override
  public void derivative(double[] u, double threshold, double[] dest, int n) {
    SurrogateKernelF64.fakeNumericalGradient(dest, u, threshold, alpha, n);
  }

  @Override
  public void primitive(float[] u, float threshold, float[] dest, int n) {
    SurrogateExpKernelF32.fakeNumericalGradientPrimitive(dest, u, threshold, (float) alpha, n);
  }

  @Override
  public void primitive(double[] u, double threshold, double[] dest, int n) {
    SurrogateExpKernelF64.fakeNumericalGradientPrimitive(dest, u, threshold, alpha, n);
  }

  @Override
  double[] constants() {
    return new double[] {alpha};
  }

  @Override
  public String toString() {
    return "fake numerical gradient(alpha=" + alpha + ")";
  }
}
