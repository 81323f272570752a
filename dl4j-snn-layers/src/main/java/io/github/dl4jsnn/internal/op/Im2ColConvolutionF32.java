package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.blas.Matrix;
import io.github.dl4jsnn.internal.blas.ParallelGemm;
import io.github.dl4jsnn.internal.kernel.ConvolutionShape;
import io.github.dl4jsnn.internal.kernel.Im2ColF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolution by matrix products, some lines of output at a time, whose windows are laid out as
 * columns of a block: {@code out [K, lines * oW] = weights [K, C * kH * kW] block}. The block stays
 * within {@link #BLOCK_ENTRIES} whatever the sizes of images and batch.
 */
final class Im2ColConvolutionF32 {
  /** Columns of a product from which on more make it no faster. */
  private static final int COLUMNS = 512;

  /** Entries of the block: 16 MB, unless a single line of windows has more. */
  private static final int BLOCK_ENTRIES = 1 << 22;

  private final BlockF32 windows = new BlockF32();
  private final BlockF32 block = new BlockF32();

  /** {@code out = conv(in)}. */
  void forward(ConvolutionShape s, INDArray in, INDArray weights, ImageSinkF32 out) {
    RowsF32 x = ImageSinkF32.channels(in);
    Matrix w = Matrix.at(weights, s.K, s.window());
    forChunks(
        s,
        (int) in.size(0),
        (first, lines) -> {
          int columns = lines * s.oW;
          gather(x, s, first, lines);
          ParallelGemm.multiply(
              block.of(s.K, columns).matrix(s.K), w, windows.matrix(s.window()), false);
          putOutput(out, s, first, lines);
        });
  }

  /** {@code dWeights = sum over n of g x}. */
  void weightGradient(ConvolutionShape s, INDArray in, INDArray g, INDArray dWeights) {
    RowsF32 x = ImageSinkF32.channels(in);
    RowsF32 gradients = ImageSinkF32.channels(g);
    Matrix dw = Matrix.at(dWeights, s.K, s.window());
    forChunks(
        s,
        (int) in.size(0),
        (first, lines) -> {
          gather(x, s, first, lines);
          readGradient(gradients, s, first, lines);
          Matrix transposed = windows.matrix(s.window()).transpose();
          ParallelGemm.multiply(dw, block.matrix(s.K), transposed, first > 0);
        });
  }

  /** {@code dIn = conv^T(g)}. */
  void inputGradient(ConvolutionShape s, INDArray weights, INDArray g, INDArray dIn) {
    RowsF32 dx = ImageSinkF32.channels(dIn);
    RowsF32 gradients = ImageSinkF32.channels(g);
    Matrix transposed = Matrix.at(weights, s.K, s.window()).transpose();
    forChunks(
        s,
        (int) dIn.size(0),
        (first, lines) -> {
          readGradient(gradients, s, first, lines);
          Matrix dWindows = windows.of(s.window(), lines * s.oW).matrix(s.window());
          ParallelGemm.multiply(dWindows, transposed, block.matrix(s.K), false);
          scatter(dx, s, first, lines);
        });
  }

  /** Work on lines {@code first..first+lines-1}, one chunk after the other. */
  private interface Chunk {
    void run(int first, int lines);
  }

  private static void forChunks(ConvolutionShape s, int N, Chunk chunk) {
    ParallelGemm.oneThreadEach(() -> forEachChunk(s, N, chunk));
  }

  private static void forEachChunk(ConvolutionShape s, int N, Chunk chunk) {
    int bound = (int) Math.max(1, BLOCK_ENTRIES / ((long) s.window() * s.oW));
    int lines = Math.min(bound, Math.max(1, COLUMNS / s.oW));
    for (int first = 0; first < N * s.oH; first += lines) {
      chunk.run(first, Math.min(lines, N * s.oH - first));
    }
  }

  /** Lays out windows; each task writes the rows of one channel. */
  private void gather(RowsF32 in, ConvolutionShape s, int first, int lines) {
    RowsF32 all = windows.of(s.window(), lines * s.oW).rows();
    Workers.run(
        s.C,
        (long) s.window() * lines * s.oW,
        (c, worker) -> {
          RowsF32 source = in.duplicate();
          RowsF32 dest = all.duplicate();
          float[] plane = new float[s.H * s.W];
          float[][] rows = new float[s.taps()][lines * s.oW];
          ConvolutionLines.forEachImage(
              first,
              lines,
              s.oH,
              (n, from, to, at) -> {
                source.get(plane, n * s.C + c, 0, 0, s.H * s.W);
                for (int k = 0; k < s.taps(); k++) {
                  Im2ColF32.gather(rows[k], at * s.oW, plane, s, k / s.kW, k % s.kW, from, to);
                }
              });
          for (int k = 0; k < s.taps(); k++) {
            dest.put(rows[k], c * s.taps() + k, 0, 0, lines * s.oW);
          }
        });
  }

  /** Adds the gradients of windows to those of pixels; each task writes one channel. */
  private void scatter(RowsF32 dIn, ConvolutionShape s, int first, int lines) {
    RowsF32 all = windows.rows();
    Workers.run(
        s.C,
        (long) s.window() * lines * s.oW,
        (c, worker) -> {
          RowsF32 source = all.duplicate();
          RowsF32 dest = dIn.duplicate();
          float[] plane = new float[s.H * s.W];
          float[][] rows = new float[s.taps()][lines * s.oW];
          for (int k = 0; k < s.taps(); k++) {
            source.get(rows[k], c * s.taps() + k, 0, 0, lines * s.oW);
          }
          ConvolutionLines.forEachImage(
              first,
              lines,
              s.oH,
              (n, from, to, at) -> {
                if (from == 0) {
                  Arrays.fill(plane, 0f);
                } else {
                  dest.get(plane, n * s.C + c, 0, 0, s.H * s.W); // begun by the chunk before
                }
                for (int k = 0; k < s.taps(); k++) {
                  Im2ColF32.scatterAdd(plane, rows[k], at * s.oW, s, k / s.kW, k % s.kW, from, to);
                }
                dest.put(plane, n * s.C + c, 0, 0, s.H * s.W);
              });
        });
  }

  private void putOutput(ImageSinkF32 out, ConvolutionShape s, int first, int lines) {
    RowsF32 all = block.rows();
    Workers.run(
        s.K,
        (long) s.K * lines * s.oW,
        (k, worker) -> {
          RowsF32 source = all.duplicate();
          ImageSinkF32 sink = out.open();
          float[] row = new float[Math.min(s.oH, lines) * s.oW];
          ConvolutionLines.forEachImage(
              first,
              lines,
              s.oH,
              (n, from, to, at) -> {
                int count = (to - from) * s.oW;
                source.get(row, k, 0, at * s.oW, count);
                sink.put(row, n, k, from * s.oW, count);
              });
        });
  }

  private void readGradient(RowsF32 g, ConvolutionShape s, int first, int lines) {
    RowsF32 all = block.of(s.K, lines * s.oW).rows();
    Workers.run(
        s.K,
        (long) s.K * lines * s.oW,
        (k, worker) -> {
          RowsF32 source = g.duplicate();
          RowsF32 dest = all.duplicate();
          float[] row = new float[Math.min(s.oH, lines) * s.oW];
          ConvolutionLines.forEachImage(
              first,
              lines,
              s.oH,
              (n, from, to, at) -> {
                int count = (to - from) * s.oW;
                source.get(row, n * s.K + k, 0, from * s.oW, count);
                dest.put(row, k, 0, at * s.oW, count);
              });
        });
  }
}
