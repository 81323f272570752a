package io.github.dl4jsnn.neuron;

import io.github.dl4jsnn.internal.kernel.SurrogateExpKernelF32;
import io.github.dl4jsnn.internal.kernel.SurrogateExpKernelF64;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * First terms of the Fourier series of a square wave.
 *
 * <pre>
 *   s'(x) = 4/period * sum over j = 1..terms of cos((2j - 1) * w * x)        w = 2 * pi / period
 *   s(x)  = 1/2 + 2/pi * sum over j of sin((2j - 1) * w * x) / (2j - 1)
 * </pre>
 *
 * <p>The curve repeats with the period and is negative in places: <b>use</b> it where potentials
 * stay within a quarter of the period of the threshold, <b>do not use</b> it where they grow
 * freely.
 *
 * <p><b>Source.</b> W. Fang et al., "SpikingJelly: An open-source machine learning infrastructure
 * platform for spike-based intelligence", 2023; its {@code n} is {@code terms + 1}.
 */
public final class SquarewaveFourierSurrogate extends ConstantsSurrogate {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final int terms;
  @JsonProperty private final double period;

  /** The square wave Fourier surrogate with {@code terms = 1} and {@code period = 8.0}. */
  public SquarewaveFourierSurrogate() {
    this(1, 8.0);
  }

  /**
   * The square wave Fourier surrogate with the given constants.
   *
   * @param terms number of terms, from 1 to 1000
   * @param period period of the square wave, in units of membrane potential, from 1e-10 to 1e10
   * @throws IllegalArgumentException if a constant is outside its range
   */
  @JsonCreator
  public SquarewaveFourierSurrogate(
      @JsonProperty("terms") int terms, @JsonProperty("period") double period) {
    if (terms < 1 || terms > 1000) {
      throw new IllegalArgumentException(
          "terms of the square wave Fourier surrogate must be from 1 to 1000, was " + terms);
    }
    this.terms = terms;
    this.period = Checks.scale("period of the square wave Fourier surrogate", period);
  }

  /**
   * Number of terms, from 1 to 1000.
   *
   * @return terms
   */
  public int getTerms() {
    return terms;
  }

  /**
   * Period of the square wave, in units of membrane potential.
   *
   * @return period
   */
  public double getPeriod() {
    return period;
  }

  @Override
  public void derivative(float[] u, float threshold, float[] dest, int n) {
    SurrogateExpKernelF32.squarewave(dest, u, threshold, terms, period, n);
  }

  @Override
  public void derivative(double[] u, double threshold, double[] dest, int n) {
    SurrogateExpKernelF64.squarewave(dest, u, threshold, terms, period, n);
  }

  @Override
  public void primitive(float[] u, float threshold, float[] dest, int n) {
    SurrogateExpKernelF32.squarewavePrimitive(dest, u, threshold, terms, period, n);
  }

  @Override
  public void primitive(double[] u, double threshold, double[] dest, int n) {
    SurrogateExpKernelF64.squarewavePrimitive(dest, u, threshold, terms, period, n);
  }

  @Override
  double[] constants() {
    return new double[] {terms, period};
  }

  @Override
  public String toString() {
    return "square wave Fourier(terms=" + terms + ", period=" + period + ")";
  }
}
