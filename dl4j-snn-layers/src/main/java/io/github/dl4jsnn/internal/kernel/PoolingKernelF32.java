package io.github.dl4jsnn.internal.kernel;

import java.util.Arrays;

/**
 * Pooling of one channel of one image, {@code plane [H * W]} to {@code out [oH * oW]}. Pixels
 * outside count in no maximum and no sum. Every window must hold a pixel. With scratch: one thread
 * each.
 */
public final class PoolingKernelF32 {
  private final ConvolutionShape s;
  private final boolean maximum;
  private final boolean countOutside;
  private final PairMaximumF32 pairs;

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
    pairs = maximum && PairMaximumF32.fits(s) ? new PairMaximumF32(s) : null;
  }

  /** {@code out} is overwritten. */
  public void forward(float[] out, float[] plane) {
    if (pairs != null) {
      pairs.forward(out, plane);
      return;
    }
    for (int oy = 0; oy < s.oH; oy++) {
      for (int ox = 0; ox < s.oW; ox++) {
        out[oy * s.oW + ox] =
            maximum ? plane[largest(plane, oy, ox)] : sum(plane, oy, ox) / divisor(oy, ox);
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
    if (pairs != null) {
      pairs.backward(dPlane, g, plane);
      return;
    }
    Arrays.fill(dPlane, 0, s.H * s.W, 0f);
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
