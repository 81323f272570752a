package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Where the pixels of a convolution go: adds the bias on the way and checks them. */
final class ImageSinkF32 {
  private final String layer;
  private final RowsF32 rows;
  private final float[] bias;
  private final int K;

  /**
   * Channels of images.
   *
   * @param layer what error messages call the layer
   * @param out (out) {@code [N, K, oH, oW]}
   * @param bias (in) one value a channel, or null
   */
  ImageSinkF32(String layer, INDArray out, float[] bias) {
    this(layer, channels(out), bias, (int) out.size(1));
  }

  private ImageSinkF32(String layer, RowsF32 rows, float[] bias, int K) {
    this.layer = layer;
    this.rows = rows;
    this.bias = bias;
    this.K = K;
  }

  /** Images {@code [N, C, H, W]} as rows: channel c of image n is row {@code n * C + c}. */
  static RowsF32 channels(INDArray a) {
    return NdRowsF32.of(a.reshape('c', a.size(0) * a.size(1), a.size(2) * a.size(3)));
  }

  /** The same, for one thread. */
  ImageSinkF32 open() {
    return new ImageSinkF32(layer, rows.duplicate(), bias, K);
  }

  /**
   * Takes pixels of one channel.
   *
   * @param row (in) their values without bias; changed
   * @param n image
   * @param k channel
   * @param at first pixel
   * @param count pixels
   */
  void put(float[] row, int n, int k, int at, int count) {
    if (bias != null) {
      float b = bias[k];
      for (int i = 0; i < count; i++) {
        row[i] += b;
      }
    }
    if (!RowMathF32.isFinite(row, count)) {
      throw new IllegalArgumentException(
          layer
              + ": the output of image "
              + n
              + " is NaN or infinite; check input, weights and bias");
    }
    rows.put(row, n * K + k, 0, at, count);
  }
}
