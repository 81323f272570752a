package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.DropoutF32;
import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowSourceF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gradient of the input of a narrow affine map, {@code dx = dz W^T}. With as few outputs as a
 * classifier has, adding up rows of {@code W^T} is cheaper than the copies around a matrix product.
 */
final class NarrowInputGradientF32 {
  /** Outputs up to which this pays: four passes over a row of dx. */
  static final int WIDTH = 16;

  private NarrowInputGradientF32() {}

  /**
   * Computes all rows.
   *
   * @param dz (in) rows of H
   * @param weight (in) {@code [nIn, H]}
   * @param dropout of the input, or null
   * @param dIn (out) {@code [N, nIn]} or {@code [N, T, nIn]}; overwritten
   */
  static void run(RowSourceF32 dz, INDArray weight, DropoutF32 dropout, INDArray dIn) {
    int N = (int) dIn.size(0);
    int T = dIn.rank() == 3 ? (int) dIn.size(1) : 1;
    int nIn = (int) weight.size(0);
    int H = (int) weight.size(1);
    float[][] columns = NdRowsF32.matrix(weight.transpose(), null);
    RowsF32 dest = NdRowsF32.of(dIn);
    NodeChunks.run(
        N,
        dIn.length(),
        (from, to, chunk, worker) -> {
          RowSourceF32 source = dz.open();
          RowsF32 rows = dest.duplicate();
          float[] nothing = new float[nIn];
          float[] d = new float[H];
          float[] row = new float[nIn];
          long[] keep = new long[DropoutF32.words(nIn)];
          for (int n = from; n < to; n++) {
            for (int t = 0; t < T; t++) {
              if (source.isZero(n, t)) {
                rows.put(nothing, n, t, 0, nIn);
                continue;
              }
              source.get(d, n, t);
              multiply(row, columns, d, nIn);
              if (dropout != null) {
                dropout.mask(keep, n, t, nIn);
                dropout.apply(row, keep, nIn);
              }
              rows.put(row, n, t, 0, nIn);
            }
          }
        });
  }

  private static void multiply(float[] row, float[][] columns, float[] d, int nIn) {
    Arrays.fill(row, 0, nIn, 0f);
    int h = 0;
    for (; h <= d.length - 4; h += 4) {
      RowMathF32.addFour(
          row,
          columns[h],
          d[h],
          columns[h + 1],
          d[h + 1],
          columns[h + 2],
          d[h + 2],
          columns[h + 3],
          d[h + 3],
          nIn);
    }
    for (; h < d.length; h++) {
      RowMathF32.addScaled(row, columns[h], d[h], nIn);
    }
  }
}
