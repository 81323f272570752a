package io.github.dl4jsnn.internal.kernel;

import java.util.Arrays;

/**
 * Maximum of windows of 2x2 that do not overlap. A plane is taken apart into its four pixels of a
 * window, an array each, so that the loops over windows are contiguous. With scratch: one thread
 * each.
 */
final class PairMaximumF32 {
  private final ConvolutionShape s;

  /** Windows of a line, with the pixel that an odd width leaves over. */
  private final int stride;

  private final int windows;
  private final float[][] pixels;
  private final float[] gradient;

  PairMaximumF32(ConvolutionShape s) {
    this.s = s;
    stride = (s.W + 1) / 2;
    windows = s.oH * stride;
    pixels = new float[4][windows];
    gradient = new float[windows];
  }

  /** Whether windows are such ones. */
  static boolean fits(ConvolutionShape s) {
    boolean two = s.kH == 2 && s.kW == 2 && s.sH == 2 && s.sW == 2 && s.dH == 1 && s.dW == 1;
    return two && s.top == 0 && s.left == 0 && 2 * s.oH <= s.H && s.oW == s.W / 2;
  }

  /** {@code out} is overwritten. */
  void forward(float[] out, float[] plane) {
    split(plane);
    float[] a = pixels[0];
    float[] b = pixels[1];
    float[] c = pixels[2];
    float[] d = pixels[3];
    for (int i = 0; i < windows; i++) {
      gradient[i] = Math.max(Math.max(a[i], b[i]), Math.max(c[i], d[i]));
    }
    for (int y = 0; y < s.oH; y++) {
      System.arraycopy(gradient, y * stride, out, y * s.oW, s.oW);
    }
  }

  /** To the first of the largest pixels; those outside all windows get 0. */
  void backward(float[] dPlane, float[] g, float[] plane) {
    split(plane);
    Arrays.fill(gradient, 0f);
    for (int y = 0; y < s.oH; y++) {
      System.arraycopy(g, y * s.oW, gradient, y * stride, s.oW);
    }
    share(pixels[0], pixels[1], pixels[2], pixels[3]);
    Arrays.fill(dPlane, 2 * s.oH * s.W, s.H * s.W, 0f);
    merge(dPlane);
  }

  /** Replaces pixels by their gradients. */
  private void share(float[] a, float[] b, float[] c, float[] d) {
    for (int i = 0; i < windows; i++) {
      float largest = Math.max(Math.max(a[i], b[i]), Math.max(c[i], d[i]));
      float left = gradient[i];
      // spikes tie and alternate, so that branches would be mispredicted
      float first = isZero(largest - a[i]) * left;
      left -= first;
      float second = isZero(largest - b[i]) * left;
      left -= second;
      float third = isZero(largest - c[i]) * left;
      a[i] = first;
      b[i] = second;
      c[i] = third;
      d[i] = left - third;
    }
  }

  /** 1 if x is 0, 0 if it is above 1e-30. */
  private static float isZero(float x) {
    return Math.max(0f, 1 - x * LifKernelF32.STEEP);
  }

  private void split(float[] plane) {
    for (int line = 0; line < 2 * s.oH; line++) {
      float[] even = pixels[2 * (line & 1)];
      float[] odd = pixels[2 * (line & 1) + 1];
      int at = line / 2 * stride;
      int from = line * s.W;
      for (int x = 0; x < s.oW; x++) {
        even[at + x] = plane[from + 2 * x];
        odd[at + x] = plane[from + 2 * x + 1];
      }
    }
  }

  private void merge(float[] plane) {
    for (int line = 0; line < 2 * s.oH; line++) {
      float[] even = pixels[2 * (line & 1)];
      float[] odd = pixels[2 * (line & 1) + 1];
      int at = line / 2 * stride;
      int to = line * s.W;
      for (int x = 0; x < s.oW; x++) {
        plane[to + 2 * x] = even[at + x];
        plane[to + 2 * x + 1] = odd[at + x];
      }
      if (2 * s.oW < s.W) {
        plane[to + 2 * s.oW] = 0f;
      }
    }
  }
}
