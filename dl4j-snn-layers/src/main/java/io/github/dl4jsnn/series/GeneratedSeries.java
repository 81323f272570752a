package io.github.dl4jsnn.series;

import java.util.Random;

/**
 * Generated series that can be forecast: two sines and a trend in each channel, with noise.
 *
 * <pre>
 *   x[r, c] = a sin(2 pi r / period + f) + a/2 sin(2 pi r / (period/3) + g) + b r/R + noise * n
 * </pre>
 *
 * <p>with amplitude {@code a} in [0.5, 1.5], phases {@code f}, {@code g} and trend {@code b} in
 * [-1, 1] drawn for each channel, and {@code n} normal, drawn for each value. The period is common
 * to all channels. Equal arguments give equal series on every machine.
 */
public final class GeneratedSeries {
  private GeneratedSeries() {}

  /**
   * Generates series.
   *
   * @param rows R, at least 1
   * @param channels C, at least 1
   * @param period rows of the slower sine, above 0
   * @param noise standard deviation of the noise, at least 0
   * @param seed what channels and noise are drawn from
   * @return series called "generated"
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static SeriesData sines(int rows, int channels, double period, double noise, long seed) {
    if (rows < 1 || channels < 1 || !(period > 0) || !(noise >= 0) || Double.isInfinite(noise)) {
      throw new IllegalArgumentException(
          String.format(
              "expected at least 1 row and channel, a period above 0 and a noise of at least 0, got"
                  + " %d rows, %d channels, period %s, noise %s",
              rows, channels, period, noise));
    }
    Random random = new Random(seed);
    double[][] values = new double[rows][channels];
    for (int c = 0; c < channels; c++) {
      double amplitude = 0.5 + random.nextDouble();
      double slow = 2 * Math.PI * random.nextDouble();
      double fast = 2 * Math.PI * random.nextDouble();
      double trend = 2 * random.nextDouble() - 1;
      for (int r = 0; r < rows; r++) {
        double angle = 2 * Math.PI * r / period;
        // StrictMath: the same on every machine
        values[r][c] =
            amplitude * (StrictMath.sin(angle + slow) + 0.5 * StrictMath.sin(3 * angle + fast))
                + trend * r / rows
                + noise * random.nextGaussian();
      }
    }
    return new SeriesData("generated", SeriesData.numbered(channels), values);
  }
}
