package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link ReadoutOp} in this file's precision: a weighted sum over time, the weights of a step the
 * same for all features.
 */
final class ReadoutOpF32 extends AbstractReadoutOpF32 {
  private final float decay;
  private final boolean mean;

  ReadoutOpF32(String layer, double decay, boolean mean) {
    super(layer);
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

  @Override
  void step(float[][] state, float[] row) {
    int F = row.length;
    RowMathF32.scale(state[0], decay, F);
    RowMathF32.add(state[0], row, F);
    if (state.length > 1) {
      for (int f = 0; f < F; f++) {
        state[1][f] += 1;
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

  /** {@code k^(steps that follow)}, divided by the steps for a mean; 0 for missing steps. */
  @Override
  float[] weights(boolean[] present, int steps) {
    int T = present.length;
    float[] weight = new float[T];
    float w = 1;
    for (int t = T - 1; t >= 0; t--) {
      if (present[t]) {
        weight[t] = w;
        w *= decay;
      }
    }
    if (mean) {
      RowMathF32.scale(weight, 1f / steps, T);
    }
    return weight;
  }
}
