package io.github.dl4jsnn.testing;

/**
 * Temporal batch normalisation in the shortest loops, in double; the equation is that of {@link
 * io.github.dl4jsnn.conf.AbstractTemporalBatchNormLayer}. Every parameter is given as {@code [T,
 * F]}.
 */
public final class PlainBatchNorm {
  private final double[][][] x;
  private final double[][] mask;
  private final int N;
  private final int T;
  private final int F;

  /** Mean of the batch, {@code [T, F]}, the same at all steps unless each has its own. */
  public final double[][] mean;

  /** Biased variance of the batch, likewise. */
  public final double[][] var;

  /** Values that each statistic of a step was made of. */
  public final int[] count;

  /**
   * Computes the statistics.
   *
   * @param x currents {@code [N][T][F]}
   * @param mask {@code [N][T]}
   * @param perStep whether each step has its own
   */
  public PlainBatchNorm(double[][][] x, double[][] mask, boolean perStep) {
    this.x = x;
    this.mask = mask;
    N = x.length;
    T = x[0].length;
    F = x[0][0].length;
    mean = new double[T][F];
    var = new double[T][F];
    count = new int[T];
    for (int t = 0; t < T; t++) {
      int from = perStep ? t : 0;
      int to = perStep ? t + 1 : T;
      for (int f = 0; f < F; f++) {
        moments(t, f, from, to);
      }
    }
  }

  private void moments(int t, int f, int from, int to) {
    int c = 0;
    double sum = 0;
    for (int n = 0; n < N; n++) {
      for (int s = from; s < to; s++) {
        if (mask[n][s] != 0) {
          c++;
          sum += x[n][s][f];
        }
      }
    }
    double squares = 0;
    for (int n = 0; n < N; n++) {
      for (int s = from; s < to; s++) {
        if (mask[n][s] != 0) {
          squares += (x[n][s][f] - sum / c) * (x[n][s][f] - sum / c);
        }
      }
    }
    count[t] = c;
    mean[t][f] = c == 0 ? 0 : sum / c;
    var[t][f] = c == 0 ? 0 : squares / c;
  }

  /**
   * Normalises.
   *
   * @param mu mean to subtract
   * @param variance to divide by
   * @param scale factor of each step and feature
   * @param shift summand of each step and feature
   * @param eps added to the variance
   * @return {@code [N][T][F]}
   */
  public double[][][] normalise(
      double[][] mu, double[][] variance, double[][] scale, double[][] shift, double eps) {
    double[][][] y = new double[N][T][F];
    for (int n = 0; n < N; n++) {
      for (int t = 0; t < T; t++) {
        for (int f = 0; f < F; f++) {
          y[n][t][f] =
              mask[n][t] == 0
                  ? 0
                  : scale[t][f] * (x[n][t][f] - mu[t][f]) / Math.sqrt(variance[t][f] + eps)
                      + shift[t][f];
        }
      }
    }
    return y;
  }
}
