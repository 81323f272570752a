package io.github.dl4jsnn.internal.kernel;

import java.util.Arrays;

/**
 * Pooling of one channel of one image, {@code plane [H * W]} to {@code out [oH * oW]}. Pixels
 * outside count in no maximum and no sum. Every window must hold a pixel.
 */
public final class PoolingKernelF32 {
  private final ConvolutionShape s;
  private final boolean maximum;
  private final boolean countOutside;
  private final boolean pairs;

  /**
   * A kind of pooling.
   *
   * @param s sizes
   * @param maximum whether to take the maximum, else the mean
   * @param countOutside whether pixels outside count in the divisor of a mean
   */
  public PoolingKernelF32(ConvolutionShape s, boolean maximum, boolean countOutside) {
    this.s = s;
    this.maximum = maximum;
    this.countOutside = countOutside;
    boolean two = s.kH == 2 && s.kW == 2 && s.sH == 2 && s.sW == 2 && s.dH == 1 && s.dW == 1;
    this.pairs = two && s.top == 0 && s.left == 0 && 2 * s.oH <= s.H && 2 * s.oW <= s.W;
  }

  /** {@code out} is overwritten. */
  public void forward(float[] out, float[] plane) {
    if (pairs && maximum) {
      forwardPairs(out, plane);
      return;
    }
    for (int oy = 0; oy < s.oH; oy++) {
      for (int ox = 0; ox < s.oW; ox++) {
        out[oy * s.oW + ox] =
            maximum ? plane[largest(plane, oy, ox)] : sum(plane, oy, ox) / divisor(oy, ox);
      }
    }
  }

  /** Windows of 2x2 that do not overlap, without a loop over their pixels. */
  private void forwardPairs(float[] out, float[] plane) {
    for (int oy = 0; oy < s.oH; oy++) {
      int a = 2 * oy * s.W;
      int b = a + s.W;
      int o = oy * s.oW;
      for (int ox = 0; ox < s.oW; ox++) {
        float upper = Math.max(plane[a + 2 * ox], plane[a + 2 * ox + 1]);
        float lower = Math.max(plane[b + 2 * ox], plane[b + 2 * ox + 1]);
        out[o + ox] = Math.max(upper, lower);
      }
    }
  }

  /**
   * Backward pass: of a maximum, to the first of the largest pixels.
   *
   * @param dPlane (out) gradient of the channel, overwritten
   * @param g (in) gradient of the output
   * @param plane (in) the channel
   */
  public void backward(float[] dPlane, float[] g, float[] plane) {
    Arrays.fill(dPlane, 0, s.H * s.W, 0f);
    if (pairs && maximum) {
      backwardPairs(dPlane, g, plane);
      return;
    }
    for (int oy = 0; oy < s.oH; oy++) {
      for (int ox = 0; ox < s.oW; ox++) {
        float d = g[oy * s.oW + ox];
        if (maximum) {
          dPlane[largest(plane, oy, ox)] += d;
        } else {
          spread(dPlane, d / divisor(oy, ox), oy, ox);
        }
      }
    }
  }

  private void backwardPairs(float[] dPlane, float[] g, float[] plane) {
    for (int oy = 0; oy < s.oH; oy++) {
      for (int ox = 0; ox < s.oW; ox++) {
        int at = 2 * oy * s.W + 2 * ox;
        float a = plane[at];
        float b = plane[at + 1];
        float c = plane[at + s.W];
        float d = plane[at + s.W + 1];
        float largest = Math.max(Math.max(a, b), Math.max(c, d));
        float left = g[oy * s.oW + ox];
        // spikes tie and alternate, so that branches would be mispredicted
        float share = isZero(largest - a) * left;
        dPlane[at] = share;
        left -= share;
        share = isZero(largest - b) * left;
        dPlane[at + 1] = share;
        left -= share;
        share = isZero(largest - c) * left;
        dPlane[at + s.W] = share;
        dPlane[at + s.W + 1] = left - share;
      }
    }
  }

  /** 1 if x is 0, 0 if it is above 1e-30. */
  private static float isZero(float x) {
    return Math.max(0f, 1 - x * LifKernelF32.STEEP);
  }

  /** Place of the first of the largest pixels of a window; a NaN counts as the largest. */
  private int largest(float[] plane, int oy, int ox) {
    int best = -1;
    for (int ky = 0; ky < s.kH; ky++) {
      int y = s.inputLine(oy, ky);
      if (y < 0 || y >= s.H) {
        continue;
      }
      for (int kx = 0; kx < s.kW; kx++) {
        int x = ox * s.sW + s.firstColumn(kx);
        if (x >= 0 && x < s.W && (best < 0 || !(plane[y * s.W + x] <= plane[best]))) {
          best = y * s.W + x;
        }
      }
    }
    return best;
  }

  private float sum(float[] plane, int oy, int ox) {
    float sum = 0;
    for (int ky = 0; ky < s.kH; ky++) {
      int y = s.inputLine(oy, ky);
      if (y < 0 || y >= s.H) {
        continue;
      }
      for (int kx = 0; kx < s.kW; kx++) {
        int x = ox * s.sW + s.firstColumn(kx);
        if (x >= 0 && x < s.W) {
          sum += plane[y * s.W + x];
        }
      }
    }
    return sum;
  }

  private void spread(float[] dPlane, float d, int oy, int ox) {
    for (int ky = 0; ky < s.kH; ky++) {
      int y = s.inputLine(oy, ky);
      if (y < 0 || y >= s.H) {
        continue;
      }
      for (int kx = 0; kx < s.kW; kx++) {
        int x = ox * s.sW + s.firstColumn(kx);
        if (x >= 0 && x < s.W) {
          dPlane[y * s.W + x] += d;
        }
      }
    }
  }

  /** Pixels of a window that count. */
  private int divisor(int oy, int ox) {
    if (countOutside) {
      return s.kH * s.kW;
    }
    int lines = 0;
    for (int ky = 0; ky < s.kH; ky++) {
      int y = s.inputLine(oy, ky);
      lines += y >= 0 && y < s.H ? 1 : 0;
    }
    int columns = 0;
    for (int kx = 0; kx < s.kW; kx++) {
      int x = ox * s.sW + s.firstColumn(kx);
      columns += x >= 0 && x < s.W ? 1 : 0;
    }
    return lines * columns;
  }
}
