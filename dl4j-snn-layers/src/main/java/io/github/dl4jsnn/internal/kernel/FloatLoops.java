package io.github.dl4jsnn.internal.kernel;

/**
 * The loops that run faster on the Vector API than as C2 compiles them: the seam between {@link
 * PlainFloatLoops} and {@code VectorFloatLoops}. Both give the same bits. {@link RowLoops} chooses.
 */
interface FloatLoops {

  /**
   * Appends the non-zero entries of a row.
   *
   * @param column (out) their places; has room for {@code size + n}
   * @param value (out) their values; has room for {@code size + n}
   * @param size entries that are there already
   * @param row (in) the row
   * @param n entries of the row
   * @return entries that are there afterwards
   */
  int pick(int[] column, float[] value, int size, float[] row, int n);

  /** The same, for rows that are nearly empty. */
  int pickRare(int[] column, float[] value, int size, float[] row, int n);

  /** {@code y = exp(y)} for {@code y <= 0}, see {@link FloatExp}. */
  void exp(float[] y, int n);
}
