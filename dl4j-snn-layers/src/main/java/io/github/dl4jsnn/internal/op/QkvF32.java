package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.blas.Matrix;
import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Queries, keys and values of one thread: side by side in the input, {@code [N, S, 3D]}. */
final class QkvF32 {
  private final BlockF32 copy = new BlockF32();
  private float[] row;

  /** Features of a head. */
  static int width(INDArray in, int heads) {
    return (int) in.size(2) / 3 / heads;
  }

  /** Q, K and V of a head, {@code [L, d]} each, of {@code [L, 3D]}. */
  static Matrix[] head(Matrix qkv, int h, int d, int heads) {
    int D = heads * d;
    return new Matrix[] {
      qkv.columns(h * d, d), qkv.columns(D + h * d, d), qkv.columns(2 * D + h * d, d)
    };
  }

  /**
   * Entries {@code from .. from + L - 1} of an example, where they lie; if there is a mask, a copy
   * in which absentees are 0.
   */
  Matrix read(String layer, INDArray in, float[] present, int n, int from, int L) {
    if (present == null) {
      return Matrix.example(in, n).rows(from, L);
    }
    int entries = (int) in.size(1);
    int width = (int) in.size(2);
    row = ScratchF32.row(row, width);
    RowsF32 source = NdRowsF32.of(in);
    RowsF32 dest = copy.of(L, width).rows();
    for (int l = 0; l < L; l++) {
      if (present[n * entries + from + l] == 0) {
        Arrays.fill(row, 0, width, 0f);
      } else {
        source.get(row, n, from + l, 0, width);
        checkFinite(layer, row, n, width);
      }
      dest.put(row, l, 0, 0, width);
    }
    return copy.matrix(L);
  }

  static void checkFinite(String layer, float[] row, int n, int width) {
    if (!RowMathF32.isFinite(row, width)) {
      throw new IllegalArgumentException(
          layer + ": the input of example " + n + " holds NaN or infinite values");
    }
  }
}
