package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link ReadoutOp} in this file's precision: a weighted sum over time, the weights of a step the
 * same for all features.
 */
final class ReadoutOpF32 implements ReadoutOp {
  /** Examples of one task. */
  private static final int CHUNK = 64;

  private final String layer;
  private final float decay;
  private final boolean mean;

  ReadoutOpF32(String layer, double decay, boolean mean) {
    this.layer = layer;
    this.decay = (float) decay;
    this.mean = mean;
  }

  @Override
  public void forward(INDArray in, INDArray mask, double scale, INDArray out) {
    RowsF32 y = NdRowsF32.of(out);
    int F = (int) in.size(2);
    forEach(
        in,
        mask,
        (rows, weight, n) -> {
          float[] sum = new float[F];
          weightedSum(sum, rows, weight, n, F);
          RowMathF32.scale(sum, (float) scale, F);
          checkFinite(sum, n);
          y.duplicate().put(sum, n, 0, 0, F);
        });
  }

  private void checkFinite(float[] sum, int n) {
    if (!RowMathF32.isFinite(sum, sum.length)) {
      throw new IllegalArgumentException(
          layer + ": the input of example " + n + " holds NaN or infinite values");
    }
  }

  @Override
  public void accumulate(INDArray in, INDArray mask, INDArray[] before, INDArray[] after) {
    RowsF32 x = NdRowsF32.of(in);
    RowsF32 m = mask == null ? null : NdRowsF32.of(mask);
    RowsF32[] start = NeuronPassF32.rows(before);
    RowsF32[] end = NeuronPassF32.rows(after);
    int N = (int) in.size(0);
    Workers.run(
        (N + CHUNK - 1) / CHUNK,
        in.length(),
        (task, worker) -> {
          float[][] state = new float[end.length][(int) in.size(2)];
          for (int n = task * CHUNK; n < Math.min(N, (task + 1) * CHUNK); n++) {
            read(start, state, n);
            accumulate(x.duplicate(), m == null ? null : m.duplicate(), state, n, (int) in.size(1));
            checkFinite(state[0], n);
            for (int i = 0; i < end.length; i++) {
              end[i].duplicate().put(state[i], n, 0, 0, state[i].length);
            }
          }
        });
  }

  private void read(RowsF32[] start, float[][] state, int n) {
    for (int i = 0; i < state.length; i++) {
      if (start == null) {
        Arrays.fill(state[i], 0f);
      } else {
        start[i].duplicate().get(state[i], n, 0, 0, state[i].length);
      }
    }
  }

  private void accumulate(RowsF32 x, RowsF32 m, float[][] state, int n, int T) {
    int F = state[0].length;
    float[] row = new float[F];
    float[] present = new float[T];
    Arrays.fill(present, 1f);
    if (m != null) {
      m.get(present, n, 0, 0, T);
    }
    for (int t = 0; t < T; t++) {
      if (present[t] != 0) {
        x.get(row, n, t, 0, F);
        RowMathF32.scale(state[0], decay, F);
        RowMathF32.add(state[0], row, F);
        if (state.length > 1) {
          for (int f = 0; f < F; f++) {
            state[1][f] += 1;
          }
        }
      }
    }
  }

  @Override
  public double backward(INDArray in, INDArray mask, INDArray g, double scale, INDArray dIn) {
    RowsF32 gRows = NdRowsF32.of(g);
    RowsF32 dx = NdRowsF32.of(dIn);
    int F = (int) in.size(2);
    double[] dScale = new double[(int) in.size(0)];
    forEach(
        in,
        mask,
        (rows, weight, n) -> {
          float[] gn = new float[F];
          float[] sum = new float[F];
          gRows.duplicate().get(gn, n, 0, 0, F);
          weightedSum(sum, rows, weight, n, F);
          for (int f = 0; f < F; f++) {
            dScale[n] += gn[f] * sum[f];
          }
          RowsF32 dest = dx.duplicate();
          for (int t = 0; t < weight.length; t++) {
            Arrays.fill(sum, 0f);
            RowMathF32.addScaled(sum, gn, weight[t] * (float) scale, F);
            dest.put(sum, n, t, 0, F);
          }
        });
    return Arrays.stream(dScale).sum();
  }

  private static void weightedSum(float[] sum, RowsF32 rows, float[] weight, int n, int F) {
    float[] x = new float[F];
    for (int t = 0; t < weight.length; t++) {
      if (weight[t] != 0) {
        rows.get(x, n, t, 0, F);
        RowMathF32.addScaled(sum, x, weight[t], F);
      }
    }
  }

  /** Work on one example with the weights of its steps. */
  private interface Example {
    void run(RowsF32 rows, float[] weight, int n);
  }

  private void forEach(INDArray in, INDArray mask, Example body) {
    RowsF32 x = NdRowsF32.of(in);
    RowsF32 m = mask == null ? null : NdRowsF32.of(mask);
    int N = (int) in.size(0);
    int T = (int) in.size(1);
    float[] unmasked = m == null ? weights(null, T, 0) : null;
    Workers.run(
        (N + CHUNK - 1) / CHUNK,
        in.length(),
        (task, worker) -> {
          RowsF32 rows = x.duplicate();
          float[] present = new float[T];
          for (int n = task * CHUNK; n < Math.min(N, (task + 1) * CHUNK); n++) {
            if (m != null) {
              m.duplicate().get(present, n, 0, 0, T);
            }
            body.run(rows, m == null ? unmasked : weights(present, T, n), n);
          }
        });
  }

  /** {@code k^(steps that follow)}, divided by the steps for a mean; 0 for missing steps. */
  private float[] weights(float[] present, int T, int n) {
    float[] weight = new float[T];
    float w = 1;
    int steps = 0;
    for (int t = T - 1; t >= 0; t--) {
      if (present == null || present[t] != 0) {
        weight[t] = w;
        w *= decay;
        steps++;
      }
    }
    if (steps == 0) {
      throw new IllegalArgumentException(
          layer + ": the feature mask leaves example " + n + " without any time step");
    }
    if (mean) {
      RowMathF32.scale(weight, 1f / steps, T);
    }
    return weight;
  }
}
