package io.github.dl4jsnn.testing;

import io.github.dl4jsnn.neuron.LifParameters;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Spiking self-attention in double: the shortest loops that follow from its equation, with the
 * chain rule written out. Shares no code with the kernels.
 */
public final class PlainSpikingAttention {
  private final int N;
  private final int T;
  private final int L;
  private final int heads;
  private final int d;
  private final double scale;
  private final INDArray in;
  private final INDArray mask;
  private final LifParameters neuron;

  /**
   * Attention over the given input.
   *
   * @param size N, T, L, heads and features of a head
   * @param scale factor of the products
   * @param neuron constants
   * @param in {@code [N, T*L, 3D]}
   * @param mask {@code [N, T*L]} or null
   */
  public PlainSpikingAttention(
      int[] size, double scale, LifParameters neuron, INDArray in, INDArray mask) {
    this.N = size[0];
    this.T = size[1];
    this.L = size[2];
    this.heads = size[3];
    this.d = size[4];
    this.scale = scale;
    this.in = in;
    this.mask = mask;
    this.neuron = neuron;
  }

  /** Entry of Q (part 0), K (1) or V (2), 0 where it is masked. */
  private double x(int part, int n, int t, int l, int h, int i) {
    boolean present = isPresent(n, t, l);
    return present ? in.getDouble(n, t * L + l, (part * heads + h) * d + i) : 0;
  }

  private boolean isPresent(int n, int t, int l) {
    return mask == null || mask.getDouble(n, t * L + l) != 0;
  }

  private int at(int n, int t, int l, int h, int i) {
    return ((n * T + t) * L + l) * heads * d + h * d + i;
  }

  private double weight(int n, int t, int l, int m, int h) {
    double sum = 0;
    for (int i = 0; i < d; i++) {
      sum += x(0, n, t, l, h, i) * x(1, n, t, m, h, i);
    }
    return sum;
  }

  private PlainLif lif(int n, int l, int h, int i) {
    double[] currents = new double[T];
    boolean[] present = new boolean[T];
    for (int t = 0; t < T; t++) {
      present[t] = isPresent(n, t, l);
      for (int m = 0; m < L; m++) {
        currents[t] += weight(n, t, l, m, h) * x(2, n, t, m, h, i);
      }
      currents[t] *= scale;
    }
    return new PlainLif(neuron, currents, present);
  }

  /** Work on one neuron. */
  private interface Neuron {
    void run(int n, int l, int h, int i);
  }

  private void forEachNeuron(Neuron body) {
    for (int n = 0; n < N; n++) {
      for (int l = 0; l < L; l++) {
        for (int h = 0; h < heads; h++) {
          for (int i = 0; i < d; i++) {
            body.run(n, l, h, i);
          }
        }
      }
    }
  }

  /** Spikes {@code [N, T*L, D]} in c order. */
  public double[] spikes() {
    double[] y = new double[N * T * L * heads * d];
    forEachNeuron(
        (n, l, h, i) -> {
          double[] o = lif(n, l, h, i).o;
          for (int t = 0; t < T; t++) {
            y[at(n, t, l, h, i)] = o[t];
          }
        });
    return y;
  }

  /**
   * Gradient of the input.
   *
   * @param g gradient of the spikes, {@code [N, T*L, D]} in c order
   * @return {@code [N, T*L, 3D]} in c order
   */
  public double[] inputGradient(double[] g) {
    double[] dx = new double[3 * g.length];
    forEachNeuron(
        (n, l, h, i) -> {
          double[] above = new double[T];
          for (int t = 0; t < T; t++) {
            above[t] = g[at(n, t, l, h, i)];
          }
          double[] da = lif(n, l, h, i).backward(above);
          for (int t = 0; t < T; t++) {
            addGradients(dx, da[t] * scale, n, t, l, h, i);
          }
        });
    return dx;
  }

  /** Of {@code a = sum over m, j of q[j] k[m,j] v[m]} by all of its factors. */
  private void addGradients(double[] dx, double da, int n, int t, int l, int h, int i) {
    for (int m = 0; m < L; m++) {
      dx[gradient(2, n, t, m, h, i)] += da * weight(n, t, l, m, h);
      for (int j = 0; j < d; j++) {
        double v = x(2, n, t, m, h, i);
        dx[gradient(0, n, t, l, h, j)] += da * v * x(1, n, t, m, h, j);
        dx[gradient(1, n, t, m, h, j)] += da * v * x(0, n, t, l, h, j);
      }
    }
  }

  private int gradient(int part, int n, int t, int l, int h, int i) {
    return ((n * T + t) * L + l) * 3 * heads * d + (part * heads + h) * d + i;
  }
}
