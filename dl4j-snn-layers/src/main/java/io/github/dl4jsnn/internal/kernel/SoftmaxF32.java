package io.github.dl4jsnn.internal.kernel;

/** Softmax of one row, over the entries that are there. */
public final class SoftmaxF32 {
  private SoftmaxF32() {}

  /**
   * {@code y = exp(y - m) / sum of the same}, m their largest; 0 where absent. In place.
   *
   * @param y (in/out) n finite entries
   * @param present 0 where an entry does not count, from place {@code at}, or null for all
   * @param at start in present
   * @param n entries
   */
  public static void forward(float[] y, float[] present, int at, int n) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      if (present == null || present[at + i] != 0) {
        largest = Math.max(largest, y[i]);
      }
    }
    float sum = 0;
    for (int i = 0; i < n; i++) {
      float x = y[i] - largest;
      float e = FloatExp.exp(x); // F64: double e = Math.exp(x);
      y[i] = present == null || present[at + i] != 0 ? e : 0;
      sum += y[i];
    }
    if (sum > 0) {
      RowMathF32.scale(y, 1 / sum, n);
    }
  }

  /**
   * {@code g = p (g - sum of p g)}. In place.
   *
   * @param g (in/out) gradient of the softmax, then of what it was taken of
   * @param p (in) the softmax
   * @param n entries
   */
  public static void backward(float[] g, float[] p, int n) {
    float mean = RowMathF32.dot(g, p, n);
    for (int i = 0; i < n; i++) {
      g[i] = p[i] * (g[i] - mean);
    }
  }
}
