package io.github.dl4jsnn.encode;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Bernoulli rate encoding: an independent coin at every time step, the value is the probability of
 * a spike.
 *
 * <pre>
 *   P(o[n, t, f] = 1) = x[n, f]
 * </pre>
 *
 * <p><b>Shapes.</b> Input {@code [N, F]}, probabilities a step in [0, 1]; output {@code [N, T, F]},
 * values 0 and 1. The value 0 never spikes, 1 spikes at every step; the number of spikes is
 * binomial with mean {@code T*x} and variance {@code T*x*(1-x)}.
 *
 * <p><b>Use</b> it as a stochastic rate code, also to augment small data sets. <b>Do not use</b> it
 * with few time steps when the value matters: {@link RateEncoder} has no sampling noise.
 *
 * <p><b>Errors.</b> A value outside [0, 1], NaN: {@link IllegalArgumentException}.
 *
 * <p><b>Source.</b> One of the encodings of M. Xu, Y. Wu, L. Deng, F. Liu, G. Li, J. Pei,
 * "Exploiting spiking dynamics with spatial-temporal feature normalization in graph learning",
 * IJCAI 2021.
 */
public final class BernoulliEncoder extends ElementwiseEncoder {

  private static final long serialVersionUID = 1L;

  @JsonProperty private final long seed;

  /**
   * Creates an encoder.
   *
   * @param seed any value; equal seeds and equal draws give equal spikes
   */
  @JsonCreator
  public BernoulliEncoder(@JsonProperty("seed") long seed) {
    this.seed = seed;
  }

  /**
   * Returns the seed.
   *
   * @return the seed of all draws
   */
  public long getSeed() {
    return seed;
  }

  @Override
  InputRange inputRange() {
    return InputRange.UNIT_INTERVAL;
  }

  @Override
  RowKernel rowKernel(int timeSteps, long draw, DataType inputType) {
    SpikeDraw sample = new SpikeDraw(seed, draw);
    return sample::draw;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof BernoulliEncoder && ((BernoulliEncoder) o).seed == seed;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(seed);
  }

  @Override
  public String toString() {
    return "BernoulliEncoder(seed=" + seed + ")";
  }
}
