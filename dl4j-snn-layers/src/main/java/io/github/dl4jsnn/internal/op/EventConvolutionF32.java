package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.ConvolutionShape;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.SpikeImageF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolution of sparse images: each non-zero input adds rows of weights, all output channels of
 * one entry of the kernel, to the pixels that see it.
 */
final class EventConvolutionF32 {
  /** Images whose gradients are turned at a time: bounds memory. */
  private static final int CHUNK_ENTRIES = 1 << 20;

  /** Tasks an entry of the kernel, so that their number hides uneven ends. */
  private static final int PARTS = 2;

  private float[][] w;
  private float[][] dw;

  /** {@code out = conv(in)}. */
  void forward(ConvolutionShape s, INDArray in, INDArray weights, ImageSinkF32 out) {
    readWeights(s, weights);
    RowsF32 x = ImageSinkF32.channels(in);
    int N = (int) in.size(0);
    int perTask = Math.max(1, N / 64);
    Workers.run(
        (N + perTask - 1) / perTask,
        (long) N * s.K * s.oH * s.oW,
        (task, worker) -> {
          RowsF32 images = x.duplicate();
          ImageSinkF32 sink = out.open();
          PixelRowsF32 pixels = new PixelRowsF32(s.C, s.H, s.W);
          PixelRowsF32 y = new PixelRowsF32(s.K, s.oH, s.oW);
          SpikeImageF32 spikes = new SpikeImageF32(s);
          for (int n = task * perTask; n < Math.min(N, (task + 1) * perTask); n++) {
            collect(spikes, pixels, images, s, n);
            for (int p = 0; p < s.oH * s.oW; p++) {
              spikes.convolve(y.at(p / s.oW, p % s.oW), w, p / s.oW, p % s.oW);
            }
            y.write(sink, n, s.oH, s.oW);
          }
        });
  }

  /** {@code dWeights = sum over n of g x}. */
  void weightGradient(ConvolutionShape s, INDArray in, INDArray g, INDArray dWeights) {
    RowsF32 x = ImageSinkF32.channels(in);
    RowsF32 gradients = ImageSinkF32.channels(g);
    int rows = s.taps() * s.C;
    dw = ScratchF32.rows(dw, rows, s.K);
    ScratchF32.clear(dw, rows, s.K);
    int N = (int) in.size(0);
    long entries = (long) s.C * s.H * s.W + (long) s.K * s.oH * s.oW;
    int chunk = (int) Math.min(N, Math.max(1, CHUNK_ENTRIES / entries));
    SpikeImageF32[] spikes = new SpikeImageF32[chunk];
    PixelRowsF32[] turned = new PixelRowsF32[chunk];
    for (int first = 0; first < N; first += chunk) {
      int start = first;
      int count = Math.min(chunk, N - first);
      Workers.run(
          count,
          count * entries,
          (i, worker) -> {
            if (spikes[i] == null) {
              spikes[i] = new SpikeImageF32(s);
              turned[i] = new PixelRowsF32(s.K, s.oH, s.oW);
            }
            PixelRowsF32 pixels = new PixelRowsF32(s.C, s.H, s.W);
            collect(spikes[i], pixels, x.duplicate(), s, start + i);
            turned[i].read(gradients.duplicate(), start + i, s.oH, s.oW, 0, 0);
          });
      // each row of the gradient has one task, which meets the images in their order
      Workers.run(
          s.taps() * PARTS,
          count * entries,
          (task, worker) -> {
            int part = task % PARTS;
            for (int i = 0; i < count; i++) {
              spikes[i].addGradient(
                  dw, turned[i].rows(), task / PARTS, s.C * part / PARTS, s.C * (part + 1) / PARTS);
            }
          });
    }
    writeGradient(s, dWeights);
  }

  private static void collect(
      SpikeImageF32 spikes, PixelRowsF32 pixels, RowsF32 x, ConvolutionShape s, int n) {
    pixels.read(x, n, s.H, s.W, 0, 0);
    for (int p = 0; p < s.H * s.W; p++) {
      spikes.put(p, pixels.at(p / s.W, p % s.W));
    }
  }

  /** {@code w[tap * C + c][k]} from {@code weights[k][c][tap]}. */
  private void readWeights(ConvolutionShape s, INDArray weights) {
    w = ScratchF32.rows(w, s.taps() * s.C, s.K);
    RowsF32 source = NdRowsF32.of(weights.reshape('c', s.K, s.window()));
    float[] kernels = new float[s.window()];
    for (int k = 0; k < s.K; k++) {
      source.get(kernels, k, 0, 0, s.window());
      for (int i = 0; i < s.window(); i++) {
        w[(i % s.taps()) * s.C + i / s.taps()][k] = kernels[i];
      }
    }
  }

  private void writeGradient(ConvolutionShape s, INDArray dWeights) {
    RowsF32 dest = NdRowsF32.of(dWeights.reshape('c', s.K, s.window()));
    float[] kernels = new float[s.window()];
    for (int k = 0; k < s.K; k++) {
      for (int i = 0; i < s.window(); i++) {
        kernels[i] = dw[(i % s.taps()) * s.C + i / s.taps()][k];
      }
      dest.put(kernels, k, 0, 0, s.window());
    }
  }
}
