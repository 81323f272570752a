package io.github.dl4jsnn.testing;

import io.github.dl4jsnn.conf.GraphReadoutVertex.Pooling;

/** Read-out of one graph at one step, and its gradients, in the shortest loops. */
public final class PlainGraphReadout {

  /** The pooled row. */
  public final double[] y;

  /** Share of each node in each feature: {@code y[f] = sum of share[i][f] x[i][f]}. */
  private final double[][] share;

  private final double[][] x;
  private final double[] w;
  private final boolean attention;

  /**
   * Pools.
   *
   * @param pooling how
   * @param x rows of the nodes
   * @param w the gate's weights, for attention
   */
  public PlainGraphReadout(Pooling pooling, double[][] x, double[] w) {
    this.x = x;
    this.w = w;
    this.attention = pooling == Pooling.ATTENTION;
    int features = x[0].length;
    this.share = new double[x.length][features];
    this.y = new double[features];
    for (int f = 0; f < features; f++) {
      for (int i = 0; i < x.length; i++) {
        share[i][f] = share(pooling, i, f);
        y[f] += share[i][f] * x[i][f];
      }
    }
  }

  private double share(Pooling pooling, int node, int f) {
    switch (pooling) {
      case SUM:
        return 1;
      case MEAN:
        return 1.0 / x.length;
      case MAX:
        for (int j = 0; j < x.length; j++) {
          if (x[j][f] > x[node][f] || j < node && x[j][f] == x[node][f]) {
            return 0;
          }
        }
        return 1;
      default:
        double sum = 0;
        for (double[] row : x) {
          sum += Math.exp(score(row));
        }
        return Math.exp(score(x[node])) / sum;
    }
  }

  private double score(double[] row) {
    double s = 0;
    for (int f = 0; f < row.length; f++) {
      s += w[f] * row[f];
    }
    return s;
  }

  /**
   * Gradients.
   *
   * @param g gradient of y
   * @param dW added to
   * @return gradient of the rows
   */
  public double[][] backward(double[] g, double[] dW) {
    double[][] dx = new double[x.length][y.length];
    for (int i = 0; i < x.length; i++) {
      double ds = 0;
      for (int f = 0; f < y.length; f++) {
        dx[i][f] = share[i][f] * g[f];
        ds += attention ? share[i][f] * g[f] * (x[i][f] - y[f]) : 0;
      }
      for (int f = 0; attention && f < y.length; f++) {
        dx[i][f] += ds * w[f];
        dW[f] += ds * x[i][f];
      }
    }
    return dx;
  }
}
