package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.FirstSpikeKernelF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Read-out of the time to the first spike, in this file's precision. */
final class FirstSpikeOpF32 extends AbstractReadoutOpF32 {

  FirstSpikeOpF32(String layer) {
    super(layer);
  }

  @Override
  public void forward(INDArray in, INDArray mask, double scale, INDArray out) {
    RowsF32 y = NdRowsF32.of(out);
    int F = (int) in.size(2);
    forEach(
        in,
        mask,
        (rows, weight, n) -> {
          float[] v = new float[F];
          float[] x = new float[F];
          for (int t = weight.length - 1; t >= 0; t--) {
            if (weight[t] != 0) {
              read(x, rows, n, t);
              FirstSpikeKernelF32.value(v, x, weight[t], F);
            }
          }
          for (int f = 0; f < F; f++) {
            v[f] *= (float) scale;
          }
          checkFinite(v, n);
          y.duplicate().put(v, n, 0, 0, F);
        });
  }

  @Override
  public double backward(INDArray in, INDArray mask, INDArray g, double scale, INDArray dIn) {
    RowsF32 gRows = NdRowsF32.of(g);
    RowsF32 dx = NdRowsF32.of(dIn);
    int T = (int) in.size(1);
    int F = (int) in.size(2);
    double[] dScale = new double[(int) in.size(0)];
    forEach(
        in,
        mask,
        (rows, weight, n) -> {
          float[] d = new float[F];
          float[] x = new float[F];
          gRows.duplicate().get(d, n, 0, 0, F);
          float[][] later = valuesAfter(rows, weight, n, F);
          for (int f = 0; f < F; f++) {
            dScale[n] += d[f] * later[0][f];
            d[f] *= (float) scale;
          }
          RowsF32 dest = dx.duplicate();
          float[] dRow = new float[F];
          for (int t = 0; t < T; t++) {
            Arrays.fill(dRow, 0f);
            if (weight[t] != 0) {
              rows.get(x, n, t, 0, F);
              FirstSpikeKernelF32.backward(dRow, d, x, later[t + 1], weight[t], F);
            }
            dest.put(dRow, n, t, 0, F);
          }
        });
    double sum = 0;
    for (double d : dScale) {
      sum += d;
    }
    return sum;
  }

  /** {@code [T + 1, F]}: the read-out of the steps from t on, as if none before had spiked. */
  private float[][] valuesAfter(RowsF32 rows, float[] weight, int n, int F) {
    int T = weight.length;
    float[][] v = new float[T + 1][F];
    float[] x = new float[F];
    for (int t = T - 1; t >= 0; t--) {
      System.arraycopy(v[t + 1], 0, v[t], 0, F);
      if (weight[t] != 0) {
        read(x, rows, n, t);
        FirstSpikeKernelF32.value(v[t], x, weight[t], F);
      }
    }
    return v;
  }

  private void read(float[] x, RowsF32 rows, int n, int t) {
    rows.get(x, n, t, 0, x.length);
    check(x, n);
  }

  /** {@code (T' - k) / T'} of the k-th of T' steps that are there, from 0. */
  @Override
  float[] weights(boolean[] present, int steps) {
    float[] weight = new float[present.length];
    int left = steps;
    for (int t = 0; t < present.length; t++) {
      if (present[t]) {
        weight[t] = (float) left / steps;
        left--;
      }
    }
    return weight;
  }

  /** Of the steps so far: the share that fired, the time it fired at, their number. */
  @Override
  void step(float[][] state, float[] row) {
    for (int f = 0; f < row.length; f++) {
      float first = (1 - state[0][f]) * row[f];
      state[0][f] += first;
      state[1][f] += first * state[2][f];
      state[2][f] += 1;
    }
  }

  @Override
  void check(float[] row, int n) {
    for (float x : row) {
      if (x < 0) {
        throw new IllegalArgumentException(
            label()
                + "the time to the first spike is read from spikes, but the input of example "
                + n
                + " holds "
                + x
                + "; put spiking neurons before it");
      }
    }
  }
}
