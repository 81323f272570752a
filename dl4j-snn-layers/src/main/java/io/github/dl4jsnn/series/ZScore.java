package io.github.dl4jsnn.series;

import java.io.Serializable;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Scales each channel to mean 0 and variance 1 by what some rows of it say, and back.
 *
 * <pre>
 *   z = (x - mean[c]) / deviation[c]       x = z deviation[c] + mean[c]
 * </pre>
 *
 * <p>The deviation is that of the population. A channel that does not change in those rows has none
 * to divide by: it is only shifted, as if its deviation were 1. Immutable.
 */
public final class ZScore implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] mean;
  private final double[] deviation;

  private ZScore(double[] mean, double[] deviation) {
    this.mean = mean;
    this.deviation = deviation;
  }

  /**
   * Measures the first rows of series: give those of the training part alone, or else the network
   * is told of the future.
   *
   * @param data the series
   * @param rows number of rows to measure, from 1 to all
   * @return the scaling
   * @throws IllegalArgumentException if there are not so many rows
   */
  public static ZScore of(SeriesData data, int rows) {
    if (rows < 1 || rows > data.rows()) {
      throw new IllegalArgumentException(
          String.format("%s: expected 1 to %d rows to measure, got %d", data, data.rows(), rows));
    }
    double[] mean = new double[data.channels()];
    double[] deviation = new double[data.channels()];
    for (int c = 0; c < mean.length; c++) {
      double[] x = Arrays.copyOf(data.channel(c), rows);
      double m = x[0] + Arrays.stream(x).map(v -> v - x[0]).sum() / rows;
      double variance = Arrays.stream(x).map(v -> (v - m) * (v - m)).sum() / rows;
      boolean constant = Arrays.stream(x).allMatch(v -> v == x[0]);
      mean[c] = constant ? x[0] : m;
      deviation[c] = constant ? 1 : Math.sqrt(variance);
    }
    return new ZScore(mean, deviation);
  }

  /**
   * Mean of a channel.
   *
   * @param channel from 0 on
   * @return what is subtracted
   */
  public double mean(int channel) {
    return mean[channel];
  }

  /**
   * Deviation of a channel.
   *
   * @param channel from 0 on
   * @return what is divided by, above 0
   */
  public double deviation(int channel) {
    return deviation[channel];
  }

  /**
   * Scales series.
   *
   * @param data of as many channels as were measured
   * @return new series of the same names
   * @throws IllegalArgumentException if the number of channels differs
   */
  public SeriesData apply(SeriesData data) {
    checkChannels(data.channels());
    double[][] z = new double[data.rows()][mean.length];
    for (int r = 0; r < z.length; r++) {
      for (int c = 0; c < mean.length; c++) {
        z[r][c] = (data.value(r, c) - mean[c]) / deviation[c];
      }
    }
    return new SeriesData(data.name(), data.channelNames(), z);
  }

  /**
   * Scales back what a network puts out, or labels.
   *
   * @param scaled {@code [..., C]} or {@code [N, H C]} with channel c of step h in column {@code h
   *     C + c}; not changed
   * @return a new array of the same shape and type, in the units of the data
   * @throws IllegalArgumentException if the last dimension is no multiple of the channels
   */
  public INDArray invert(INDArray scaled) {
    long columns = scaled.size(-1);
    if (columns % mean.length != 0) {
      throw new IllegalArgumentException(
          String.format(
              "ZScore: expected a last dimension that is a multiple of %d channels, got shape %s",
              mean.length, Arrays.toString(scaled.shape())));
    }
    INDArray rows = scaled.dup('c').reshape('c', scaled.length() / mean.length, mean.length);
    INDArray x =
        rows.muliRowVector(Nd4j.createFromArray(deviation).castTo(scaled.dataType()))
            .addiRowVector(Nd4j.createFromArray(mean).castTo(scaled.dataType()));
    return x.reshape('c', scaled.shape());
  }

  private void checkChannels(int channels) {
    if (channels != mean.length) {
      throw new IllegalArgumentException(
          "ZScore: expected " + mean.length + " channels, as measured, got " + channels);
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ZScore
        && Arrays.equals(mean, ((ZScore) o).mean)
        && Arrays.equals(deviation, ((ZScore) o).deviation);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(mean) + Arrays.hashCode(deviation);
  }
}
