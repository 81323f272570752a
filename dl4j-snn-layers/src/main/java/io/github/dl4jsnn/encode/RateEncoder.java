package io.github.dl4jsnn.encode;

import org.nd4j.linalg.api.buffer.DataType;

/**
 * Deterministic rate encoding: the value is quantised to a number of spikes, which are spread
 * evenly over time.
 *
 * <pre>
 *   c = round(T * x[n, f])                                               spikes in all, halves rounded up
 *   o[n, t, f] = 1 if floor((t+1) * c / T) &gt; floor(t * c / T) else 0     t = 0..T-1
 * </pre>
 *
 * <p>The first {@code t+1} steps hold {@code floor((t+1)*c/T)} spikes, all {@code T} steps exactly
 * {@code c}; gaps between spikes differ by one step at most. It is computed in integers, so no
 * rounding error can add or lose a spike.
 *
 * <p><b>Shapes.</b> Input {@code [N, F]}, values in [0, 1]; output {@code [N, T, F]}, values 0 and
 * 1.
 *
 * <p><b>Use</b> it where results shall be reproducible without a seed, and where a rate code shall
 * have no sampling noise; the error of the rate is at most {@code 1/(2T)}. <b>Do not use</b> it if
 * features must not spike in step: equal values do.
 *
 * <p><b>Errors.</b> A value outside [0, 1], NaN: {@link IllegalArgumentException}.
 *
 * <p><b>Source.</b> The deterministic, quantised encoding named by M. Xu, Y. Wu, L. Deng, F. Liu,
 * G. Li, J. Pei, "Exploiting spiking dynamics with spatial-temporal feature normalization in graph
 * learning", IJCAI 2021; the even spacing is ours.
 */
public final class RateEncoder extends ElementwiseEncoder {

  private static final long serialVersionUID = 1L;

  /** Creates the encoder; it has no settings. */
  public RateEncoder() {}

  @Override
  InputRange inputRange() {
    return InputRange.UNIT_INTERVAL;
  }

  @Override
  RowKernel rowKernel(int timeSteps, long draw, DataType inputType) {
    return (spikes, x, first) -> {
      for (int f = 0; f < x.length; f++) {
        spread(spikes, f, x.length, timeSteps, Math.round(timeSteps * x[f]));
      }
    };
  }

  /** Writes {@code count} spikes to {@code spikes[f + t*stride]}. */
  private static void spread(double[] spikes, int f, int stride, int timeSteps, long count) {
    // (t * count) mod T; a spike falls in the step where the quotient grows
    long rest = 0;
    for (int t = 0; t < timeSteps; t++) {
      rest += count;
      boolean spike = rest >= timeSteps;
      spikes[f + t * stride] = spike ? 1 : 0;
      rest -= spike ? timeSteps : 0;
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof RateEncoder;
  }

  @Override
  public int hashCode() {
    return RateEncoder.class.hashCode();
  }

  @Override
  public String toString() {
    return "RateEncoder()";
  }
}
