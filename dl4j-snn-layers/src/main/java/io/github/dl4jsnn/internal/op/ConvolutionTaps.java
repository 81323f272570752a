package io.github.dl4jsnn.internal.op;

/** Where the taps of a convolution over positions reach. Immutable. */
public final class ConvolutionTaps {
  private final int count;
  private final int dilation;
  private final int before;

  /**
   * Taps.
   *
   * @param count kernel size
   * @param dilation distance of two taps
   * @param causal whether the last tap is the position itself; else the taps reach as far to both
   *     sides, or one position further behind where their reach is odd
   */
  public ConvolutionTaps(int count, int dilation, boolean causal) {
    this.count = count;
    this.dilation = dilation;
    int reach = dilation * (count - 1);
    this.before = causal ? reach : reach / 2;
  }

  /**
   * Number of taps.
   *
   * @return kernel size
   */
  public int count() {
    return count;
  }

  /**
   * Distance from a position to the one that a tap reads.
   *
   * @param tap number of the tap
   * @return positions, below 0 for earlier ones
   */
  public int offset(int tap) {
    return tap * dilation - before;
  }
}
