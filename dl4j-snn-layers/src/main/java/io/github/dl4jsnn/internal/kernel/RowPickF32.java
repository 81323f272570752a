package io.github.dl4jsnn.internal.kernel;

import java.util.Arrays;

/** Collects the non-zero entries of a row. */
final class RowPickF32 {
  private static final float[] ZEROS = new float[1 << 11];

  private RowPickF32() {}

  /**
   * Those of {@code [from, to)}, as {@link FloatLoops#pick}. Writes each entry and moves on past
   * the non-zero ones only: no branch that spikes would make unpredictable.
   */
  static int pick(int[] column, float[] value, int size, float[] row, int from, int to) {
    int at = size;
    for (int f = from; f < to; f++) {
      column[at] = f;
      value[at] = row[f];
      at += RowMathF32.nonZero(row[f]);
    }
    return at;
  }

  /**
   * The same for rows that are nearly empty, as a bag of words. How far a row equals zeros is found
   * a vector at a time.
   */
  static int pickRare(int[] column, float[] value, int size, float[] row, int n) {
    int at = size;
    int f = 0;
    while (f < n) {
      int end = Math.min(n, f + ZEROS.length);
      int zeros = Arrays.mismatch(row, f, end, ZEROS, 0, end - f);
      if (zeros < 0) {
        f = end;
        continue;
      }
      f += zeros;
      column[at] = f;
      value[at] = row[f];
      at += RowMathF32.nonZero(row[f]); // a -0 differs from 0
      f++;
    }
    return at;
  }
}
