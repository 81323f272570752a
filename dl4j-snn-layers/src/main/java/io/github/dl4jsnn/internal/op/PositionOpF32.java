package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link PositionOp} in this file's precision. */
final class PositionOpF32 implements PositionOp {

  @Override
  public void forward(INDArray in, INDArray mask, INDArray codes, INDArray out) {
    int features = (int) in.size(2);
    int all = (int) out.size(2);
    float[][] code = NdRowsF32.matrix(codes, null);
    forEachEntry(
        in,
        out,
        mask,
        all,
        (row, from, to, n, p) -> {
          from.get(row, n, p, 0, features);
          if (all > features) {
            System.arraycopy(code[p], 0, row, features, all - features);
          } else {
            RowMathF32.add(row, code[p], features);
          }
          to.put(row, n, p, 0, all);
        });
  }

  @Override
  public void backward(INDArray mask, INDArray g, INDArray dIn) {
    int features = (int) dIn.size(2);
    forEachEntry(
        g,
        dIn,
        mask,
        features,
        (row, from, to, n, p) -> {
          from.get(row, n, p, 0, features);
          to.put(row, n, p, 0, features);
        });
  }

  /** What happens to one entry that is there. */
  private interface Entry {
    void run(float[] row, RowsF32 from, RowsF32 to, int n, int p);
  }

  /** Entries that are not there become 0. */
  private static void forEachEntry(
      INDArray source, INDArray dest, INDArray mask, int width, Entry body) {
    float[][] present = mask == null ? null : NdRowsF32.matrix(mask, null);
    int length = (int) source.size(1);
    RowsF32 sources = NdRowsF32.of(source);
    RowsF32 dests = NdRowsF32.of(dest);
    Workers.run(
        (int) source.size(0),
        source.length() + dest.length(),
        (n, worker) -> {
          RowsF32 from = sources.duplicate();
          RowsF32 to = dests.duplicate();
          float[] row = new float[width];
          for (int p = 0; p < length; p++) {
            if (present == null || present[n][p] != 0) {
              body.run(row, from, to, n, p);
            } else {
              Arrays.fill(row, 0);
              to.put(row, n, p, 0, width);
            }
          }
        });
  }
}
