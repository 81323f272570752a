package io.github.dl4jsnn.testing;

import io.github.dl4jsnn.neuron.LifParameters;

/**
 * Spiking recurrence over positions of one example, in double: the shortest loops that follow from
 * the definition, with the chain rule written out. Shares no code with the kernels.
 */
public final class PlainSpikeRecurrent {
  private final int T;
  private final int L;
  private final double[][] w;
  private final double[][] u;
  private final boolean[] present;
  private final PlainLif[][] cells;
  private final double[][] x;

  /** Spikes {@code [T*L][H]}. */
  public final double[][] spikes;

  /** What position l sees at step t, {@code [T*L][H]}. */
  private final double[][] seen;

  /** Gradient of the input. */
  public double[][] dx;

  /** Gradient of the weights. */
  public double[][] dw;

  /** Gradient of the weights between positions. */
  public double[][] du;

  /** Gradient of the currents. */
  public double[][] dz;

  /**
   * Runs the layer.
   *
   * @param neuron constants
   * @param T spike steps
   * @param x input {@code [T*L][nIn]}
   * @param w weights
   * @param u weights between positions
   * @param offset added to the current, {@code [T*L][H]}
   * @param present entries that are not masked
   */
  public PlainSpikeRecurrent(
      LifParameters neuron,
      int T,
      double[][] x,
      double[][] w,
      double[][] u,
      double[][] offset,
      boolean[] present) {
    this.T = T;
    this.L = x.length / T;
    this.x = x;
    this.w = w;
    this.u = u;
    this.present = present;
    int H = u.length;
    this.spikes = new double[x.length][H];
    this.seen = new double[x.length][H];
    this.cells = new PlainLif[L][H];
    for (int l = 0; l < L; l++) {
      for (int h = 0; h < H; h++) {
        double[] z = new double[T];
        boolean[] there = new boolean[T];
        for (int t = 0; t < T; t++) {
          int p = t * L + l;
          there[t] = present[p];
          z[t] = offset[p][h];
          for (int i = 0; i < w.length; i++) {
            z[t] += x[p][i] * w[i][h];
          }
          for (int j = 0; j < H; j++) {
            z[t] += seen[p][j] * u[j][h];
          }
        }
        cells[l][h] = new PlainLif(neuron, z, there);
        for (int t = 0; t < T; t++) {
          spikes[t * L + l][h] = cells[l][h].o[t];
        }
      }
      for (int t = 0; t < T && l + 1 < L; t++) {
        int p = t * L + l;
        seen[p + 1] = (present[p] ? spikes[p] : seen[p]).clone();
      }
    }
  }

  /** Computes all gradients, given that of the spikes {@code [T*L][H]}. */
  public void backward(double[][] g) {
    int H = u.length;
    dx = new double[x.length][w.length];
    dw = new double[w.length][H];
    du = new double[H][H];
    dz = new double[x.length][H];
    double[][] dSeen = new double[x.length][H];
    for (int l = L - 1; l >= 0; l--) {
      for (int h = 0; h < H; h++) {
        double[] gs = new double[T];
        for (int t = 0; t < T; t++) {
          int p = t * L + l;
          gs[t] = g[p][h] + (l + 1 < L ? dSeen[p + 1][h] : 0);
        }
        double[] d = cells[l][h].backward(gs);
        for (int t = 0; t < T; t++) {
          dz[t * L + l][h] = d[t];
        }
      }
      for (int t = 0; t < T; t++) {
        int p = t * L + l;
        for (int h = 0; h < H; h++) {
          for (int j = 0; j < H; j++) {
            dSeen[p][j] += dz[p][h] * u[j][h];
            du[j][h] += dz[p][h] * seen[p][j];
          }
          for (int i = 0; i < w.length; i++) {
            dx[p][i] += dz[p][h] * w[i][h];
            dw[i][h] += dz[p][h] * x[p][i];
          }
          if (!present[p] && l + 1 < L) {
            dSeen[p][h] += dSeen[p + 1][h];
          }
        }
      }
    }
  }
}
