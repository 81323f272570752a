package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.DropoutF32;

/** Dropout of one thread's rows. */
final class RowDropoutF32 {
  private final DropoutF32 dropout;
  private final int F;
  private final long[] keep;

  /**
   * Dropout of rows.
   *
   * @param dropout or null for none
   * @param F entries of a row
   */
  RowDropoutF32(DropoutF32 dropout, int F) {
    this.dropout = dropout;
    this.F = F;
    this.keep = new long[DropoutF32.words(F)];
  }

  /** Multiplies row (n, t) with its mask. */
  void apply(float[] row, int n, int t) {
    if (dropout != null) {
      dropout.mask(keep, n, t, F);
      dropout.apply(row, keep, F);
    }
  }
}
