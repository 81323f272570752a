package io.github.dl4jsnn.monitor;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Counts spikes per neuron in dense memory; the arithmetic of {@link SpikeCounts}, which checks the
 * arguments.
 *
 * <p>Every layout of a dense array is {@code [outer, F, inner]} in memory, {@code F} the neurons:
 * {@code [N, T, F]} in 'c' order is {@code [N*T, F, 1]}, {@code [N, F, T]} is {@code [N, F, T]},
 * {@code [N, F]} in 'f' order is {@code [1, F, N]}.
 *
 * <p>Element {@code i} belongs to neuron {@code (i / inner) % F}.
 */
final class SpikeCountF32 {

  /**
   * Elements summed side by side: long enough for vector instructions, and a block of them stays in
   * the L1 cache.
   */
  private static final int LANES = 1024;

  /**
   * Below this run length all neurons' runs are summed as one row; above, each run has lanes of its
   * own.
   */
  private static final int SHORT_RUN = 64;

  /** Fewer lanes than LANES, because they are added up once for each run. */
  private static final int LONG_RUN_LANES = 256;

  private SpikeCountF32() {}

  /**
   * Adds each neuron's number of spikes to {@code counts}, as long as all values are 0 or 1.
   *
   * <p>Sums in float are exact here: a lane sees less than 2^24 elements, because an array has less
   * than 2^31, and there are at least 256 lanes wherever a lane sees more than one.
   *
   * @param counts {@code [F]} (in/out); without meaning when the answer is false
   * @param x {@code [outer, F, inner]} from its position on
   * @return false if there is a value other than 0 and 1; at once, if it is in the first row
   */
  static boolean countBinary(long[] counts, FloatBuffer x, int outer, int f, int inner) {
    if (inner >= SHORT_RUN) {
      return countLongRuns(counts, x, outer, f, inner);
    }
    int row = f * inner;
    int width = row * Math.max(1, LANES / row);
    float[] sums = new float[width];
    if (!addRows(sums, x, outer * row, width)) {
      return false;
    }
    for (int i = 0; i < width; i++) {
      counts[i / inner % f] += (long) sums[i];
    }
    return true;
  }

  private static boolean countLongRuns(long[] counts, FloatBuffer x, int outer, int f, int inner) {
    float[] sums = new float[Math.min(inner, LONG_RUN_LANES)];
    for (int run = 0; run < outer * f; run++) {
      Arrays.fill(sums, 0f);
      if (!addRows(sums, x, inner, sums.length)) {
        return false;
      }
      for (float sum : sums) {
        counts[run % f] += (long) sum;
      }
    }
    return true;
  }

  /**
   * Adds {@code length} elements to {@code sums}, element i to sum {@code i % width}; false if one
   * is not 0 or 1.
   */
  private static boolean addRows(float[] sums, FloatBuffer x, int length, int width) {
    float[] block = new float[Math.min(length, width)];
    float[] odd = new float[block.length];
    for (int from = 0; from < length; from += width) {
      int n = Math.min(width, length - from);
      x.get(block, 0, n);
      for (int i = 0; i < n; i++) {
        float v = block[i];
        sums[i] += v;
        // 0 only for v = 0 and v = 1; NaN and infinity give NaN, which stays.
        odd[i] += Math.abs(v * v - v);
      }
      // Graded activations show in the first row; looking at every row would cost as much as
      // summing it.
      if (from == 0 && !isZero(odd)) {
        return false;
      }
    }
    return isZero(odd);
  }

  private static boolean isZero(float[] values) {
    float sum = 0f;
    for (float v : values) {
      sum += v;
    }
    return sum == 0f;
  }

  /**
   * Adds each neuron's number of non-zero values to {@code counts}, for any values, and returns the
   * sum of all values.
   *
   * @param counts {@code [F]} (in/out)
   * @param x {@code [outer, F, inner]} from its position on
   */
  static double countAny(long[] counts, FloatBuffer x, int outer, int f, int inner) {
    double sum = 0;
    for (int run = 0; run < outer * f; run++) {
      long nonZero = 0;
      for (int i = 0; i < inner; i++) {
        float v = x.get();
        sum += v;
        nonZero += v != 0 ? 1 : 0;
      }
      counts[run % f] += nonZero;
    }
    return sum;
  }
}
