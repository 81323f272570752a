package io.github.dl4jsnn.internal.kernel;

import java.util.Arrays;

/**
 * Sums of weight rows of at most {@link #WIDTH} entries, as in the output layer of a classifier.
 * Such rows are too short for a vector loop; eight sums in registers are about three times faster.
 */
final class NarrowRowsF32 {
  /** Eight sums, their weights and the value fit the registers. */
  static final int WIDTH = 8;

  private NarrowRowsF32() {}

  /** Copies {@code w} (F rows of H) into rows of WIDTH, filled up with 0. */
  static float[] pack(float[][] w, int F, int H) {
    float[] packed = new float[F * WIDTH];
    for (int f = 0; f < F; f++) {
      System.arraycopy(w[f], 0, packed, f * WIDTH, H);
    }
    return packed;
  }

  /** {@code sum = sum over e in [from, to) of value[e] * w[column[e]]}. */
  static void sum(float[] sum, int[] column, float[] value, int from, int to, float[] w) {
    if (from == to) {
      Arrays.fill(sum, 0, WIDTH, 0f);
      return;
    }
    float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    for (int e = from; e < to; e++) {
      int at = column[e] * WIDTH;
      float v = value[e];
      s0 += v * w[at];
      s1 += v * w[at + 1];
      s2 += v * w[at + 2];
      s3 += v * w[at + 3];
      s4 += v * w[at + 4];
      s5 += v * w[at + 5];
      s6 += v * w[at + 6];
      s7 += v * w[at + 7];
    }
    sum[0] = s0;
    sum[1] = s1;
    sum[2] = s2;
    sum[3] = s3;
    sum[4] = s4;
    sum[5] = s5;
    sum[6] = s6;
    sum[7] = s7;
  }
}
