package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.BatchNormKernelF32;
import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import java.util.Arrays;

/**
 * Mean and squared deviations of the rows of a matrix that are not missing, in one pass over
 * memory: a few rows at a time are read twice from the cache, once for their mean and once for
 * their deviations from it; parts are joined as in T. Chan, G. Golub, R. LeVeque, "Algorithms for
 * computing the sample variance", 1983. Order and borders depend on the sizes alone.
 */
final class RowStatisticsF32 {
  /** Rows of 1024 entries, 128 kB, stay in a second-level cache. */
  private static final int PART = 32;

  private Sums[] sums = new Sums[0];

  /** The statistics of the rows (r, 0) of z; belongs to this object. */
  Sums of(RowsF32 z, MapPassF32 pass) {
    int rows = pass.rows();
    int chunks = NodeChunks.count(rows);
    if (sums.length < chunks || sums[0].mean.length != pass.H) {
      sums = new Sums[chunks];
      Arrays.setAll(sums, c -> new Sums(pass.H));
    }
    NodeChunks.run(
        rows,
        (long) rows * pass.H,
        (from, to, chunk, worker) -> {
          RowsF32 source = z.duplicate();
          Sums total = sums[chunk].clear();
          Sums part = new Sums(pass.H);
          float[] row = new float[pass.H];
          for (int r = from; r < to; r += PART) {
            total.join(part.clear().read(source, pass, r, Math.min(to, r + PART), row));
          }
        });
    for (int c = 1; c < chunks; c++) {
      sums[0].join(sums[c]);
    }
    return sums[0];
  }

  /** Of some rows. */
  static final class Sums {
    final float[] mean;

    /** Sum of the squared deviations from the mean. */
    final float[] squares;

    private int count;

    private Sums(int H) {
      mean = new float[H];
      squares = new float[H];
    }

    private Sums clear() {
      Arrays.fill(mean, 0f);
      Arrays.fill(squares, 0f);
      count = 0;
      return this;
    }

    private Sums read(RowsF32 z, MapPassF32 pass, int from, int to, float[] row) {
      int H = mean.length;
      for (int r = from; r < to; r++) {
        if (!pass.missing(r)) {
          z.get(row, r, 0, 0, H);
          RowMathF32.add(mean, row, H);
          count++;
        }
      }
      RowMathF32.scale(mean, 1f / Math.max(1, count), H);
      for (int r = from; r < to; r++) {
        if (!pass.missing(r)) {
          z.get(row, r, 0, 0, H);
          BatchNormKernelF32.addSquares(squares, row, mean, H);
        }
      }
      return this;
    }

    private void join(Sums other) {
      if (other.count == 0) {
        return;
      }
      float share = (float) other.count / (count + other.count);
      BatchNormKernelF32.join(
          mean, squares, other.mean, other.squares, share, count * share, mean.length);
      count += other.count;
    }
  }
}
