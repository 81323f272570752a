package io.github.dl4jsnn.encode;

import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Poisson rate encoding: a homogeneous Poisson process whose rate is proportional to the value.
 *
 * <pre>
 *   rate[n, f] = maxRate * x[n, f]                          events a time step
 *   P(o[n, t, f] = 1) = 1 - exp(-rate[n, f])                at least one event in step t
 * </pre>
 *
 * <p>Steps are independent; several events in one step give one spike, so the share of steps with a
 * spike stays below the rate, and below 1.
 *
 * <p><b>Shapes.</b> Input {@code [N, F]}, values in [0, 1]; output {@code [N, T, F]}, values 0 and
 * 1.
 *
 * <p><b>Units.</b> {@code maxRate} is in events a time step: for a rate in hertz multiply by the
 * length of a step in seconds (100 Hz at steps of 1 ms: 0.1).
 *
 * <p><b>Use</b> it to imitate recorded spike trains or published rates in hertz. <b>Do not use</b>
 * it if the share of spikes shall equal the value: that is {@link BernoulliEncoder}.
 *
 * <p><b>Errors.</b> A value outside [0, 1], NaN: {@link IllegalArgumentException}.
 *
 * <p><b>Source.</b> The probability of at least one event of a Poisson process in a unit interval;
 * as an encoding of node features in M. Xu, Y. Wu, L. Deng, F. Liu, G. Li, J. Pei, "Exploiting
 * spiking dynamics with spatial-temporal feature normalization in graph learning", IJCAI 2021.
 */
public final class PoissonEncoder extends ElementwiseEncoder {

  private static final long serialVersionUID = 1L;

  @JsonProperty private final long seed;
  @JsonProperty private final double maxRate;

  /**
   * Creates an encoder.
   *
   * @param seed any value; equal seeds and equal draws give equal spikes
   * @param maxRate events a time step at value 1, finite and above 0; 1 gives a spike in 63 % of
   *     the steps there
   * @throws IllegalArgumentException if {@code maxRate} is not finite or not above 0
   */
  @JsonCreator
  public PoissonEncoder(@JsonProperty("seed") long seed, @JsonProperty("maxRate") double maxRate) {
    if (!(maxRate > 0) || Double.isInfinite(maxRate)) {
      throw new IllegalArgumentException(
          "PoissonEncoder: maxRate must be finite and > 0 (events a time step), got " + maxRate);
    }
    this.seed = seed;
    this.maxRate = maxRate;
  }

  /**
   * Returns the seed.
   *
   * @return the seed of all draws
   */
  public long getSeed() {
    return seed;
  }

  /**
   * Returns the rate at value 1.
   *
   * @return events a time step
   */
  public double getMaxRate() {
    return maxRate;
  }

  @Override
  InputRange inputRange() {
    return InputRange.UNIT_INTERVAL;
  }

  @Override
  RowKernel rowKernel(int timeSteps, long draw, DataType inputType) {
    SpikeDraw sample = new SpikeDraw(seed, draw);
    return (spikes, x, first) -> {
      for (int f = 0; f < x.length; f++) {
        x[f] = -Math.expm1(-maxRate * x[f]); // expm1: 1 - exp(-r) would lose small rates
      }
      sample.draw(spikes, x, first);
    };
  }

  /** The slope of {@code 1 - exp(-maxRate*x)}. */
  @Override
  public void multiplyByExpectedSlope(INDArray gradient, INDArray input) {
    INDArray silence = Transforms.exp(input.mul(-maxRate), false);
    gradient.muli(silence.muli(maxRate));
  }

  @Override
  public boolean equals(Object o) {
    if (!(o instanceof PoissonEncoder)) {
      return false;
    }
    PoissonEncoder other = (PoissonEncoder) o;
    return seed == other.seed && Double.compare(maxRate, other.maxRate) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(seed, maxRate);
  }

  @Override
  public String toString() {
    return "PoissonEncoder(seed=" + seed + ", maxRate=" + maxRate + ")";
  }
}
