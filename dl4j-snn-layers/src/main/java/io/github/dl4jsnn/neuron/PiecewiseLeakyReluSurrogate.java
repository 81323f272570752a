package io.github.dl4jsnn.neuron;

import io.github.dl4jsnn.internal.kernel.SurrogateKernelF32;
import io.github.dl4jsnn.internal.kernel.SurrogateKernelF64;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Rectangular window of half width {@code w} on a floor of {@code c}.
 *
 * <pre>
 *   s'(x) = 1/(2w)                              where |x| &lt; w, else c
 *   s(x)  = x/(2w) + 1/2                        where |x| &lt; w, below it c * (x + w), above 1 + c * (x - w)
 * </pre>
 *
 * <p>With {@code c = 0} it is the {@link RectangularSurrogate} of width {@code 2w}.
 *
 * <p><b>Source.</b> W. Fang et al., "SpikingJelly: An open-source machine learning infrastructure
 * platform for spike-based intelligence", 2023.
 */
public final class PiecewiseLeakyReluSurrogate extends ConstantsSurrogate {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double w;
  @JsonProperty private final double c;

  /** The piecewise leaky ReLU surrogate with {@code w = 1.0} and {@code c = 0.01}. */
  public PiecewiseLeakyReluSurrogate() {
    this(1.0, 0.01);
  }

  /**
   * The piecewise leaky ReLU surrogate with the given constants.
   *
   * @param w half the width of the window, in units of membrane potential, from 1e-10 to 1e10
   * @param c derivative outside the window, 0 or above, at most 1e10
   * @throws IllegalArgumentException if a constant is outside its range
   */
  @JsonCreator
  public PiecewiseLeakyReluSurrogate(@JsonProperty("w") double w, @JsonProperty("c") double c) {
    this.w = Checks.scale("w of the piecewise leaky ReLU surrogate", w);
    this.c = Checks.floor("c of the piecewise leaky ReLU surrogate", c);
  }

  /**
   * Half the width of the window, in units of membrane potential.
   *
   * @return w
   */
  public double getW() {
    return w;
  }

  /**
   * Derivative outside the window, 0 or above.
   *
   * @return c
   */
  public double getC() {
    return c;
  }

  @Override
  public void derivative(float[] u, float threshold, float[] dest, int n) {
    SurrogateKernelF32.piecewiseLeakyRelu(dest, u, threshold, (float) w, (float) c, n);
  }

  @Override
  public void derivative(double[] u, double threshold, double[] dest, int n) {
    SurrogateKernelF64.piecewiseLeakyRelu(dest, u, threshold, w, c, n);
  }

  @Override
  public void primitive(float[] u, float threshold, float[] dest, int n) {
    SurrogateKernelF32.piecewiseLeakyReluPrimitive(dest, u, threshold, (float) w, (float) c, n);
  }

  @Override
  public void primitive(double[] u, double threshold, double[] dest, int n) {
    SurrogateKernelF64.piecewiseLeakyReluPrimitive(dest, u, threshold, w, c, n);
  }

  @Override
  double[] constants() {
    return new double[] {w, c};
  }

  @Override
  public String toString() {
    return "piecewise leaky ReLU(w=" + w + ", c=" + c + ")";
  }
}
