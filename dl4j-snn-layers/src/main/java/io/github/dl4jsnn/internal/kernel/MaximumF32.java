package io.github.dl4jsnn.internal.kernel;

/**
 * Largest value over weighted rows, entry by entry; every array is one row of at least {@code n}
 * entries.
 *
 * <pre>
 *   m = max over e of w_e s_e,    ds_e += w_e dm / (number of e that carry m)   where w_e s_e = m
 * </pre>
 */
public final class MaximumF32 {
  private MaximumF32() {}

  /** {@code m = max(m, w s)}; a NaN stays. */
  public static void take(float[] m, float[] s, float w, int n) {
    for (int i = 0; i < n; i++) {
      m[i] = Math.max(m[i], w * s[i]);
    }
  }

  /** {@code ties += 1} where the row carries the maximum. */
  public static void count(float[] ties, float[] m, float[] s, float w, int n) {
    for (int i = 0; i < n; i++) {
      // a select of two constants, which is compiled to a blend
      ties[i] += w * s[i] == m[i] ? 1f : 0f;
    }
  }

  /** {@code dm /= ties}, where there are any. */
  public static void divide(float[] dm, float[] ties, int n) {
    for (int i = 0; i < n; i++) {
      dm[i] /= Math.max(ties[i], 1f);
    }
  }

  /** {@code ds += w dm} where the row carries the maximum; dm was divided by the ties. */
  public static void addGradient(float[] ds, float[] dm, float[] m, float[] s, float w, int n) {
    for (int i = 0; i < n; i++) {
      float carries = w * s[i] == m[i] ? w : 0f;
      ds[i] += carries * dm[i];
    }
  }
}
