package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.DropoutF32;
import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The input of a graph vertex after dropout, one row of {@code steps * F} a node, and back. */
final class InputRowsF32 {
  private final DropoutF32 dropout;
  private final int N;
  private final int steps;
  private final int F;

  /**
   * Sizes of one pass.
   *
   * @param in {@code [N, F]} or {@code [N, steps, F]}
   * @param dropout of the input, or null
   */
  InputRowsF32(INDArray in, DropoutF32 dropout) {
    this.dropout = dropout;
    this.N = (int) in.size(0);
    this.steps = in.rank() == 3 ? (int) in.size(1) : 1;
    this.F = (int) in.size(in.rank() - 1);
  }

  /** Entries of a row. */
  int width() {
    return steps * F;
  }

  /** Reads all rows into {@code dest}. */
  void read(INDArray in, float[][] dest) {
    forRows(
        NdRowsF32.of(in),
        (rows, masks, row, spare, n, t) -> {
          rows.get(row, n, t, 0, F);
          masks.apply(row, n, t);
          System.arraycopy(row, 0, dest[n], t * F, F);
        });
  }

  /** Writes {@code src} as it is. */
  void write(INDArray out, float[][] src) {
    forRows(
        NdRowsF32.of(out),
        (rows, masks, row, spare, n, t) -> {
          System.arraycopy(src[n], t * F, row, 0, F);
          rows.put(row, n, t, 0, F);
        });
  }

  /** Adds the gradient of the rows that {@link #read} gave to that of the input. */
  void addGradient(INDArray dIn, float[][] dRows) {
    forRows(
        NdRowsF32.of(dIn),
        (rows, masks, row, sum, n, t) -> {
          System.arraycopy(dRows[n], t * F, row, 0, F);
          masks.apply(row, n, t);
          rows.get(sum, n, t, 0, F);
          RowMathF32.add(sum, row, F);
          rows.put(sum, n, t, 0, F);
        });
  }

  /** Work on row (n, t). */
  private interface RowTask {
    void run(RowsF32 rows, RowDropoutF32 masks, float[] row, float[] spare, int n, int t);
  }

  private void forRows(RowsF32 all, RowTask task) {
    NodeChunks.run(
        N,
        (long) N * steps * F,
        (from, to, chunk, worker) -> {
          RowsF32 rows = all.duplicate();
          RowDropoutF32 masks = new RowDropoutF32(dropout, F);
          float[] row = new float[F];
          float[] spare = new float[F];
          for (int n = from; n < to; n++) {
            for (int t = 0; t < steps; t++) {
              task.run(rows, masks, row, spare, n, t);
            }
          }
        });
  }
}
