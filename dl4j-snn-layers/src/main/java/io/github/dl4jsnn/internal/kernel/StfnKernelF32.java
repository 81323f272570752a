package io.github.dl4jsnn.internal.kernel;

/**
 * Spatial-temporal feature normalisation of one node; the equation stands in {@link
 * io.github.dl4jsnn.conf.StfnLayer}.
 *
 * <p>Sizes: {@code T} rows of {@code F} features. {@code s} is {@code rho * vTh}. One instance
 * belongs to one thread.
 */
public final class StfnKernelF32 {
  private final float s;
  private final float eps;
  private float[] columns = new float[0];
  private float mean;
  private float inverse;

  /** Normalises to standard deviation {@code s}; {@code eps} is added to the variance. */
  public StfnKernelF32(double s, double eps) {
    this.s = (float) s;
    this.eps = (float) eps;
  }

  /**
   * {@code y = lambda * s * (x - mu) / sqrt(var + eps) + gamma}, and {@code x} becomes {@code (x -
   * mu) / sqrt(var + eps)}.
   *
   * @param y (out) normalised rows, may be {@code x} if the backward pass is not wanted
   * @param x (in/out) T rows
   * @param lambda (in) scale of each feature
   * @param gamma (in) shift of each feature
   */
  public void forward(float[][] y, float[][] x, float[] lambda, float[] gamma, int T, int F) {
    statistics(x, T, F);
    for (int t = 0; t < T; t++) {
      forwardRow(y[t], x[t], lambda, gamma, F);
    }
  }

  private void forwardRow(float[] y, float[] x, float[] lambda, float[] gamma, int F) {
    float mu = mean;
    float inv = inverse;
    for (int f = 0; f < F; f++) {
      x[f] = (x[f] - mu) * inv;
    }
    for (int f = 0; f < F; f++) {
      y[f] = lambda[f] * s * x[f] + gamma[f];
    }
  }

  /**
   * Mean over the block, then the variance around it: two passes, because one loses digits when the
   * mean is large.
   */
  private void statistics(float[][] x, int T, int F) {
    if (columns.length < F) {
      columns = new float[F];
    }
    float count = (float) T * F;
    System.arraycopy(x[0], 0, columns, 0, F);
    for (int t = 1; t < T; t++) {
      add(columns, x[t], F);
    }
    float mu = sum(columns, F) / count;
    java.util.Arrays.fill(columns, 0, F, 0f);
    for (int t = 0; t < T; t++) {
      addSquares(columns, x[t], mu, F);
    }
    mean = mu;
    inverse = (float) (1 / Math.sqrt(sum(columns, F) / count + eps));
  }

  /**
   * Backward of {@link #forward}, right after it with the same rows.
   *
   * <pre>
   *   dX^ = dY * lambda * s;   dX = (dX^ - mean(dX^) - x^ * mean(dX^ x^)) / sqrt(var + eps)
   * </pre>
   *
   * @param dy (in/out) dL/dy comes in, dL/dx goes out
   * @param x (in) normalised x, as {@link #forward} left it
   * @param dLambda (added to) gradient of lambda
   * @param dGamma (added to) gradient of gamma
   * @param scratch (scratch) F entries
   */
  public void backward(
      float[][] dy,
      float[][] x,
      float[] lambda,
      float[] dLambda,
      float[] dGamma,
      float[] scratch,
      int T,
      int F) {
    float[] sumD = columns;
    java.util.Arrays.fill(sumD, 0, F, 0f);
    java.util.Arrays.fill(scratch, 0, F, 0f);
    for (int t = 0; t < T; t++) {
      add(sumD, dy[t], F);
      addProduct(scratch, dy[t], x[t], F);
    }
    for (int f = 0; f < F; f++) {
      dGamma[f] += sumD[f];
      dLambda[f] += s * scratch[f];
    }
    float count = (float) T * F;
    float meanD = s * RowMathF32.dot(sumD, lambda, F) / count;
    float meanDx = s * RowMathF32.dot(scratch, lambda, F) / count;
    for (int t = 0; t < T; t++) {
      backwardRow(dy[t], x[t], lambda, meanD, meanDx, F);
    }
  }

  private void backwardRow(float[] d, float[] x, float[] lambda, float meanD, float meanDx, int F) {
    float inv = inverse;
    for (int f = 0; f < F; f++) {
      d[f] = (d[f] * lambda[f] * s - meanD - x[f] * meanDx) * inv;
    }
  }

  private static void add(float[] sum, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      sum[i] += x[i];
    }
  }

  private static void addSquares(float[] sum, float[] x, float mu, int n) {
    for (int i = 0; i < n; i++) {
      float c = x[i] - mu;
      sum[i] += c * c;
    }
  }

  private static void addProduct(float[] sum, float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      sum[i] += x[i] * y[i];
    }
  }

  /**
   * Eight running sums hide the latency of the additions, which may not be reordered, and are more
   * exact than one.
   */
  static float sum(float[] x, int n) {
    float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    int i = 0;
    for (; i <= n - 8; i += 8) {
      s0 += x[i];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
      s4 += x[i + 4];
      s5 += x[i + 5];
      s6 += x[i + 6];
      s7 += x[i + 7];
    }
    for (; i < n; i++) {
      s0 += x[i];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }
}
