package io.github.dl4jsnn.internal.kernel;

/** Where results go, one row (n, t) of a sequence at a time. */
public interface RowSinkF32 {

  /** The same rows, for one thread. */
  RowSinkF32 open();

  /**
   * Takes a row.
   *
   * @param row (in) its entries; may be changed
   * @param n example
   * @param t time step
   */
  void put(float[] row, int n, int t);
}
