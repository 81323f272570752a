package io.github.dl4jsnn.internal.kernel;

import java.util.Arrays;

/**
 * The non-zero entries of an array {@code [N, T, F]}: spikes, or a bag of words. Rows are (n, t)
 * pairs.
 *
 * <p>Products with a weight matrix then cost one row addition an entry instead of {@code F}
 * multiplications a row. Kept in chunks of nodes, each filled by one task; buffers grow as needed
 * and are reused by the next {@link #collect}.
 */
public final class SparseRowsF32 {
  private static final int CHUNK = 64;

  /**
   * A row with fewer than one entry in so many holds enough zeros in a row to skip eight at once.
   */
  private static final int RARE = 32;

  private int N;
  private int T;
  private int F;
  private int[][] start = new int[0][];
  private int[][] column = new int[0][];
  private float[][] value = new float[0][];

  /**
   * Collects the non-zero entries.
   *
   * @param in (in) the array
   * @param dropout applied to each entry, or null
   */
  public void collect(RowsF32 in, DropoutF32 dropout, int N, int T, int F) {
    this.N = N;
    this.T = T;
    this.F = F;
    int chunks = (N + CHUNK - 1) / CHUNK;
    if (start.length < chunks) {
      start = Arrays.copyOf(start, chunks);
      column = Arrays.copyOf(column, chunks);
      value = Arrays.copyOf(value, chunks);
    }
    Workers.run(chunks, (long) N * T * F, (c, worker) -> collectChunk(in.duplicate(), dropout, c));
  }

  private long entries() {
    long entries = 0;
    for (int c = 0; c < (N + CHUNK - 1) / CHUNK; c++) {
      entries += start[c][rowsOf(c)];
    }
    return entries;
  }

  private int rowsOf(int chunk) {
    return (Math.min(N, (chunk + 1) * CHUNK) - chunk * CHUNK) * T;
  }

  private void collectChunk(RowsF32 in, DropoutF32 dropout, int c) {
    int rows = rowsOf(c);
    if (start[c] == null || start[c].length <= rows) {
      start[c] = new int[rows + 1];
    }
    float[] row = new float[F];
    long[] keep = new long[DropoutF32.words(F)];
    int size = 0;
    for (int r = 0; r < rows; r++) {
      int n = c * CHUNK + r / T;
      int t = r % T;
      in.get(row, n, t, 0, F);
      grow(c, size + F);
      start[c][r] = size;
      // The row before tells whether skipping zeros pays.
      boolean rare = r > 0 && (size - start[c][r - 1]) * RARE < F;
      size =
          rare
              ? RowLoops.pickRare(column[c], value[c], size, row, F)
              : RowLoops.pick(column[c], value[c], size, row, F);
      if (dropout != null) {
        if (!dropout.sameAsBefore(t)) {
          dropout.mask(keep, n, t, F);
        }
        size = drop(c, start[c][r], size, keep, dropout.scale());
      }
    }
    start[c][rows] = size;
  }

  private void grow(int c, int size) {
    if (column[c] == null) {
      column[c] = new int[size];
      value[c] = new float[size];
    } else if (column[c].length < size) {
      int length = Math.max(size, column[c].length + column[c].length / 2);
      column[c] = Arrays.copyOf(column[c], length);
      value[c] = Arrays.copyOf(value[c], length);
    }
  }

  private int drop(int c, int from, int to, long[] keep, float scale) {
    int[] col = column[c];
    float[] val = value[c];
    int at = from;
    for (int e = from; e < to; e++) {
      int f = col[e];
      col[at] = f;
      val[at] = val[e] * scale;
      at += DropoutF32.kept(keep, f);
    }
    return at;
  }

  /**
   * {@code z[n, t, h] = sum over f of x[n, t, f] w[f, h]}; z is overwritten.
   *
   * @param z (out) rows of H
   * @param w (in) F rows of H
   */
  public void multiply(RowSinkF32 z, float[][] w, int H) {
    int chunks = (N + CHUNK - 1) / CHUNK;
    float[] narrow = H <= NarrowRowsF32.WIDTH ? NarrowRowsF32.pack(w, F, H) : null;
    Workers.run(chunks, entries() * H, (c, worker) -> multiplyChunk(z.open(), w, narrow, H, c));
  }

  private void multiplyChunk(RowSinkF32 z, float[][] w, float[] narrow, int H, int c) {
    int[] s = start[c];
    float[] sum = new float[Math.max(H, NarrowRowsF32.WIDTH)];
    for (int r = 0; r < rowsOf(c); r++) {
      if (narrow != null) {
        NarrowRowsF32.sum(sum, column[c], value[c], s[r], s[r + 1], narrow);
      } else {
        RowMathF32.sumRows(sum, w, column[c], value[c], s[r], s[r + 1], H);
      }
      z.put(sum, c * CHUNK + r / T, r % T);
    }
  }

  /**
   * {@code dW[f, h] += sum over n, t of x[n, t, f] dZ[n, t, h]}.
   *
   * <p>Tasks share the features, not the rows: each row of dW has one writer, which meets its
   * entries in the order of n and t however many tasks there are.
   *
   * @param dw (added to) F rows of H
   * @param dz (in) rows of H; those known to be 0 are skipped
   */
  public void addOuter(float[][] dw, RowSourceF32 dz, int H) {
    int tasks = Workers.threadsFor(entries() * H);
    Workers.run(
        tasks,
        entries() * H,
        (task, worker) -> addOuter(dw, dz.open(), H, bound(task, tasks), bound(task + 1, tasks)));
  }

  private int bound(int task, int tasks) {
    return (int) ((long) F * task / tasks);
  }

  private void addOuter(float[][] dw, RowSourceF32 dz, int H, int fromF, int toF) {
    float[] d = new float[H];
    for (int n = 0; n < N; n++) {
      int c = n / CHUNK;
      for (int t = 0; t < T; t++) {
        if (!dz.isZero(n, t)) {
          int r = (n % CHUNK) * T + t;
          dz.get(d, n, t);
          addOuterRow(dw, d, c, start[c][r], start[c][r + 1], fromF, toF, H);
        }
      }
    }
  }

  private void addOuterRow(
      float[][] dw, float[] d, int c, int from, int to, int fromF, int toF, int H) {
    int[] col = column[c];
    float[] val = value[c];
    for (int e = lowerBound(col, from, to, fromF); e < to && col[e] < toF; e++) {
      RowMathF32.addScaled(dw[col[e]], d, val[e], H);
    }
  }

  private static int lowerBound(int[] column, int from, int to, int f) {
    if (f == 0) {
      return from;
    }
    int at = Arrays.binarySearch(column, from, to, f);
    return at >= 0 ? at : -at - 1;
  }
}
