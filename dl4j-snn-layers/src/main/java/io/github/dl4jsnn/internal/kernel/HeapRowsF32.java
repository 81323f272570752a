package io.github.dl4jsnn.internal.kernel;

/**
 * Rows of a sequence in Java arrays. The features are cut into blocks, as the columns of weight
 * matrices that stand side by side; each block has arrays of its own, one of {@code T * F} entries
 * an example.
 */
public final class HeapRowsF32 implements RowSinkF32, RowSourceF32 {
  private final float[][][] blocks;
  private final boolean[] zero;
  private final int[] F;

  /**
   * View of arrays.
   *
   * @param blocks N rows of {@code T * F} each
   * @param zero examples known to be 0, or null
   * @param F features of each block
   */
  public HeapRowsF32(float[][][] blocks, boolean[] zero, int... F) {
    this.blocks = blocks;
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
    for (int b = 0, at = 0; b < F.length; at += F[b++]) {
      System.arraycopy(blocks[b][n], t * F[b], row, at, F[b]);
    }
  }

  @Override
  public void put(float[] row, int n, int t) {
    for (int b = 0, at = 0; b < F.length; at += F[b++]) {
      System.arraycopy(row, at, blocks[b][n], t * F[b], F[b]);
    }
  }
}
