package io.github.dl4jsnn.neuron;

import io.github.dl4jsnn.internal.kernel.SurrogateKernelF32;
import io.github.dl4jsnn.internal.kernel.SurrogateKernelF64;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The {@link FastSigmoidSurrogate} of slope 1, times {@code alpha}, as SpikingJelly's SuperSpike.
 *
 * <pre>
 *   s'(x) = alpha / (1 + |x|)^2
 *   s(x)  = alpha * x / (1 + |x|)               between -alpha and alpha
 * </pre>
 *
 * <p><b>Source.</b> F. Zenke, S. Ganguli, "SuperSpike: Supervised Learning in Multilayer Spiking
 * Neural Networks", 2018, section 3.3.2.
 */
public final class SuperSpikeSurrogate extends ConstantsSurrogate {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double alpha;

  /** The SuperSpike surrogate with {@code alpha = 1.0}. */
  public SuperSpikeSurrogate() {
    this(1.0);
  }

  /**
   * The SuperSpike surrogate with the given constants.
   *
   * @param alpha the derivative at the threshold, from 1e-10 to 1e10
   * @throws IllegalArgumentException if a constant is outside its range
   */
  @JsonCreator
  public SuperSpikeSurrogate(@JsonProperty("alpha") double alpha) {
    this.alpha = Checks.scale("alpha of the SuperSpike surrogate", alpha);
  }

  /**
   * The derivative at the threshold.
   *
   * @return alpha
   */
  public double getAlpha() {
    return alpha;
  }

  @Override
  public void derivative(float[] u, float threshold, float[] dest, int n) {
    SurrogateKernelF32.fastSigmoid(dest, u, threshold, 1, (float) alpha, n);
  }

  @Override
  public void derivative(double[] u, double threshold, double[] dest, int n) {
    SurrogateKernelF64.fastSigmoid(dest, u, threshold, 1, alpha, n);
  }

  @Override
  public void primitive(float[] u, float threshold, float[] dest, int n) {
    SurrogateKernelF32.fastSigmoidPrimitive(dest, u, threshold, 1, (float) alpha, 0, n);
  }

  @Override
  public void primitive(double[] u, double threshold, double[] dest, int n) {
    SurrogateKernelF64.fastSigmoidPrimitive(dest, u, threshold, 1, alpha, 0, n);
  }

  @Override
  double[] constants() {
    return new double[] {alpha};
  }

  @Override
  public String toString() {
    return "SuperSpike(alpha=" + alpha + ")";
  }
}
