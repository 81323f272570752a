package io.github.dl4jsnn.internal.op;

/** Rows that hold the F features of several positions side by side. */
final class RepeatedRowF32 {
  private RepeatedRowF32() {}

  /** Writes {@code copies} times the first {@code F} entries of {@code row}. */
  static void repeat(float[] dest, float[] row, int F, int copies) {
    for (int c = 0; c < copies; c++) {
      System.arraycopy(row, 0, dest, c * F, F);
    }
  }

  /** Adds up the copies, in their order, into the first. */
  static void fold(float[] row, int F, int copies) {
    for (int c = 1; c < copies; c++) {
      int at = c * F;
      for (int f = 0; f < F; f++) {
        row[f] += row[at + f];
      }
    }
  }
}
