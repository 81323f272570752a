package io.github.dl4jsnn.encode;

import io.github.dl4jsnn.internal.kernel.CounterRandom;

/** The random comparison that {@link BernoulliEncoder} and {@link PoissonEncoder} share. */
final class SpikeDraw {

  private final long stream;
  private long[] limits = new long[0];

  SpikeDraw(long seed, long draw) {
    this.stream = CounterRandom.mix(seed, draw);
  }

  /**
   * Draws {@code spikes[t, f] = 1 if uniform(stream, first + t*F + f) < p[f] else 0}: {@code p = 0}
   * never spikes, {@code p = 1} always.
   */
  void draw(double[] spikes, double[] p, long first) {
    int features = p.length;
    scale(p);
    for (int block = 0; block < spikes.length; block += features) {
      for (int f = 0; f < features; f++) {
        long bits = CounterRandom.mix(stream, first + block + f) >>> 11;
        // The sign bit of the difference: a branch on random bits is mispredicted too often.
        spikes[block + f] = (bits - limits[f]) >>> 63;
      }
    }
  }

  /**
   * The comparison in integers, exactly: {@code k * 2^-53 < p} if and only if {@code k < ceil(p *
   * 2^53)}.
   */
  private void scale(double[] p) {
    if (limits.length != p.length) {
      limits = new long[p.length];
    }
    for (int f = 0; f < p.length; f++) {
      limits[f] = (long) Math.ceil(p[f] * 0x1p53);
    }
  }
}
