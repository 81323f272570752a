package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link StepsOp} in this file's precision. A task is one example. */
final class StepsOpF32 implements StepsOp {
  private final String layer;
  private final boolean mean;

  StepsOpF32(String layer, boolean mean) {
    this.layer = layer;
    this.mean = mean;
  }

  @Override
  public void collect(INDArray in, INDArray mask, INDArray out) {
    forEachPosition(
        in,
        mask,
        out,
        (p, x, y, n, l) -> {
          Arrays.fill(p.sum, 0f);
          for (int t = 0; t < p.T; t++) {
            if (p.isPresent(n, t, l)) {
              x.get(p.row, n, t * p.L + l, 0, p.F);
              RowMathF32.add(p.sum, p.row, p.F);
            }
          }
          RowMathF32.scale(p.sum, p.weight(n, l), p.F);
          checkFinite(p.sum, n, p.F);
          y.put(p.sum, n, l, 0, p.F);
        });
  }

  @Override
  public void spread(INDArray in, INDArray mask, INDArray out) {
    forEachPosition(
        in,
        mask,
        out,
        (p, x, y, n, l) -> {
          Arrays.fill(p.row, 0f);
          if (p.steps(n, l) > 0) {
            x.get(p.row, n, l, 0, p.F);
            RowMathF32.scale(p.row, p.weight(n, l), p.F);
            checkFinite(p.row, n, p.F);
          }
          for (int t = 0; t < p.T; t++) {
            y.put(p.isPresent(n, t, l) ? p.row : p.zero, n, t * p.L + l, 0, p.F);
          }
        });
  }

  private void checkFinite(float[] row, int n, int F) {
    if (!RowMathF32.isFinite(row, F)) {
      throw new IllegalArgumentException(
          layer
              + ": example "
              + n
              + ": the input, or the gradient from above, holds NaN or infinite values");
    }
  }

  /** Work on one position of one example. */
  private interface Position {
    void run(Pass p, RowsF32 x, RowsF32 y, int n, int l);
  }

  private void forEachPosition(INDArray in, INDArray mask, INDArray out, Position body) {
    int L = (int) Math.min(in.size(1), out.size(1));
    int T = (int) Math.max(in.size(1), out.size(1)) / L;
    float[] m = NdRowsF32.mask(mask);
    RowsF32 xs = NdRowsF32.of(in);
    RowsF32 ys = NdRowsF32.of(out);
    Workers.run(
        (int) in.size(0),
        in.length() + out.length(),
        (n, worker) -> {
          Pass p = new Pass(m, mean, T, L, (int) in.size(2));
          RowsF32 x = xs.duplicate();
          RowsF32 y = ys.duplicate();
          for (int l = 0; l < L; l++) {
            body.run(p, x, y, n, l);
          }
        });
  }

  /** Sizes, mask and rows of one task. */
  private static final class Pass {
    private final float[] mask;
    private final boolean mean;
    private final int T;
    private final int L;
    private final int F;
    private final float[] row;
    private final float[] sum;
    private final float[] zero;

    private Pass(float[] mask, boolean mean, int T, int L, int F) {
      this.mask = mask;
      this.mean = mean;
      this.T = T;
      this.L = L;
      this.F = F;
      this.row = new float[F];
      this.sum = new float[F];
      this.zero = new float[F];
    }

    private boolean isPresent(int n, int t, int l) {
      return mask == null || mask[(n * T + t) * L + l] != 0;
    }

    private int steps(int n, int l) {
      int steps = 0;
      for (int t = 0; t < T; t++) {
        steps += isPresent(n, t, l) ? 1 : 0;
      }
      return steps;
    }

    private float weight(int n, int l) {
      return mean ? 1f / Math.max(1, steps(n, l)) : 1f;
    }
  }
}
