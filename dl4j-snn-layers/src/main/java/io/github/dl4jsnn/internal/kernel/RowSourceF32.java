package io.github.dl4jsnn.internal.kernel;

/** Where gradients come from, one row (n, t) of a sequence at a time. */
public interface RowSourceF32 {

  /** The same rows, for one thread. */
  RowSourceF32 open();

  /** Whether row (n, t) is known to be 0 and need not be read. */
  boolean isZero(int n, int t);

  /**
   * Reads a row.
   *
   * @param row (out) its entries
   * @param n example
   * @param t time step
   */
  void get(float[] row, int n, int t);
}
