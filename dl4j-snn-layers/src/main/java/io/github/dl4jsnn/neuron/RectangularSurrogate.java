package io.github.dl4jsnn.neuron;

import io.github.dl4jsnn.internal.kernel.SurrogateKernelF32;
import io.github.dl4jsnn.internal.kernel.SurrogateKernelF64;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Rectangular window of width {@code a} around the threshold.
 *
 * <pre>
 *   s'(x) = 1/a  where |x| &lt; a/2, else 0
 *   s(x)  = min(1, max(0, x/a + 1/2))
 * </pre>
 *
 * <p><b>Source.</b> Y. Wu, L. Deng, G. Li, J. Zhu, L. Shi, "Spatio-Temporal Backpropagation for
 * Training High-Performance Spiking Neural Networks", 2018, the curve h1.
 */
public final class RectangularSurrogate extends ConstantsSurrogate {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double width;

  /** Window of width 1. */
  public RectangularSurrogate() {
    this(1.0);
  }

  /**
   * Window of the given width.
   *
   * @param width {@code a}, in units of membrane potential, from 1e-10 to 1e10
   * @throws IllegalArgumentException if the width is outside its range
   */
  @JsonCreator
  public RectangularSurrogate(@JsonProperty("width") double width) {
    this.width = Checks.scale("width of the rectangular surrogate", width);
  }

  /**
   * Width of the window.
   *
   * @return {@code a}, in units of membrane potential
   */
  public double getWidth() {
    return width;
  }

  @Override
  public void derivative(float[] u, float threshold, float[] dest, int n) {
    SurrogateKernelF32.rectangular(dest, u, threshold, (float) width, n);
  }

  @Override
  public void derivative(double[] u, double threshold, double[] dest, int n) {
    SurrogateKernelF64.rectangular(dest, u, threshold, width, n);
  }

  @Override
  public void primitive(float[] u, float threshold, float[] dest, int n) {
    SurrogateKernelF32.rectangularPrimitive(dest, u, threshold, (float) width, n);
  }

  @Override
  public void primitive(double[] u, double threshold, double[] dest, int n) {
    SurrogateKernelF64.rectangularPrimitive(dest, u, threshold, width, n);
  }

  @Override
  double[] constants() {
    return new double[] {width};
  }

  @Override
  public String toString() {
    return "rectangular(width=" + width + ")";
  }
}
