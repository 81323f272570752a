package io.github.dl4jsnn.internal.kernel;

/** Sums of rows; every array is one row of at least {@code n} entries. */
public final class RowMathF32 {
  private RowMathF32() {}

  /** {@code y += w a}. */
  public static void addScaled(float[] y, float[] a, float w, int n) {
    for (int i = 0; i < n; i++) {
      y[i] += w * a[i];
    }
  }

  /**
   * {@code y += wa a + wb b + wc c + wd d}: four rows a pass, so that y is read and written once
   * for all.
   */
  public static void addFour(
      float[] y,
      float[] a,
      float wa,
      float[] b,
      float wb,
      float[] c,
      float wc,
      float[] d,
      float wd,
      int n) {
    for (int i = 0; i < n; i++) {
      y[i] += (wa * a[i] + wb * b[i]) + (wc * c[i] + wd * d[i]);
    }
  }

  /**
   * {@code y = sum over e in [from, to) of weight[e] * rows[index[e]]}; y is overwritten. Four rows
   * a pass: each pass reads and writes y once, and four products hide the latency of the additions.
   */
  static void sumRows(
      float[] y, float[][] rows, int[] index, float[] weight, int from, int to, int n) {
    java.util.Arrays.fill(y, 0, n, 0f);
    int e = from;
    for (; e <= to - 4; e += 4) {
      addFour(
          y,
          rows[index[e]],
          weight[e],
          rows[index[e + 1]],
          weight[e + 1],
          rows[index[e + 2]],
          weight[e + 2],
          rows[index[e + 3]],
          weight[e + 3],
          n);
    }
    for (; e < to; e++) {
      addScaled(y, rows[index[e]], weight[e], n);
    }
  }

  /** {@code y = a b}. */
  public static void multiply(float[] y, float[] a, float[] b, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = a[i] * b[i];
    }
  }

  /** {@code y += a b}. */
  public static void addProduct(float[] y, float[] a, float[] b, int n) {
    for (int i = 0; i < n; i++) {
      y[i] += a[i] * b[i];
    }
  }

  /** {@code y += a}. */
  public static void add(float[] y, float[] a, int n) {
    for (int i = 0; i < n; i++) {
      y[i] += a[i];
    }
  }

  /** Sum of products, in four sums, so that an addition need not wait for the one before. */
  public static float dot(float[] a, float[] b, int n) {
    float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    int i = 0;
    for (; i <= n - 4; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < n; i++) {
      s0 += a[i] * b[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** {@code y *= w}. */
  public static void scale(float[] y, float w, int n) {
    for (int i = 0; i < n; i++) {
      y[i] *= w;
    }
  }

  /** Whether all entries are 0. */
  public static boolean isZero(float[] y, int n) {
    float largest = 0;
    for (int i = 0; i < n; i++) {
      // a reduction without an early exit is vectorised, and a NaN is not 0
      largest = Math.max(largest, Math.abs(y[i]));
    }
    return largest == 0;
  }

  /** 1 if x is not 0, else 0, without a branch. */
  static int nonZero(float x) {
    // shifting out the sign makes -0 a zero, too
    int b = Float.floatToRawIntBits(x) << 1; // F64: long b = Double.doubleToRawLongBits(x) << 1;
    return (b | -b) >>> 31; // F64: return (int) ((b | -b) >>> 63);
  }

  /** Number of entries that are not 0. */
  public static int countNonZero(float[] y, int n) {
    int count = 0;
    for (int i = 0; i < n; i++) {
      count += nonZero(y[i]);
    }
    return count;
  }

  /** Whether no entry is NaN or infinite. */
  public static boolean isFinite(float[] y, int n) {
    // 0 times what is not finite is NaN; four sums, as one would wait for itself
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = 0;
    for (; i + 3 < n; i += 4) {
      a += y[i] * 0;
      b += y[i + 1] * 0;
      c += y[i + 2] * 0;
      d += y[i + 3] * 0;
    }
    for (; i < n; i++) {
      a += y[i] * 0;
    }
    return a + b + c + d == 0;
  }

  /** Whether all entries are above 0; a NaN is not. */
  public static boolean isPositive(float[] y, int n) {
    float smallest = Float.MAX_VALUE;
    for (int i = 0; i < n; i++) {
      smallest = Math.min(smallest, y[i]);
    }
    return smallest > 0;
  }

  /** Adds up partial sums, in their order, into the first. */
  public static float[] total(float[][] parts) {
    for (int c = 1; c < parts.length; c++) {
      add(parts[0], parts[c], parts[0].length);
    }
    return parts[0];
  }
}
