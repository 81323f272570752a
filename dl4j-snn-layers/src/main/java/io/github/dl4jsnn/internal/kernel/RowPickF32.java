package io.github.dl4jsnn.internal.kernel;

/** Collects the non-zero entries of a row. */
final class RowPickF32 {
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

  /** The same for rows that are nearly empty, as a bag of words: passes eight zeros at a time. */
  static int pickRare(int[] column, float[] value, int size, float[] row, int n) {
    int at = size;
    int f = 0;
    for (; f <= n - 8; f += 8) {
      if (!RowMathF32.eightZeros(row, f)) {
        at = pick(column, value, at, row, f, f + 8);
      }
    }
    return pick(column, value, at, row, f, n);
  }
}
