package io.github.dl4jsnn.internal.kernel;

/**
 * The non-zero entries of one image, pixel by pixel: those of pixel p are {@code start[p] ..
 * start[p + 1] - 1}, in the order of channels. And what they add to a convolution with weights
 * {@code w[(ky * kW + kx) * C + c][k]}.
 */
public final class SpikeImageF32 {
  private final ConvolutionShape s;
  private final int[] start;
  private final int[] channel;
  private final float[] value;
  private final int[] index;
  private final float[] weight;

  /** Room for any image of these sizes. */
  public SpikeImageF32(ConvolutionShape s) {
    this.s = s;
    start = new int[s.H * s.W + 1];
    channel = new int[s.H * s.W * s.C];
    value = new float[s.H * s.W * s.C];
    index = new int[s.window()];
    weight = new float[s.window()];
  }

  /**
   * Takes the next pixel; pixels come in their order, from 0.
   *
   * @param pixel its number
   * @param row (in) its channels
   */
  public void put(int pixel, float[] row) {
    start[pixel + 1] = RowLoops.pick(channel, value, start[pixel], row, s.C);
  }

  /**
   * One pixel of the output: the sum of the weights of all spikes that it sees.
   *
   * @param y (out) K channels
   * @param w (in) weights
   */
  public void convolve(float[] y, float[][] w, int oy, int ox) {
    int size = 0;
    for (int ky = 0; ky < s.kH; ky++) {
      int line = s.inputLine(oy, ky);
      if (line < 0 || line >= s.H) {
        continue;
      }
      for (int kx = 0; kx < s.kW; kx++) {
        int column = ox * s.sW + s.firstColumn(kx);
        if (column >= 0 && column < s.W) {
          size = append(size, line * s.W + column, (ky * s.kW + kx) * s.C);
        }
      }
    }
    RowMathF32.sumRows(y, w, index, weight, 0, size, s.K);
  }

  private int append(int size, int pixel, int offset) {
    int at = size;
    for (int e = start[pixel]; e < start[pixel + 1]; e++) {
      index[at] = offset + channel[e];
      weight[at] = value[e];
      at++;
    }
    return at;
  }

  /**
   * Adds to the gradient of the weights of one entry of the kernel.
   *
   * @param dw (added to) gradient, indexed as the weights
   * @param g (in) gradient of the output, a row of K channels a pixel
   * @param tap entry of the kernel
   * @param fromChannel first channel of the input
   * @param toChannel behind the last one
   */
  public void addGradient(float[][] dw, float[][] g, int tap, int fromChannel, int toChannel) {
    int ky = tap / s.kW;
    int kx = tap % s.kW;
    int lo = s.fromColumn(kx);
    int hi = s.toColumn(kx);
    for (int oy = 0; oy < s.oH; oy++) {
      int line = s.inputLine(oy, ky);
      if (line < 0 || line >= s.H) {
        continue;
      }
      for (int ox = lo; ox < hi; ox++) {
        int pixel = line * s.W + ox * s.sW + s.firstColumn(kx);
        float[] row = g[oy * s.oW + ox];
        for (int e = start[pixel]; e < start[pixel + 1]; e++) {
          int c = channel[e];
          if (c >= fromChannel && c < toChannel) {
            RowMathF32.addScaled(dw[tap * s.C + c], row, value[e], s.K);
          }
        }
      }
    }
  }
}
