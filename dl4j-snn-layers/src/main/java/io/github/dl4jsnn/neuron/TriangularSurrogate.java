package io.github.dl4jsnn.neuron;

import io.github.dl4jsnn.internal.kernel.SurrogateKernelF32;
import io.github.dl4jsnn.internal.kernel.SurrogateKernelF64;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Triangle of area 1 that reaches {@code a} to both sides of the threshold.
 *
 * <pre>
 *   s'(x) = max(0, 1 - |x|/a) / a
 *   s(x)  = 1/2 + z - z * |z| / 2               z = min(1, max(-1, x/a))
 * </pre>
 *
 * <p><b>Source.</b> S. K. Esser et al., "Convolutional networks for fast, energy-efficient
 * neuromorphic computing", 2016; Y. Wu, L. Deng, G. Li, J. Zhu, L. Shi, "Spatio-Temporal
 * Backpropagation for Training High-Performance Spiking Neural Networks", 2018, the curve h2.
 */
public final class TriangularSurrogate extends ConstantsSurrogate {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double width;

  /** The triangular surrogate with {@code width = 1.0}. */
  public TriangularSurrogate() {
    this(1.0);
  }

  /**
   * The triangular surrogate with the given constants.
   *
   * @param width {@code a}, half the base of the triangle, in units of membrane potential, from
   *     1e-10 to 1e10
   * @throws IllegalArgumentException if a constant is outside its range
   */
  @JsonCreator
  public TriangularSurrogate(@JsonProperty("width") double width) {
    this.width = Checks.scale("width of the triangular surrogate", width);
  }

  /**
   * Half the base of the triangle, in units of membrane potential.
   *
   * @return {@code a}
   */
  public double getWidth() {
    return width;
  }

  @Override
  public void derivative(float[] u, float threshold, float[] dest, int n) {
    SurrogateKernelF32.triangular(dest, u, threshold, (float) width, n);
  }

  @Override
  public void derivative(double[] u, double threshold, double[] dest, int n) {
    SurrogateKernelF64.triangular(dest, u, threshold, width, n);
  }

  @Override
  public void primitive(float[] u, float threshold, float[] dest, int n) {
    SurrogateKernelF32.triangularPrimitive(dest, u, threshold, (float) width, n);
  }

  @Override
  public void primitive(double[] u, double threshold, double[] dest, int n) {
    SurrogateKernelF64.triangularPrimitive(dest, u, threshold, width, n);
  }

  @Override
  double[] constants() {
    return new double[] {width};
  }

  @Override
  public String toString() {
    return "triangular(width=" + width + ")";
  }
}
