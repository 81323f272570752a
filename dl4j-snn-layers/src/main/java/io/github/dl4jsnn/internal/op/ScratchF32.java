package io.github.dl4jsnn.internal.op;

/** Row buffers that grow as needed and are kept from one iteration to the next. */
final class ScratchF32 {
  private ScratchF32() {}

  /**
   * At least {@code n} rows of at least {@code f} entries: {@code old} if it is large enough.
   * Contents are undefined.
   */
  static float[][] rows(float[][] old, int n, int f) {
    if (old != null && old.length >= n && (n == 0 || old[0].length >= f)) {
      return old;
    }
    return new float[n][f];
  }

  /** A row of at least {@code f} entries: {@code old} if it is large enough. */
  static float[] row(float[] old, int f) {
    return old != null && old.length >= f ? old : new float[f];
  }

  /** Sets the first {@code f} entries of the first {@code n} rows to 0. */
  static void clear(float[][] rows, int n, int f) {
    for (int i = 0; i < n; i++) {
      java.util.Arrays.fill(rows[i], 0, f, 0f);
    }
  }
}
