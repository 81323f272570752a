package io.github.dl4jsnn.neuron;

import io.github.dl4jsnn.internal.kernel.SurrogateKernelF32;
import io.github.dl4jsnn.internal.kernel.SurrogateKernelF64;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Constant above the threshold, another constant below.
 *
 * <pre>
 *   s'(x) = k                                   where x &gt;= 0, else leak
 *   s(x)  = k * x                               where x &gt;= 0, else leak * x
 * </pre>
 *
 * <p>With the defaults error flows back exactly where the neuron fired.
 *
 * <p><b>Source.</b> W. Fang et al., "SpikingJelly: An open-source machine learning infrastructure
 * platform for spike-based intelligence", 2023.
 */
public final class LeakyKReluSurrogate extends ConstantsSurrogate {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double leak;
  @JsonProperty private final double k;

  /** The leaky-k ReLU surrogate with {@code leak = 0.0} and {@code k = 1.0}. */
  public LeakyKReluSurrogate() {
    this(0.0, 1.0);
  }

  /**
   * The leaky-k ReLU surrogate with the given constants.
   *
   * @param leak derivative below the threshold, 0 or above, at most 1e10
   * @param k derivative from the threshold on, from 1e-10 to 1e10
   * @throws IllegalArgumentException if a constant is outside its range
   */
  @JsonCreator
  public LeakyKReluSurrogate(@JsonProperty("leak") double leak, @JsonProperty("k") double k) {
    this.leak = Checks.floor("leak of the leaky-k ReLU surrogate", leak);
    this.k = Checks.scale("k of the leaky-k ReLU surrogate", k);
  }

  /**
   * Derivative below the threshold, 0 or above.
   *
   * @return leak
   */
  public double getLeak() {
    return leak;
  }

  /**
   * Derivative from the threshold on.
   *
   * @return k
   */
  public double getK() {
    return k;
  }

  @Override
  public void derivative(float[] u, float threshold, float[] dest, int n) {
    SurrogateKernelF32.leakyKRelu(dest, u, threshold, (float) leak, (float) k, n);
  }

  @Override
  public void derivative(double[] u, double threshold, double[] dest, int n) {
    SurrogateKernelF64.leakyKRelu(dest, u, threshold, leak, k, n);
  }

  @Override
  public void primitive(float[] u, float threshold, float[] dest, int n) {
    SurrogateKernelF32.leakyKReluPrimitive(dest, u, threshold, (float) leak, (float) k, n);
  }

  @Override
  public void primitive(double[] u, double threshold, double[] dest, int n) {
    SurrogateKernelF64.leakyKReluPrimitive(dest, u, threshold, leak, k, n);
  }

  @Override
  double[] constants() {
    return new double[] {leak, k};
  }

  @Override
  public String toString() {
    return "leaky-k ReLU(leak=" + leak + ", k=" + k + ")";
  }
}
