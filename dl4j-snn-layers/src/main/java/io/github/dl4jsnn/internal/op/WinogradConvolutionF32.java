package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.blas.Gemm;
import io.github.dl4jsnn.internal.blas.Matrix;
import io.github.dl4jsnn.internal.blas.ParallelGemm;
import io.github.dl4jsnn.internal.kernel.ConvolutionShape;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.WinogradF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolution with kernels of 3x3 and stride 1 by the transforms of {@link WinogradF32}: tiles of
 * some images are transformed, then each of the 16 entries of all transformed tiles is one matrix
 * product, {@code m[e] [tiles, K] = v[e] [tiles, C] u[e] [C, K]}, and what comes out is transformed
 * back.
 */
final class WinogradConvolutionF32 {
  private static final int ENTRIES = 16;

  /** Entries of a chunk's transformed tiles, in and out: 8 MB. */
  private static final int CHUNK_ENTRIES = 1 << 21;

  private final Gemm gemm = Gemm.get();
  private final BlockF32 u = new BlockF32();
  private final BlockF32 du = new BlockF32();
  private final BlockF32 v = new BlockF32();
  private final BlockF32 m = new BlockF32();
  private WinogradTilesF32[] tiles = new WinogradTilesF32[0];
  private ConvolutionShape s;
  private int perImage;

  /** {@code out = conv(in)}. */
  void forward(ConvolutionShape s, INDArray in, INDArray weights, ImageSinkF32 out) {
    prepare(s);
    transformWeights(weights);
    RowsF32 x = ImageSinkF32.channels(in);
    forChunks(
        (int) in.size(0),
        (first, images) -> {
          int P = images * perImage;
          RowsF32 vs = v.of(ENTRIES * P, s.C).rows();
          forImages(images, (t, n) -> t.input(vs, x, first + n, n, P));
          RowsF32 ms = m.of(ENTRIES * P, s.K).rows();
          ParallelGemm.run(
              ENTRIES,
              (e, worker) -> gemm.multiply(part(m, e, P), part(v, e, P), part(u, e, s.C), false));
          forImages(images, (t, n) -> t.output(out.open(), ms, first + n, n, P));
        });
  }

  /**
   * Gradients.
   *
   * @param dWeights (out) or null
   * @param dIn (out) or null
   */
  void backward(
      ConvolutionShape s,
      INDArray in,
      INDArray weights,
      INDArray g,
      INDArray dWeights,
      INDArray dIn) {
    prepare(s);
    if (dIn != null) {
      transformWeights(weights);
    }
    du.of(ENTRIES * s.C, s.K);
    RowsF32 x = ImageSinkF32.channels(in);
    RowsF32 gradients = ImageSinkF32.channels(g);
    RowsF32 dx = dIn == null ? null : ImageSinkF32.channels(dIn);
    forChunks(
        (int) in.size(0),
        (first, images) -> {
          int P = images * perImage;
          RowsF32 ms = m.of(ENTRIES * P, s.K).rows();
          forImages(images, (t, n) -> t.outputBackward(ms, gradients, first + n, n, P));
          RowsF32 vs = v.of(ENTRIES * P, s.C).rows();
          if (dWeights != null) {
            forImages(images, (t, n) -> t.input(vs, x, first + n, n, P));
            ParallelGemm.run(
                ENTRIES,
                (e, worker) -> {
                  Matrix transposed = part(v, e, P).transpose();
                  gemm.multiply(part(du, e, s.C), transposed, part(m, e, P), first > 0);
                });
          }
          if (dIn != null) {
            ParallelGemm.run(
                ENTRIES,
                (e, worker) -> {
                  Matrix transposed = part(u, e, s.C).transpose();
                  gemm.multiply(part(v, e, P), part(m, e, P), transposed, false);
                });
            forImages(images, (t, n) -> t.inputBackward(dx, vs, first + n, n, P));
          }
        });
    if (dWeights != null) {
      transformGradient(dWeights);
    }
  }

  private static Matrix part(BlockF32 block, int e, int rows) {
    return block.matrix(ENTRIES * rows).rows(e * rows, rows);
  }

  private void prepare(ConvolutionShape s) {
    boolean same = this.s != null && WinogradTilesF32.sameSizes(this.s, s);
    this.s = s;
    perImage = ((s.oH + 1) / 2) * ((s.oW + 1) / 2);
    if (!same || tiles.length < Workers.threads()) {
      tiles = new WinogradTilesF32[Workers.threads()];
      Arrays.setAll(tiles, w -> new WinogradTilesF32(s));
    }
  }

  /** Work on images {@code first..first+images-1}, one chunk after the other. */
  private interface Chunk {
    void run(int first, int images);
  }

  private void forChunks(int N, Chunk chunk) {
    ParallelGemm.oneThreadEach(() -> forEachChunk(N, chunk));
  }

  private void forEachChunk(int N, Chunk chunk) {
    long entries = (long) ENTRIES * perImage * (s.C + s.K);
    int images = (int) Math.max(1, CHUNK_ENTRIES / entries);
    for (int first = 0; first < N; first += images) {
      chunk.run(first, Math.min(images, N - first));
    }
  }

  /** Work on image n of a chunk. */
  private interface Image {
    void run(WinogradTilesF32 scratch, int n);
  }

  private void forImages(int images, Image image) {
    long work = (long) images * perImage * ENTRIES * (s.C + s.K);
    Workers.run(images, work, (n, worker) -> image.run(tiles[worker], n));
  }

  /** {@code u[e][c][k]} from {@code weights[k][c]}. */
  private void transformWeights(INDArray weights) {
    RowsF32 w = NdRowsF32.of(weights.reshape('c', s.K, s.window()));
    RowsF32 dest = u.of(ENTRIES * s.C, s.K).rows();
    forChannels(
        (from, to) -> {
          RowsF32 source = w.duplicate();
          RowsF32 out = dest.duplicate();
          int count = to - from;
          float[] kernels = new float[count * 9];
          float[] one = new float[ENTRIES];
          float[] scratch = new float[12];
          float[][] rows = new float[ENTRIES * count][s.K];
          for (int k = 0; k < s.K; k++) {
            source.get(kernels, k, 0, from * 9, count * 9);
            for (int c = 0; c < count; c++) {
              WinogradF32.kernel(one, kernels, c * 9, scratch);
              for (int e = 0; e < ENTRIES; e++) {
                rows[e * count + c][k] = one[e];
              }
            }
          }
          for (int r = 0; r < rows.length; r++) {
            out.put(rows[r], (r / count) * s.C + from + r % count, 0, 0, s.K);
          }
        });
  }

  private void transformGradient(INDArray dWeights) {
    RowsF32 dw = NdRowsF32.of(dWeights.reshape('c', s.K, s.window()));
    RowsF32 source = du.rows();
    forChannels(
        (from, to) -> {
          RowsF32 in = source.duplicate();
          RowsF32 out = dw.duplicate();
          int count = to - from;
          float[] kernels = new float[count * 9];
          float[] one = new float[ENTRIES];
          float[] scratch = new float[12];
          float[][] rows = new float[ENTRIES * count][s.K];
          for (int r = 0; r < rows.length; r++) {
            in.get(rows[r], (r / count) * s.C + from + r % count, 0, 0, s.K);
          }
          for (int k = 0; k < s.K; k++) {
            for (int c = 0; c < count; c++) {
              for (int e = 0; e < ENTRIES; e++) {
                one[e] = rows[e * count + c][k];
              }
              WinogradF32.kernelBackward(kernels, c * 9, one, scratch);
            }
            out.put(kernels, k, 0, from * 9, count * 9);
          }
        });
  }

  /** Work on channels {@code from..to-1}. */
  private interface Channels {
    void run(int from, int to);
  }

  private void forChannels(Channels body) {
    int count = 16;
    Workers.run(
        (s.C + count - 1) / count,
        (long) ENTRIES * s.C * s.K,
        (task, worker) -> body.run(task * count, Math.min(s.C, (task + 1) * count)));
  }
}
