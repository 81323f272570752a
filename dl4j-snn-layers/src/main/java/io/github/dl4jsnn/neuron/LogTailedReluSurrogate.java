package io.github.dl4jsnn.neuron;

import io.github.dl4jsnn.internal.kernel.SurrogateExpKernelF32;
import io.github.dl4jsnn.internal.kernel.SurrogateExpKernelF64;
import io.github.dl4jsnn.internal.kernel.SurrogateKernelF32;
import io.github.dl4jsnn.internal.kernel.SurrogateKernelF64;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * 1 next above the threshold, then falling off as 1/x; {@code alpha} below.
 *
 * <pre>
 *   s'(x) = alpha                               where x &lt;= 0, 1 up to x = 1, then 1/x
 *   s(x)  = alpha * x                           where x &lt;= 0, x up to x = 1, then 1 + ln(x)
 * </pre>
 *
 * <p><b>Source.</b> Z. Cai, X. He, J. Sun, N. Vasconcelos, "Deep Learning with Low Precision by
 * Half-wave Gaussian Quantization", 2017.
 */
public final class LogTailedReluSurrogate extends ConstantsSurrogate {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double alpha;

  /** The log-tailed ReLU surrogate with {@code alpha = 0.0}. */
  public LogTailedReluSurrogate() {
    this(0.0);
  }

  /**
   * The log-tailed ReLU surrogate with the given constants.
   *
   * @param alpha derivative up to the threshold, 0 or above, at most 1e10
   * @throws IllegalArgumentException if a constant is outside its range
   */
  @JsonCreator
  public LogTailedReluSurrogate(@JsonProperty("alpha") double alpha) {
    this.alpha = Checks.floor("alpha of the log-tailed ReLU surrogate", alpha);
  }

  /**
   * Derivative up to the threshold, 0 or above.
   *
   * @return alpha
   */
  public double getAlpha() {
    return alpha;
  }

  @Override
  public void derivative(float[] u, float threshold, float[] dest, int n) {
    SurrogateKernelF32.logTailedRelu(dest, u, threshold, (float) alpha, n);
  }

  @Override
  public void derivative(double[] u, double threshold, double[] dest, int n) {
    SurrogateKernelF64.logTailedRelu(dest, u, threshold, alpha, n);
  }

  @Override
  public void primitive(float[] u, float threshold, float[] dest, int n) {
    SurrogateExpKernelF32.logTailedReluPrimitive(dest, u, threshold, (float) alpha, n);
  }

  @Override
  public void primitive(double[] u, double threshold, double[] dest, int n) {
    SurrogateExpKernelF64.logTailedReluPrimitive(dest, u, threshold, alpha, n);
  }

  @Override
  double[] constants() {
    return new double[] {alpha};
  }

  @Override
  public String toString() {
    return "log-tailed ReLU(alpha=" + alpha + ")";
  }
}
