package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** ND4J arrays as rows, without a copy, for any strides. */
final class NdRowsF32 {
  /** Rows of a tile: one cache line each, together within the first-level cache. */
  private static final int TILE = 64;

  private NdRowsF32() {}

  /**
   * Rows of an array {@code [F]}, {@code [N, F]} (one time step) or {@code [N, T, F]}.
   *
   * @throws IllegalArgumentException if the array is too large for one buffer
   */
  static RowsF32 of(INDArray a) {
    long last = a.offset();
    for (int d = 0; d < a.rank(); d++) {
      last += (a.size(d) - 1) * a.stride(d);
    }
    // ND4J hands out one byte buffer, which ends at 2^31 - 1 bytes
    if ((last + 1) * a.dataType().width() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "An array of shape "
              + Arrays.toString(a.shape())
              + " is too large: its data ends beyond 2 GiB");
    }
    FloatBuffer buffer = a.data().asNioFloat();
    int offset = buffer.position();
    switch (a.rank()) {
      case 1:
        return new RowsF32(buffer, offset, 0, 0, (int) a.stride(0));
      case 2:
        return new RowsF32(buffer, offset, (int) a.stride(0), 0, (int) a.stride(1));
      case 3:
        return new RowsF32(buffer, offset, (int) a.stride(0), (int) a.stride(1), (int) a.stride(2));
      default:
        throw new IllegalArgumentException(
            "expected rank 1 to 3, got shape " + Arrays.toString(a.shape()));
    }
  }

  /**
   * A parameter vector as a Java array; {@code missing} repeated where the array is null, the value
   * where it is scalar.
   */
  static float[] vector(INDArray a, int n, float missing) {
    float[] v = new float[n];
    if (a == null) {
      Arrays.fill(v, missing);
    } else if (a.length() == 1) {
      Arrays.fill(v, (float) a.getDouble(0));
    } else {
      of(a.rank() == 1 ? a : a.reshape(n)).get(v, 0, 0, 0, n);
    }
    return v;
  }

  /** A mask {@code [N, T]} row by row, or null. */
  static float[] mask(INDArray a) {
    return a == null ? null : vector(a.dup('c').reshape(a.length()), (int) a.length(), 1);
  }

  /** Overwrites a parameter's gradient; a scalar parameter receives the sum. */
  static void putVector(INDArray dest, float[] v) {
    if (dest == null) {
      return;
    }
    if (dest.length() == 1) {
      float sum = 0;
      for (float x : v) {
        sum += x;
      }
      dest.putScalar(0, sum);
    } else {
      of(dest.rank() == 1 ? dest : dest.reshape(v.length)).put(v, 0, 0, 0, v.length);
    }
  }

  /** The rows of a matrix; {@code dest} is reused where it fits. */
  static float[][] matrix(INDArray a, float[][] dest) {
    int n = (int) a.size(0);
    int f = (int) a.size(1);
    float[][] m = ScratchF32.rows(dest, n, f);
    if (keepsColumns(a)) {
      forTiles(
          a,
          (columns, tile, from) -> {
            for (int j = 0; j < f; j++) {
              columns.get(tile, j, 0, from, tile.length);
              for (int i = 0; i < tile.length; i++) {
                m[from + i][j] = tile[i];
              }
            }
          });
      return m;
    }
    RowsF32 rows = of(a);
    for (int i = 0; i < n; i++) {
      rows.get(m[i], i, 0, 0, f);
    }
    return m;
  }

  /** Overwrites a matrix row by row. */
  static void putMatrix(INDArray dest, float[][] m) {
    int f = (int) dest.size(1);
    if (keepsColumns(dest)) {
      forTiles(
          dest,
          (columns, tile, from) -> {
            for (int j = 0; j < f; j++) {
              for (int i = 0; i < tile.length; i++) {
                tile[i] = m[from + i][j];
              }
              columns.put(tile, j, 0, from, tile.length);
            }
          });
      return;
    }
    RowsF32 rows = of(dest);
    for (int i = 0; i < dest.size(0); i++) {
      rows.put(m[i], i, 0, 0, f);
    }
  }

  /** Entries of a column side by side, as in the weights of DL4J's layers. */
  private static boolean keepsColumns(INDArray a) {
    return a.stride(0) == 1 && a.stride(1) != 1;
  }

  /** Work on rows {@code from .. from + tile.length} of a matrix, opened by columns. */
  private interface Tile {
    void run(RowsF32 columns, float[] tile, int from);
  }

  private static void forTiles(INDArray a, Tile body) {
    int n = (int) a.size(0);
    RowsF32 columns = of(a.transpose());
    Workers.run(
        (n + TILE - 1) / TILE,
        a.length(),
        (task, worker) -> {
          int from = task * TILE;
          body.run(columns.duplicate(), new float[Math.min(TILE, n - from)], from);
        });
  }
}
