package io.github.dl4jsnn.neuron;

import io.github.dl4jsnn.internal.kernel.SurrogateKernelF32;
import io.github.dl4jsnn.internal.kernel.SurrogateKernelF64;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Derivative of a fast sigmoid, 1 at the threshold whatever the slope (SuperSpike).
 *
 * <pre>
 *   s'(x) = 1 / (1 + slope * |x|)^2
 *   s(x)  = x / (1 + slope * |x|)               between -1/slope and 1/slope
 * </pre>
 *
 * <p><b>Source.</b> F. Zenke, S. Ganguli, "SuperSpike: Supervised Learning in Multilayer Spiking
 * Neural Networks", 2018, section 3.3.2; the default slope is that of snnTorch.
 */
public final class FastSigmoidSurrogate extends ConstantsSurrogate {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double slope;

  /** The fast sigmoid surrogate with {@code slope = 25.0}. */
  public FastSigmoidSurrogate() {
    this(25.0);
  }

  /**
   * The fast sigmoid surrogate with the given constants.
   *
   * @param slope how fast the derivative falls off, from 1e-10 to 1e10; larger is narrower
   * @throws IllegalArgumentException if a constant is outside its range
   */
  @JsonCreator
  public FastSigmoidSurrogate(@JsonProperty("slope") double slope) {
    this.slope = Checks.scale("slope of the fast sigmoid surrogate", slope);
  }

  /**
   * How fast the derivative falls off; larger is narrower.
   *
   * @return slope
   */
  public double getSlope() {
    return slope;
  }

  @Override
  public void derivative(float[] u, float threshold, float[] dest, int n) {
    SurrogateKernelF32.fastSigmoid(dest, u, threshold, (float) slope, 1, n);
  }

  @Override
  public void derivative(double[] u, double threshold, double[] dest, int n) {
    SurrogateKernelF64.fastSigmoid(dest, u, threshold, slope, 1, n);
  }

  @Override
  public void primitive(float[] u, float threshold, float[] dest, int n) {
    SurrogateKernelF32.fastSigmoidPrimitive(dest, u, threshold, (float) slope, 1, 0, n);
  }

  @Override
  public void primitive(double[] u, double threshold, double[] dest, int n) {
    SurrogateKernelF64.fastSigmoidPrimitive(dest, u, threshold, slope, 1, 0, n);
  }

  @Override
  double[] constants() {
    return new double[] {slope};
  }

  @Override
  public String toString() {
    return "fast sigmoid(slope=" + slope + ")";
  }
}
