package io.github.dl4jsnn.convert;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Percentiles of a stream of numbers in bounded memory: exact up to the capacity, of a uniform
 * sample without replacement beyond it (reservoir sampling).
 */
final class PercentileSample {

  private final float[] kept;
  private final SplittableRandom random;
  private long seen;

  PercentileSample(int capacity, long seed) {
    this.kept = new float[capacity];
    this.random = new SplittableRandom(seed);
  }

  void add(float[] values) {
    for (float value : values) {
      if (seen < kept.length) {
        kept[(int) seen] = value;
      } else {
        long place = random.nextLong(seen + 1);
        if (place < kept.length) {
          kept[(int) place] = value;
        }
      }
      seen++;
    }
  }

  /** Linear between the two nearest of the sorted values. */
  double percentile(double percent) {
    float[] sorted = Arrays.copyOf(kept, (int) Math.min(seen, kept.length));
    Arrays.sort(sorted);
    double place = percent / 100 * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
