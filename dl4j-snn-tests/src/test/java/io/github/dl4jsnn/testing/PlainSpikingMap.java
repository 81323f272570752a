package io.github.dl4jsnn.testing;

import io.github.dl4jsnn.neuron.LifParameters;

/**
 * Convolution over positions (of one tap: a linear map), batch normalisation and LIF neurons of one
 * example after the other, in the shortest loops, in double; the equations are those of {@link
 * io.github.dl4jsnn.conf.AbstractSpikingMapLayer}. The two axes are kept apart: an entry is {@code
 * x[n][t][l]}.
 */
public final class PlainSpikingMap {
  private static final double EPS = 1e-5;

  /** Spikes {@code [n][t][l][o]}. */
  public final double[][][][] spikes;

  /** Gradients, for the gradient from above that {@link #backward} gets. */
  public double[][][] dW;

  /** Gradient of the code's weights. */
  public double[][] dW2;

  /** Gradient of gamma and of beta. */
  public double[][] dAffine;

  /** Gradient of the input. */
  public double[][][][] dx;

  private final double[][][][] x;
  private final double[][][] w;
  private final int[] offsets;
  private final double[][] code;
  private final double[] gamma;
  private final double[][][] mask;
  private final double[] mean;
  private final double[] deviation;
  private final double[][][][] z;
  private final LifParameters neuron;

  /**
   * Runs the forward pass with the statistics of the batch.
   *
   * @param x {@code [n][t][l][i]}
   * @param w {@code [tap][i][o]}
   * @param offsets from a position to the one that each tap reads
   * @param code {@code [t*L + l][j]} and its weights {@code [j][o]}, or null
   * @param w2 weights of the code
   * @param affine gamma and beta
   * @param mask {@code [n][t][l]}, 0 where an entry is missing
   * @param neuron constants
   */
  public PlainSpikingMap(
      double[][][][] x,
      double[][][] w,
      int[] offsets,
      double[][] code,
      double[][] w2,
      double[][] affine,
      double[][][] mask,
      LifParameters neuron) {
    this.x = x;
    this.w = w;
    this.offsets = offsets;
    this.code = code;
    this.gamma = affine[0];
    this.mask = mask;
    this.neuron = neuron;
    int N = x.length;
    int T = x[0].length;
    int L = x[0][0].length;
    int H = gamma.length;
    z = new double[N][T][L][H];
    spikes = new double[N][T][L][H];
    mean = new double[H];
    deviation = new double[H];
    for (int o = 0; o < H; o++) {
      double count = 0;
      for (int n = 0; n < N; n++) {
        for (int t = 0; t < T; t++) {
          for (int l = 0; l < L; l++) {
            z[n][t][l][o] = current(n, t, l, o);
            for (int j = 0; code != null && j < w2.length; j++) {
              z[n][t][l][o] += code[t * L + l][j] * w2[j][o];
            }
            mean[o] += mask[n][t][l] * z[n][t][l][o];
            count += mask[n][t][l];
          }
        }
      }
      mean[o] /= count;
      double squares = 0;
      for (int n = 0; n < N; n++) {
        for (int t = 0; t < T; t++) {
          for (int l = 0; l < L; l++) {
            squares += mask[n][t][l] * Math.pow(z[n][t][l][o] - mean[o], 2);
          }
        }
      }
      deviation[o] = Math.sqrt(squares / count + EPS);
      for (int n = 0; n < N; n++) {
        for (int l = 0; l < L; l++) {
          double[] fired = neuron(n, l, o, affine).o;
          for (int t = 0; t < T; t++) {
            spikes[n][t][l][o] = mask[n][t][l] * fired[t];
          }
        }
      }
    }
  }

  private double current(int n, int t, int l, int o) {
    double sum = 0;
    for (int k = 0; k < w.length; k++) {
      int from = l + offsets[k];
      if (from >= 0 && from < x[n][t].length && mask[n][t][from] != 0) {
        for (int i = 0; i < w[k].length; i++) {
          sum += x[n][t][from][i] * w[k][i][o];
        }
      }
    }
    return sum;
  }

  private double normalised(int n, int t, int l, int o) {
    return (z[n][t][l][o] - mean[o]) / deviation[o];
  }

  private PlainLif neuron(int n, int l, int o, double[][] affine) {
    double[] y = new double[x[n].length];
    for (int t = 0; t < y.length; t++) {
      y[t] = mask[n][t][l] * (affine[0][o] * normalised(n, t, l, o) + affine[1][o]);
    }
    return new PlainLif(neuron, y, null);
  }

  /**
   * Runs the backward pass.
   *
   * @param g gradient of the spikes
   * @param affine as before
   */
  public void backward(double[][][][] g, double[][] affine) {
    int N = x.length;
    int T = x[0].length;
    int L = x[0][0].length;
    int H = gamma.length;
    int I = w[0].length;
    dW = new double[w.length][I][H];
    dW2 = new double[code == null ? 0 : code[0].length][H];
    dAffine = new double[2][H];
    dx = new double[N][T][L][I];
    for (int o = 0; o < H; o++) {
      double[][][] dy = new double[N][T][L];
      double count = 0;
      for (int n = 0; n < N; n++) {
        for (int l = 0; l < L; l++) {
          double[] above = new double[T];
          for (int t = 0; t < T; t++) {
            above[t] = mask[n][t][l] * g[n][t][l][o];
          }
          double[] d = neuron(n, l, o, affine).backward(above);
          for (int t = 0; t < T; t++) {
            dy[n][t][l] = mask[n][t][l] * d[t];
            count += mask[n][t][l];
            dAffine[0][o] += dy[n][t][l] * normalised(n, t, l, o);
            dAffine[1][o] += dy[n][t][l];
          }
        }
      }
      for (int n = 0; n < N; n++) {
        for (int t = 0; t < T; t++) {
          for (int l = 0; l < L; l++) {
            double dz =
                mask[n][t][l]
                    * gamma[o]
                    / deviation[o]
                    * (dy[n][t][l]
                        - dAffine[1][o] / count
                        - normalised(n, t, l, o) * dAffine[0][o] / count);
            spread(dz, n, t, l, o);
          }
        }
      }
    }
  }

  private void spread(double dz, int n, int t, int l, int o) {
    for (int j = 0; code != null && j < dW2.length; j++) {
      dW2[j][o] += dz * code[t * x[n][t].length + l][j];
    }
    for (int k = 0; k < w.length; k++) {
      int from = l + offsets[k];
      if (from >= 0 && from < x[n][t].length && mask[n][t][from] != 0) {
        for (int i = 0; i < w[k].length; i++) {
          dW[k][i][o] += dz * x[n][t][from][i];
          dx[n][t][from][i] += dz * w[k][i][o];
        }
      }
    }
  }
}
