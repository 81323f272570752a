package io.github.dl4jsnn.internal.kernel;

/**
 * Row steps of batch normalisation; the equation is that of {@link
 * io.github.dl4jsnn.conf.AbstractTemporalBatchNormLayer}.
 *
 * <p>Every array is one row of at least {@code n} entries, each entry with a mean, scale and shift
 * of its own, so that all share the loop index. For a sequence a row is one time step of one
 * example, and its entries are features. An array of channels with inner axes {@code [C, H, W]} is
 * a row, too: repeat the values of a channel over its inner entries, and add up its sums over them.
 */
public final class BatchNormKernelF32 {
  private BatchNormKernelF32() {}

  /**
   * {@code sum += (x - mean)^2}.
   *
   * @param sum (added to) squares
   * @param x (in) inputs
   * @param mean (in) mean of each entry
   * @param n entries
   */
  public static void addSquares(float[] sum, float[] x, float[] mean, int n) {
    for (int i = 0; i < n; i++) {
      float c = x[i] - mean[i];
      sum[i] += c * c;
    }
  }

  /**
   * Joins the statistics of two sets: {@code mean += share * d}, {@code squares += squaresB +
   * weight * d^2} with {@code d = meanB - mean}.
   *
   * @param mean (in/out) mean of the first set, then of both
   * @param squares (in/out) squared deviations of the first set, then of both
   * @param meanB (in) mean of the second
   * @param squaresB (in) squared deviations of the second
   * @param share size of the second over that of both
   * @param weight size of the first times the share
   * @param n entries
   */
  public static void join(
      float[] mean,
      float[] squares,
      float[] meanB,
      float[] squaresB,
      float share,
      float weight,
      int n) {
    for (int i = 0; i < n; i++) {
      float d = meanB[i] - mean[i];
      mean[i] += share * d;
      squares[i] += squaresB[i] + weight * d * d;
    }
  }

  /**
   * {@code y = scale * x^ + shift} with {@code x^ = (x - mean) * inverse}.
   *
   * @param y (out) normalised row, may be {@code x}
   * @param x (in) inputs
   * @param mean (in) mean of each entry
   * @param inverse (in) {@code 1 / sqrt(var + eps)}
   * @param scale (in) scale of each entry
   * @param shift (in) shift of each entry
   * @param n entries
   */
  public static void forward(
      float[] y, float[] x, float[] mean, float[] inverse, float[] scale, float[] shift, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = scale[i] * ((x[i] - mean[i]) * inverse[i]) + shift[i];
    }
  }

  /**
   * First half of the backward pass: {@code dShift += g}, {@code dScale += g * x^}.
   *
   * @param dShift (added to) sums of the gradient
   * @param dScale (added to) sums of the gradient times the normalised input
   * @param g (in) gradient of the output
   * @param x (in) inputs
   * @param mean (in) as in {@link #forward}
   * @param inverse (in) as in {@link #forward}
   * @param n entries
   */
  public static void addGradients(
      float[] dShift, float[] dScale, float[] g, float[] x, float[] mean, float[] inverse, int n) {
    for (int i = 0; i < n; i++) {
      dShift[i] += g[i];
      dScale[i] += g[i] * ((x[i] - mean[i]) * inverse[i]);
    }
  }

  /**
   * Second half: {@code dx = (g * scale - meanD - x^ * meanDx) * inverse}; with both means 0 it is
   * the gradient for constant statistics.
   *
   * @param d (in/out) the gradient of the output comes in, that of the input goes out
   * @param x (in) inputs
   * @param mean (in) as in {@link #forward}
   * @param inverse (in) as in {@link #forward}
   * @param scale (in) as in {@link #forward}
   * @param meanD (in) mean of {@code g * scale} over the statistic
   * @param meanDx (in) mean of {@code g * scale * x^} over the statistic
   * @param n entries
   */
  public static void backward(
      float[] d,
      float[] x,
      float[] mean,
      float[] inverse,
      float[] scale,
      float[] meanD,
      float[] meanDx,
      int n) {
    for (int i = 0; i < n; i++) {
      float normalised = (x[i] - mean[i]) * inverse[i];
      d[i] = (d[i] * scale[i] - meanD[i] - normalised * meanDx[i]) * inverse[i];
    }
  }
}
