package io.github.dl4jsnn.neuron;

import io.github.dl4jsnn.internal.kernel.SurrogateExpKernelF32;
import io.github.dl4jsnn.internal.kernel.SurrogateExpKernelF64;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Derivative of a sigmoid below the threshold, of a logarithm above.
 *
 * <pre>
 *   s'(x) = alpha * sigmoid(alpha * x) * (1 - sigmoid(alpha * x))    where x &lt; 0, else beta / (1 + x)
 *   s(x)  = sigmoid(alpha * x)                                       where x &lt; 0, else 1/2 + beta * ln(1 + x)
 * </pre>
 *
 * <p><b>Source.</b> K. Suetake, S. Ikegawa, R. Saiin, Y. Sawada, "S2NN: Time Step Reduction of
 * Spiking Surrogate Gradients for Training Energy Efficient Single-Step Neural Networks", 2022. The
 * constant 1/2 makes the primitive continuous.
 */
public final class S2nnSurrogate extends ConstantsSurrogate {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double alpha;
  @JsonProperty private final double beta;

  /** The S2NN surrogate with {@code alpha = 4.0} and {@code beta = 1.0}. */
  public S2nnSurrogate() {
    this(4.0, 1.0);
  }

  /**
   * The S2NN surrogate with the given constants.
   *
   * @param alpha slope of the sigmoid, from 1e-10 to 1e10
   * @param beta derivative at the threshold, from 1e-10 to 1e10
   * @throws IllegalArgumentException if a constant is outside its range
   */
  @JsonCreator
  public S2nnSurrogate(@JsonProperty("alpha") double alpha, @JsonProperty("beta") double beta) {
    this.alpha = Checks.scale("alpha of the S2NN surrogate", alpha);
    this.beta = Checks.scale("beta of the S2NN surrogate", beta);
  }

  /**
   * Slope of the sigmoid.
   *
   * @return alpha
   */
  public double getAlpha() {
    return alpha;
  }

  /**
   * Derivative at the threshold.
   *
   * @return beta
   */
  public double getBeta() {
    return beta;
  }

  @Override
  public void derivative(float[] u, float threshold, float[] dest, int n) {
    SurrogateExpKernelF32.s2nn(dest, u, threshold, (float) alpha, (float) beta, n);
  }

  @Override
  public void derivative(double[] u, double threshold, double[] dest, int n) {
    SurrogateExpKernelF64.s2nn(dest, u, threshold, alpha, beta, n);
  }

  @Override
  public void primitive(float[] u, float threshold, float[] dest, int n) {
    SurrogateExpKernelF32.s2nnPrimitive(dest, u, threshold, (float) alpha, (float) beta, n);
  }

  @Override
  public void primitive(double[] u, double threshold, double[] dest, int n) {
    SurrogateExpKernelF64.s2nnPrimitive(dest, u, threshold, alpha, beta, n);
  }

  @Override
  double[] constants() {
    return new double[] {alpha, beta};
  }

  @Override
  public String toString() {
    return "S2NN(alpha=" + alpha + ", beta=" + beta + ")";
  }
}
