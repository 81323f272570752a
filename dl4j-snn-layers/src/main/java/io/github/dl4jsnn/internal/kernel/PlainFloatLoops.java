package io.github.dl4jsnn.internal.kernel;

/** {@link FloatLoops} in plain Java, which runs everywhere. */
final class PlainFloatLoops implements FloatLoops {
  /** The exponents of a row, one row for each thread. */
  private final ThreadLocal<float[]> exponents = ThreadLocal.withInitial(() -> new float[0]);

  @Override
  public int pick(int[] column, float[] value, int size, float[] row, int n) {
    return RowPickF32.pick(column, value, size, row, 0, n);
  }

  @Override
  public int pickRare(int[] column, float[] value, int size, float[] row, int n) {
    return RowPickF32.pickRare(column, value, size, row, n);
  }

  /**
   * The steps of {@link FloatExp#exp} one after the other: C2 vectorises the first two, and the
   * last, which it does not, is short.
   */
  @Override
  public void exp(float[] y, int n) {
    float[] k = exponents.get();
    if (k.length < n) {
      k = new float[n];
      exponents.set(k);
    }
    reduce(y, k, n);
    polynomial(y, n);
    scale(y, k, n);
  }

  private static void reduce(float[] y, float[] k, int n) {
    for (int i = 0; i < n; i++) {
      float x = Math.max(FloatExp.LOWEST, y[i]);
      float shifted = FloatExp.shifted(x);
      k[i] = shifted;
      y[i] = FloatExp.remainder(x, shifted);
    }
  }

  private static void polynomial(float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = FloatExp.polynomial(y[i]);
    }
  }

  private static void scale(float[] y, float[] k, int n) {
    for (int i = 0; i < n; i++) {
      y[i] *= FloatExp.power(k[i]);
    }
  }

  @Override
  public String toString() {
    return "plain";
  }
}
