package io.github.dl4jsnn.internal.kernel;

import java.util.Arrays;

/**
 * Windows of an image laid out in rows, so that a convolution becomes a matrix product, and back.
 * {@code plane} is one channel of one image, {@code [H * W]}.
 */
public final class Im2ColF32 {
  private Im2ColF32() {}

  /**
   * What the output lines {@code from..to-1} see of a channel through entry (ky, kx) of the kernel.
   *
   * @param row (out) from {@code at}, {@code (to - from) * oW} entries, overwritten
   * @param plane (in) the channel
   */
  public static void gather(
      float[] row, int at, float[] plane, ConvolutionShape s, int ky, int kx, int from, int to) {
    int lo = s.fromColumn(kx);
    int hi = s.toColumn(kx);
    int first = s.firstColumn(kx);
    for (int oy = from; oy < to; oy++, at += s.oW) {
      int y = s.inputLine(oy, ky);
      if (y < 0 || y >= s.H || lo >= hi) {
        Arrays.fill(row, at, at + s.oW, 0f);
        continue;
      }
      Arrays.fill(row, at, at + lo, 0f);
      Arrays.fill(row, at + hi, at + s.oW, 0f);
      int source = y * s.W + first;
      if (s.sW == 1) {
        System.arraycopy(plane, source + lo, row, at + lo, hi - lo);
      } else {
        for (int x = lo; x < hi; x++) {
          row[at + x] = plane[source + x * s.sW];
        }
      }
    }
  }

  /**
   * Adds the gradients of what {@link #gather} gave to those of the channel.
   *
   * @param plane (added to) gradient of the channel
   * @param row (in) from {@code at}, gradients of the row
   */
  public static void scatterAdd(
      float[] plane, float[] row, int at, ConvolutionShape s, int ky, int kx, int from, int to) {
    int lo = s.fromColumn(kx);
    int hi = s.toColumn(kx);
    int first = s.firstColumn(kx);
    for (int oy = from; oy < to; oy++, at += s.oW) {
      int y = s.inputLine(oy, ky);
      if (y < 0 || y >= s.H) {
        continue;
      }
      int dest = y * s.W + first;
      for (int x = lo; x < hi; x++) {
        plane[dest + x * s.sW] += row[at + x];
      }
    }
  }
}
