package io.github.dl4jsnn.neuron;

import io.github.dl4jsnn.internal.kernel.SurrogateExpKernelF32;
import io.github.dl4jsnn.internal.kernel.SurrogateExpKernelF64;
import io.github.dl4jsnn.internal.kernel.SurrogateKernelF32;
import io.github.dl4jsnn.internal.kernel.SurrogateKernelF64;

/**
 * Biologically plausible spatial adjustment: error flows back only where the neuron fired, the less
 * the higher its potential.
 *
 * <pre>
 *   s'(u) = 1/u                                 where u &gt;= vTh, else 0
 *   s(u)  = ln(u / vTh)                         where u &gt;= vTh, else 0
 * </pre>
 *
 * <p><b>Source.</b> G. Shen, D. Zhao, Y. Zeng, "Backpropagation with Biologically Plausible
 * Spatio-Temporal Adjustment for Training Deep Spiking Neural Networks", 2021, Eq. 9.
 */
public final class BpsaSurrogate extends ConstantsSurrogate {
  private static final long serialVersionUID = 1L;

  /** The BPSA surrogate, which has no constants. */
  public BpsaSurrogate() {}

  @Override
  public void derivative(float[] u, float threshold, float[] dest, int n) {
    SurrogateKernelF32.bpsa(dest, u, threshold, n);
  }

  @Override
  public void derivative(double[] u, double threshold, double[] dest, int n) {
    SurrogateKernelF64.bpsa(dest, u, threshold, n);
  }

  @Override
  public void primitive(float[] u, float threshold, float[] dest, int n) {
    SurrogateExpKernelF32.bpsaPrimitive(dest, u, threshold, n);
  }

  @Override
  public void primitive(double[] u, double threshold, double[] dest, int n) {
    SurrogateExpKernelF64.bpsaPrimitive(dest, u, threshold, n);
  }

  @Override
  double[] constants() {
    return new double[] {};
  }

  @Override
  public String toString() {
    return "BPSA";
  }
}
