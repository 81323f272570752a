package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.blas.Gemm;
import io.github.dl4jsnn.internal.blas.Matrix;
import io.github.dl4jsnn.internal.blas.ParallelGemm;
import io.github.dl4jsnn.internal.kernel.DropoutF32;
import io.github.dl4jsnn.internal.kernel.RowSinkF32;
import io.github.dl4jsnn.internal.kernel.RowSourceF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The affine map {@code z = x W} of an array {@code [N, T, nIn]} by matrix products, a block of
 * rows at a time. Rows that must be copied anyway (dropout, time last, gradients known to be 0 left
 * out, results that go elsewhere) pass through blocks that stay in the cache.
 */
final class GemmAffineF32 {
  /** Entries of a block: 4 MB at most, of which a 400 x 400 map uses less than half. */
  private static final int BLOCK_ENTRIES = 1 << 20;

  /** From here on, more rows make a product of 400 x 400 or larger no faster. */
  private static final int MAX_ROWS = 1024;

  /** Wide maps, whose weights do not fit into the cache, are read once for so many rows. */
  private static final int MIN_ROWS = 256;

  /** Rows of one task. */
  private static final int CHUNK = 64;

  /**
   * Multiplications up to which OpenBLAS works on the calling thread. Above it wakes threads of its
   * own, which then spin for a while: for the outputs of a classifier that is dearer than the
   * product.
   */
  private static final long ON_ONE_THREAD = 1 << 18;

  private final Gemm gemm = Gemm.get();
  private final BlockF32 x = new BlockF32();
  private final BlockF32 z = new BlockF32();
  private final BlockF32 dx = new BlockF32();
  private int T;
  private int nIn;
  private int H;
  private int[] active = new int[0];

  /**
   * Forward pass.
   *
   * @param dest (out) rows of H
   * @param in (in) {@code [N, nIn]} or {@code [N, T, nIn]}
   * @param weight (in) {@code [nIn, H]}
   * @param dropout of the input, or null
   */
  void forward(RowSinkF32 dest, INDArray in, INDArray weight, DropoutF32 dropout) {
    int rows = sizes(in, weight);
    int block = blockRows();
    Input input = new Input(in, dropout);
    z.of(block, H);
    for (int from = 0; from < rows; from += block) {
      int first = from;
      int count = Math.min(block, rows - from);
      if (!input.direct) {
        input.read(r -> first + r, count);
      }
      ParallelGemm.multiply(
          z.matrix(count), input.matrix(from, count, input.direct), Matrix.of(weight), false);
      RowsF32 result = z.rows();
      forRows(
          count,
          H,
          (lo, hi) -> {
            RowsF32 source = result.duplicate();
            RowSinkF32 sink = dest.open();
            float[] row = new float[H];
            for (int r = lo; r < hi; r++) {
              source.get(row, r, 0, 0, H);
              sink.put(row, (first + r) / T, (first + r) % T);
            }
          });
    }
  }

  /**
   * Backward pass.
   *
   * @param source (in) gradient of the result, rows of H; those known to be 0 cost nothing
   * @param in (in) as in {@link #forward}
   * @param weight (in) as in {@link #forward}
   * @param dropout as in {@link #forward}
   * @param dWeight (out) gradient of the weights, or null
   * @param dIn (out) gradient of the input, or null
   */
  void backward(
      RowSourceF32 source,
      INDArray in,
      INDArray weight,
      DropoutF32 dropout,
      INDArray dWeight,
      INDArray dIn) {
    int rows = sizes(in, weight);
    int actives = findActive(source, rows, dIn);
    if (actives == 0 && dWeight != null) {
      dWeight.assign(0);
    }
    boolean inTasks = (long) CHUNK * nIn * H <= ON_ONE_THREAD;
    if (dIn != null && inTasks) {
      inputGradientInTasks(source, dIn, weight, dropout, actives);
    }
    INDArray dInLeft = inTasks ? null : dIn;
    if (dWeight == null && dInLeft == null) {
      return;
    }
    int block = blockRows();
    Input input = new Input(in, dropout);
    z.of(block, H);
    for (int from = 0; from < actives; from += block) {
      int count = Math.min(block, actives - from);
      readGradient(source, from, count);
      if (dWeight != null) {
        weightGradient(input, dWeight, from, count);
      }
      if (dInLeft != null) {
        inputGradient(dInLeft, weight, dropout, from, count);
      }
    }
  }

  private int sizes(INDArray in, INDArray weight) {
    T = in.rank() == 3 ? (int) in.size(1) : 1;
    nIn = (int) in.size(in.rank() - 1);
    H = (int) weight.size(1);
    return Math.toIntExact(in.size(0) * T);
  }

  private int blockRows() {
    return Math.max(MIN_ROWS, Math.min(MAX_ROWS, BLOCK_ENTRIES / Math.max(nIn, H)));
  }

  /** Lists the rows with a gradient; the gradient of the input is 0 in the others. */
  private int findActive(RowSourceF32 source, int rows, INDArray dIn) {
    if (active.length < rows) {
      active = new int[rows];
    }
    int count = 0;
    for (int r = 0; r < rows; r++) {
      if (!source.isZero(r / T, r % T)) {
        active[count++] = r;
      }
    }
    if (dIn != null && count < rows) {
      clearInactive(count, rows, dIn);
    }
    return count;
  }

  /** Writes zeros between the {@code actives} rows of the list, which are in order. */
  private void clearInactive(int actives, int rows, INDArray dIn) {
    RowsF32 all = NdRowsF32.of(dIn);
    forRows(
        rows,
        nIn,
        (lo, hi) -> {
          RowsF32 dest = all.duplicate();
          float[] nothing = new float[nIn];
          int found = Arrays.binarySearch(active, 0, actives, lo);
          int next = found < 0 ? -found - 1 : found;
          for (int r = lo; r < hi; r++) {
            if (next < actives && active[next] == r) {
              next++;
            } else {
              dest.put(nothing, r / T, r % T, 0, nIn);
            }
          }
        });
  }

  private boolean gapless(int from, int count) {
    return active[from + count - 1] - active[from] == count - 1;
  }

  private void readGradient(RowSourceF32 source, int from, int count) {
    RowsF32 dest = z.rows();
    forRows(
        count,
        H,
        (lo, hi) -> readGradient(source.open(), from + lo, dest.duplicate(), lo, hi - lo));
  }

  /** Copies the gradients of {@code count} active rows, from number {@code from} on. */
  private void readGradient(RowSourceF32 source, int from, RowsF32 to, int at, int count) {
    float[] row = new float[H];
    for (int i = 0; i < count; i++) {
      int r = active[from + i];
      source.get(row, r / T, r % T);
      to.put(row, at + i, 0, 0, H);
    }
  }

  /** {@code dW = sum over blocks of x^T dz}. */
  private void weightGradient(Input input, INDArray dWeight, int from, int count) {
    boolean direct = input.direct && gapless(from, count);
    if (!direct) {
      input.read(r -> active[from + r], count);
    }
    Matrix rows = input.matrix(active[from], count, direct);
    ParallelGemm.multiply(Matrix.of(dWeight), rows.transpose(), z.matrix(count), from > 0);
  }

  /** {@code dx = dz W^T}. */
  private void inputGradient(
      INDArray dIn, INDArray weight, DropoutF32 dropout, int from, int count) {
    Matrix transposed = Matrix.of(weight).transpose();
    if (dropout == null && gapless(from, count) && Matrix.hasEvenRows(dIn)) {
      Matrix dest = Matrix.of(dIn).rows(active[from], count);
      ParallelGemm.multiply(dest, z.matrix(count), transposed, false);
      return;
    }
    ParallelGemm.multiply(
        dx.of(blockRows(), nIn).matrix(count), z.matrix(count), transposed, false);
    RowsF32 result = dx.rows();
    RowsF32 dest = NdRowsF32.of(dIn);
    forRows(
        count,
        nIn,
        (lo, hi) ->
            writeInputGradient(
                result.duplicate(), lo, hi - lo, dest.duplicate(), from + lo, dropout));
  }

  /** The same where the product of one task's rows is small: each task makes its own. */
  private void inputGradientInTasks(
      RowSourceF32 source, INDArray dIn, INDArray weight, DropoutF32 dropout, int actives) {
    Matrix transposed = Matrix.of(weight).transpose();
    int room = Workers.threads() * CHUNK;
    Matrix gradients = z.of(room, H).matrix(room);
    Matrix products = dx.of(room, nIn).matrix(room);
    RowsF32 all = NdRowsF32.of(dIn);
    Workers.run(
        (actives + CHUNK - 1) / CHUNK,
        (long) actives * nIn,
        (task, worker) -> {
          int from = task * CHUNK;
          int count = Math.min(CHUNK, actives - from);
          int at = worker * CHUNK;
          readGradient(source.open(), from, z.rows(), at, count);
          gemm.multiply(products.rows(at, count), gradients.rows(at, count), transposed, false);
          writeInputGradient(dx.rows(), at, count, all.duplicate(), from, dropout);
        });
  }

  /** Applies the dropout to {@code count} rows, and writes them to the active ones. */
  private void writeInputGradient(
      RowsF32 source, int at, int count, RowsF32 dest, int from, DropoutF32 dropout) {
    RowDropoutF32 masks = new RowDropoutF32(dropout, nIn);
    float[] row = new float[nIn];
    for (int i = 0; i < count; i++) {
      int r = active[from + i];
      source.get(row, at + i, 0, 0, nIn);
      masks.apply(row, r / T, r % T);
      dest.put(row, r / T, r % T, 0, nIn);
    }
  }

  /** Work on the rows {@code from..to-1} of a block. */
  private interface Range {
    void run(int from, int to);
  }

  private static void forRows(int count, int columns, Range body) {
    Workers.run(
        (count + CHUNK - 1) / CHUNK,
        (long) count * columns,
        (task, worker) -> body.run(task * CHUNK, Math.min(count, (task + 1) * CHUNK)));
  }

  /** Number of a block's row in the array. */
  private interface RowNumber {
    int of(int r);
  }

  /** The input: rows of a block lie in the array itself, or are copied. */
  private final class Input {
    private final INDArray in;
    private final RowsF32 rows;
    private final DropoutF32 dropout;

    /** Whether the array's own rows are the rows of the product. */
    private final boolean direct;

    private Input(INDArray in, DropoutF32 dropout) {
      this.in = in;
      this.rows = NdRowsF32.of(in);
      this.dropout = dropout;
      this.direct = dropout == null && Matrix.hasEvenRows(in);
    }

    /** Copies rows into the block. */
    private void read(RowNumber number, int count) {
      RowsF32 dest = x.of(blockRows(), nIn).rows();
      forRows(
          count,
          nIn,
          (lo, hi) -> {
            RowsF32 source = rows.duplicate();
            RowsF32 to = dest.duplicate();
            RowDropoutF32 masks = new RowDropoutF32(dropout, nIn);
            float[] row = new float[nIn];
            for (int r = lo; r < hi; r++) {
              int at = number.of(r);
              source.get(row, at / T, at % T, 0, nIn);
              masks.apply(row, at / T, at % T);
              to.put(row, r, 0, 0, nIn);
            }
          });
    }

    private Matrix matrix(int from, int count, boolean inPlace) {
      return inPlace ? Matrix.of(in).rows(from, count) : x.matrix(count);
    }
  }
}
