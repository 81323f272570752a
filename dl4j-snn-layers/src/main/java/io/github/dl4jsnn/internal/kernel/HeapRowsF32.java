package io.github.dl4jsnn.internal.kernel;

/** Rows of a sequence in Java arrays, one of {@code T * F} entries an example. */
public final class HeapRowsF32 implements RowSinkF32, RowSourceF32 {
  private final float[][] rows;
  private final boolean[] zero;
  private final int F;

  /**
   * View of arrays.
   *
   * @param rows N rows of {@code T * F}
   * @param zero examples known to be 0, or null
   * @param F features
   */
  public HeapRowsF32(float[][] rows, boolean[] zero, int F) {
    this.rows = rows;
    this.zero = zero;
    this.F = F;
  }

  /** Reading and writing arrays keeps no state. */
  @Override
  public HeapRowsF32 open() {
    return this;
  }

  @Override
  public boolean isZero(int n, int t) {
    return zero != null && zero[n];
  }

  @Override
  public void get(float[] row, int n, int t) {
    System.arraycopy(rows[n], t * F, row, 0, F);
  }

  @Override
  public void put(float[] row, int n, int t) {
    System.arraycopy(row, 0, rows[n], t * F, F);
  }
}
