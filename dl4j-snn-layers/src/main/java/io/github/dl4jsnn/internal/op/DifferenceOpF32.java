package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link DifferenceOp} in this file's precision. */
final class DifferenceOpF32 implements DifferenceOp {

  @Override
  public void forward(INDArray in, INDArray mask, INDArray out) {
    float[][] present = mask == null ? null : NdRowsF32.matrix(mask, null);
    // out[l] = in[l] - in[l-1]
    forEachPlace(
        in,
        out,
        (row, other, x, n, l) -> {
          if (isThere(present, n, l)) {
            add(row, x, n, l, other, 1);
            add(row, x, n, l - 1, other, -1);
          }
        });
  }

  @Override
  public void backward(INDArray mask, INDArray g, INDArray dIn) {
    float[][] present = mask == null ? null : NdRowsF32.matrix(mask, null);
    int length = (int) g.size(1);
    // in[l] is part of out[l] and, subtracted, of out[l+1]
    forEachPlace(
        g,
        dIn,
        (row, other, dy, n, l) -> {
          if (isThere(present, n, l)) {
            add(row, dy, n, l, other, 1);
          }
          if (l + 1 < length && isThere(present, n, l + 1)) {
            add(row, dy, n, l + 1, other, -1);
          }
        });
  }

  /** Whether there is a difference at place l: it and the place before it must be there. */
  private static boolean isThere(float[][] present, int n, int l) {
    return l > 0 && (present == null || present[n][l] != 0 && present[n][l - 1] != 0);
  }

  private static void add(float[] row, RowsF32 from, int n, int l, float[] other, float sign) {
    from.get(other, n, l, 0, row.length);
    for (int f = 0; f < row.length; f++) {
      row[f] += sign * other[f];
    }
  }

  /** Adds to a row of zeros what belongs to one place. */
  private interface Place {
    void run(float[] row, float[] other, RowsF32 from, int n, int l);
  }

  private static void forEachPlace(INDArray source, INDArray dest, Place body) {
    int length = (int) source.size(1);
    int features = (int) source.size(2);
    RowsF32 sources = NdRowsF32.of(source);
    RowsF32 dests = NdRowsF32.of(dest);
    Workers.run(
        (int) source.size(0),
        source.length() + dest.length(),
        (n, worker) -> {
          RowsF32 from = sources.duplicate();
          RowsF32 to = dests.duplicate();
          float[] row = new float[features];
          float[] other = new float[features];
          for (int l = 0; l < length; l++) {
            Arrays.fill(row, 0);
            body.run(row, other, from, n, l);
            to.put(row, n, l, 0, features);
          }
        });
  }
}
