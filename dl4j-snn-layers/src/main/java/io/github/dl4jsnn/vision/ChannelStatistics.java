package io.github.dl4jsnn.vision;

import java.io.Serializable;

/**
 * Mean and standard deviation of each channel over images and pixels, on the scale 0..1. Take them
 * from the training part. Immutable.
 */
public final class ChannelStatistics implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final double WHITE = 255;

  private final double[] means;
  private final double[] deviations;

  /**
   * Statistics of images.
   *
   * @param images of the training part
   */
  public ChannelStatistics(ImageSet images) {
    means = new double[images.channels()];
    deviations = new double[images.channels()];
    int area = images.height() * images.width();
    long[] sums = new long[means.length];
    long[] squares = new long[means.length];
    byte[] pixels = images.pixels();
    for (int i = 0; i < pixels.length; i++) {
      int channel = i / area % means.length;
      int value = pixels[i] & 255;
      sums[channel] += value;
      squares[channel] += (long) value * value;
    }
    double count = (double) images.size() * area;
    for (int c = 0; c < means.length; c++) {
      double mean = sums[c] / count;
      means[c] = mean / WHITE;
      // one grey for all: nothing to divide by
      double deviation = Math.sqrt(Math.max(0, squares[c] / count - mean * mean)) / WHITE;
      deviations[c] = deviation == 0 ? 1 : deviation;
    }
  }

  /**
   * Mean of a channel.
   *
   * @param channel from 0
   * @return 0 to 1
   */
  public double mean(int channel) {
    return means[channel];
  }

  /**
   * Standard deviation of a channel.
   *
   * @param channel from 0
   * @return above 0; 1 if all pixels of the channel are alike
   */
  public double deviation(int channel) {
    return deviations[channel];
  }

  int channels() {
    return means.length;
  }
}
