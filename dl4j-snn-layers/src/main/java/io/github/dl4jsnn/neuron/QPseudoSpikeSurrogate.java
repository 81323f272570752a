package io.github.dl4jsnn.neuron;

import io.github.dl4jsnn.internal.kernel.SurrogateExpKernelF32;
import io.github.dl4jsnn.internal.kernel.SurrogateExpKernelF64;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Power law whose tail is the lighter the larger {@code alpha} is; 1 at the threshold.
 *
 * <pre>
 *   s'(x) = (1 + 2 * |x| / (alpha - 1))^(-alpha)
 *   s(x)  = z                                   where x &lt; 0, else 1 - z
 *   z     = (1 + 2 * |x| / (alpha - 1))^(1 - alpha) / 2
 * </pre>
 *
 * <p><b>Source.</b> L. Herranz-Celotti, J. Rouat, "Surrogate Gradients Design", 2022; {@code alpha}
 * is its {@code q}.
 */
public final class QPseudoSpikeSurrogate extends ConstantsSurrogate {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double alpha;

  /** The q-PseudoSpike surrogate with {@code alpha = 2.0}. */
  public QPseudoSpikeSurrogate() {
    this(2.0);
  }

  /**
   * The q-PseudoSpike surrogate with the given constants.
   *
   * @param alpha order of the tail, above 1; alpha - 1 from 1e-10 to 1e10
   * @throws IllegalArgumentException if a constant is outside its range
   */
  @JsonCreator
  public QPseudoSpikeSurrogate(@JsonProperty("alpha") double alpha) {
    Checks.scale("alpha - 1 of the q-PseudoSpike surrogate", alpha - 1);
    this.alpha = alpha;
  }

  /**
   * Order of the tail, above 1.
   *
   * @return alpha
   */
  public double getAlpha() {
    return alpha;
  }

  @Override
  public void derivative(float[] u, float threshold, float[] dest, int n) {
    SurrogateExpKernelF32.qPseudoSpike(dest, u, threshold, (float) (alpha - 1), n);
  }

  @Override
  public void derivative(double[] u, double threshold, double[] dest, int n) {
    SurrogateExpKernelF64.qPseudoSpike(dest, u, threshold, alpha - 1, n);
  }

  @Override
  public void primitive(float[] u, float threshold, float[] dest, int n) {
    SurrogateExpKernelF32.qPseudoSpikePrimitive(dest, u, threshold, (float) (alpha - 1), n);
  }

  @Override
  public void primitive(double[] u, double threshold, double[] dest, int n) {
    SurrogateExpKernelF64.qPseudoSpikePrimitive(dest, u, threshold, alpha - 1, n);
  }

  @Override
  double[] constants() {
    return new double[] {alpha};
  }

  @Override
  public String toString() {
    return "q-PseudoSpike(alpha=" + alpha + ")";
  }
}
