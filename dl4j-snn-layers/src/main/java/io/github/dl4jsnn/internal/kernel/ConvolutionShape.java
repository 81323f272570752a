package io.github.dl4jsnn.internal.kernel;

/**
 * Sizes of one convolution or pooling: {@code C} channels of {@code H x W} pixels in, {@code K}
 * channels of {@code oH x oW} out. Output pixel (oy, ox) sees input pixel {@code (oy * sH + ky * dH
 * - top, ox * sW + kx * dW - left)} through entry (ky, kx) of the kernel; pixels outside are 0.
 */
public final class ConvolutionShape {
  public final int C;
  public final int H;
  public final int W;
  public final int K;
  public final int kH;
  public final int kW;
  public final int sH;
  public final int sW;
  public final int dH;
  public final int dW;
  public final int top;
  public final int left;
  public final int oH;
  public final int oW;

  /**
   * Takes over the sizes.
   *
   * @param in {@code C, H, W}
   * @param out {@code K, oH, oW}
   * @param kernel height and width
   * @param stride height and width
   * @param padding top and left
   * @param dilation height and width
   */
  public ConvolutionShape(
      int[] in, int[] out, int[] kernel, int[] stride, int[] padding, int[] dilation) {
    C = in[0];
    H = in[1];
    W = in[2];
    K = out[0];
    oH = out[1];
    oW = out[2];
    kH = kernel[0];
    kW = kernel[1];
    sH = stride[0];
    sW = stride[1];
    top = padding[0];
    left = padding[1];
    dH = dilation[0];
    dW = dilation[1];
  }

  /** Entries of the kernel. */
  public int taps() {
    return kH * kW;
  }

  /** Inputs of one output pixel. */
  public int window() {
    return C * kH * kW;
  }

  /** Input line that output line oy sees through kernel line ky; may lie outside. */
  int inputLine(int oy, int ky) {
    return oy * sH + ky * dH - top;
  }

  /** Input column of output column 0 through kernel column kx; may lie outside. */
  int firstColumn(int kx) {
    return kx * dW - left;
  }

  /** First output column whose input column through kx lies inside. */
  int fromColumn(int kx) {
    int first = firstColumn(kx);
    return first >= 0 ? 0 : Math.min(oW, (-first + sW - 1) / sW);
  }

  /** Behind the last output column whose input column through kx lies inside. */
  int toColumn(int kx) {
    int room = W - firstColumn(kx);
    return room <= 0 ? 0 : Math.max(fromColumn(kx), Math.min(oW, (room + sW - 1) / sW));
  }
}
