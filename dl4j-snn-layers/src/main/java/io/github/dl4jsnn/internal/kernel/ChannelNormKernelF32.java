package io.github.dl4jsnn.internal.kernel;

/**
 * Batch normalisation of the pixels of one channel; equations in {@link
 * io.github.dl4jsnn.conf.SpikingBatchNormalization}. Statistics and constants of a channel are
 * single numbers; sums are kept pixel by pixel, so that the loops vectorise, and {@link #total}
 * adds them up.
 */
public final class ChannelNormKernelF32 {
  private ChannelNormKernelF32() {}

  /** {@code sums += (x - mean)^2}. */
  public static void addSquares(float[] sums, float[] x, float mean, int n) {
    for (int i = 0; i < n; i++) {
      float d = x[i] - mean;
      sums[i] += d * d;
    }
  }

  /** Sum of all entries. */
  public static double total(float[] sums, int n) {
    double total = 0;
    for (int i = 0; i < n; i++) {
      total += sums[i];
    }
    return total;
  }

  /** {@code x = scale * (x - mean) + beta}, and 0 where that is below {@code floor}. */
  public static void forward(float[] x, float mean, float scale, float beta, float floor, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.max(floor, (x[i] - mean) * scale + beta);
    }
  }

  /**
   * {@code g = 0} where the rectifier was closed, that is where {@code scale * (x - mean) + beta}
   * is not above 0 (or not above 1e-30, which rounding does not tell from it).
   */
  public static void close(float[] g, float[] x, float mean, float scale, float beta, int n) {
    for (int i = 0; i < n; i++) {
      float y = (x[i] - mean) * scale + beta;
      // 1 where y <= 0, without a branch, as in LifKernelF32
      float closed = Math.max(0f, (-y - Math.abs(y)) * LifKernelF32.STEEP + 1);
      g[i] *= 1 - closed;
    }
  }

  /** {@code sums += g} and {@code products += g * (x - mean)}. */
  public static void addGradients(
      float[] sums, float[] products, float[] g, float[] x, float mean, int n) {
    for (int i = 0; i < n; i++) {
      sums[i] += g[i];
      products[i] += g[i] * (x[i] - mean);
    }
  }

  /** {@code g = scale * (g - a - b * (x - mean))}, the gradient of the input. */
  public static void backward(
      float[] g, float[] x, float mean, float scale, float a, float b, int n) {
    for (int i = 0; i < n; i++) {
      g[i] = scale * (g[i] - a - b * (x[i] - mean));
    }
  }
}
