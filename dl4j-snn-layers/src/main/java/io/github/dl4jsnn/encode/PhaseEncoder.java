package io.github.dl4jsnn.encode;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Phase encoding (weighted spikes): the binary digits of the value, the most significant first,
 * over and over.
 *
 * <pre>
 *   q = min(round(2^K * x[n, f]), 2^K - 1)                      halves rounded up
 *   o[n, t, f] = digit of q with weight 2^-(1 + t mod K)        q / 2^K = sum over t &lt; K of 2^-(1+t) * o[t]
 * </pre>
 *
 * <p>{@code K} is the period. A spike is worth what its phase says, so K steps tell {@code 2^K}
 * values apart, where rate and latency codes tell K + 1 or K. The weights of the phases, {@link
 * #weight}, are not in the spikes, which are 0 and 1. Without whole periods the last one is cut off
 * behind its more significant digits.
 *
 * <p><b>Shapes.</b> Input {@code [N, F]}, values in [0, 1]; output {@code [N, T, F]}, values 0 and
 * 1. The error of the value is at most {@code 2^-(K+1)}, at 1 it is {@code 2^-K}; multiples of
 * {@code 2^-K} below 1, such as 8-bit pixels over 256 at K = 8, are exact.
 *
 * <p><b>Use</b> it to bring precise values in with few steps, where what follows can tell the
 * phases apart. <b>Do not use</b> it before layers that treat all steps alike and are not trained
 * for it: to them a digit of weight 1/2 and one of 1/256 are the same spike.
 *
 * <p><b>Errors.</b> A value outside [0, 1], NaN: {@link IllegalArgumentException}.
 *
 * <p><b>Source.</b> J. Kim, H. Kim, S. Huh, J. Lee, K. Choi, "Deep neural networks with weighted
 * spikes", Neurocomputing 311, 2018, section 3: weights {@code 2^-(1 + mod(t-1, 8))} for 8-bit
 * pixels, there with t from 1. SpikingJelly's {@code WeightedPhaseEncoder} rounds down instead.
 */
public final class PhaseEncoder extends ElementwiseEncoder {

  private static final long serialVersionUID = 1L;

  /** More digits than a float has are noise. */
  private static final int MAX_PERIOD = 24;

  @JsonProperty private final int period;

  /** Creates an encoder with a period of 8 steps, one byte. */
  public PhaseEncoder() {
    this(8);
  }

  /**
   * Creates an encoder.
   *
   * @param period K, steps of a period and digits of a value, from 1 to 24
   * @throws IllegalArgumentException if it is outside
   */
  @JsonCreator
  public PhaseEncoder(@JsonProperty("period") int period) {
    if (period < 1 || period > MAX_PERIOD) {
      throw new IllegalArgumentException(
          "PhaseEncoder: period must be from 1 to " + MAX_PERIOD + " steps, got " + period);
    }
    this.period = period;
  }

  /**
   * Returns the period.
   *
   * @return K, in steps
   */
  public int getPeriod() {
    return period;
  }

  /**
   * Returns what a spike is worth.
   *
   * @param step time step, from 0
   * @return {@code 2^-(1 + step mod K)}
   */
  public double weight(int step) {
    return Math.scalb(1.0, -1 - step % period);
  }

  @Override
  InputRange inputRange() {
    return InputRange.UNIT_INTERVAL;
  }

  @Override
  RowKernel rowKernel(int timeSteps, long draw, DataType inputType) {
    long levels = 1L << period;
    return (spikes, x, first) -> {
      for (int f = 0; f < x.length; f++) {
        long q = Math.min(Math.round(levels * x[f]), levels - 1);
        for (int t = 0; t < timeSteps; t++) {
          spikes[t * x.length + f] = q >> (period - 1 - t % period) & 1;
        }
      }
    };
  }

  /** Slope 0: the digits jump up and down as the value grows. */
  @Override
  public void multiplyByExpectedSlope(INDArray gradient, INDArray input) {
    gradient.assign(0);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof PhaseEncoder && ((PhaseEncoder) o).period == period;
  }

  @Override
  public int hashCode() {
    return Integer.hashCode(period);
  }

  @Override
  public String toString() {
    return "PhaseEncoder(period=" + period + ")";
  }
}
