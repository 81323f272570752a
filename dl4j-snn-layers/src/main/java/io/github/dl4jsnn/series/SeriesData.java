package io.github.dl4jsnn.series;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Values of {@code C} channels at {@code R} equally spaced times, oldest first. Immutable.
 *
 * <p><b>Precision.</b> Values are kept in double and become the network's type in the windows.
 */
public final class SeriesData implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final List<String> channels;
  private final int rows;

  /** {@code [R, C]}, row after row. */
  private final double[] values;

  /**
   * Takes a copy of the values.
   *
   * @param name of the data set, for messages
   * @param channels name of each channel, all different; C is their number, at least 1
   * @param values {@code [R, C]}: a row of C finite numbers for each time, at least one row
   * @throws IllegalArgumentException if a row has another length, or a value is NaN or infinite
   */
  public SeriesData(String name, List<String> channels, double[][] values) {
    this.name = Objects.requireNonNull(name, "name");
    this.channels = List.copyOf(channels);
    this.rows = values.length;
    int c = this.channels.size();
    if (c < 1 || rows < 1) {
      throw new IllegalArgumentException(
          name + ": expected at least one row and channel, got [" + rows + ", " + c + "]");
    }
    if (new HashSet<>(this.channels).size() != c) {
      throw new IllegalArgumentException(
          name + ": expected channel names that differ, got " + this.channels);
    }
    this.values = new double[Math.multiplyExact(rows, c)];
    for (int r = 0; r < rows; r++) {
      check(r, values[r]);
      System.arraycopy(values[r], 0, this.values, r * c, c);
    }
  }

  private void check(int row, double[] values) {
    if (values.length != channels.size()) {
      throw new IllegalArgumentException(
          String.format(
              "%s, row %d: expected %d values, one a channel, got %d",
              name, row, channels.size(), values.length));
    }
    for (int c = 0; c < values.length; c++) {
      if (!Double.isFinite(values[c])) {
        throw new IllegalArgumentException(
            String.format(
                "%s, row %d, channel %s: expected a finite number, got %s",
                name, row, channels.get(c), values[c]));
      }
    }
  }

  /**
   * Names channels by their number.
   *
   * @param count number of channels
   * @return "0", "1", ...
   */
  static List<String> numbered(int count) {
    List<String> names = new ArrayList<>();
    for (int c = 0; c < count; c++) {
      names.add(Integer.toString(c));
    }
    return names;
  }

  /** The same values under other names. */
  SeriesData named(String newName, List<String> newChannels) {
    double[][] all = new double[rows][channels()];
    for (int r = 0; r < rows; r++) {
      copyRows(r, 1, all[r], 0);
    }
    return new SeriesData(newName, newChannels, all);
  }

  /**
   * Name of the data set.
   *
   * @return for messages and titles
   */
  public String name() {
    return name;
  }

  /**
   * Names of the channels.
   *
   * @return C names, in the order of the columns; cannot be changed
   */
  public List<String> channelNames() {
    return channels;
  }

  /**
   * Number of channels.
   *
   * @return C, at least 1
   */
  public int channels() {
    return channels.size();
  }

  /**
   * Number of times.
   *
   * @return R, at least 1
   */
  public int rows() {
    return rows;
  }

  /**
   * One value.
   *
   * @param row from 0 to R - 1
   * @param channel from 0 to C - 1
   * @return the value of that channel at that time
   * @throws IndexOutOfBoundsException if there is no such row or channel
   */
  public double value(int row, int channel) {
    Objects.checkIndex(row, rows);
    return values[row * channels() + Objects.checkIndex(channel, channels())];
  }

  /**
   * One channel.
   *
   * @param channel from 0 to C - 1
   * @return a copy of its R values
   * @throws IndexOutOfBoundsException if there is no such channel
   */
  public double[] channel(int channel) {
    Objects.checkIndex(channel, channels());
    double[] column = new double[rows];
    Arrays.setAll(column, r -> value(r, channel));
    return column;
  }

  /**
   * All values.
   *
   * @param type FLOAT or DOUBLE
   * @return a new array {@code [R, C]}
   */
  public INDArray toArray(DataType type) {
    return Nd4j.createFromArray(values).reshape('c', rows, channels()).castTo(type);
  }

  /** Copies consecutive rows into an array, from {@code place} on. */
  void copyRows(int first, int count, double[] to, int place) {
    System.arraycopy(values, first * channels(), to, place, count * channels());
  }

  /** Copies rows of one channel. */
  void copyRows(int first, int count, int channel, double[] to, int place) {
    for (int r = 0; r < count; r++) {
      to[place + r] = values[(first + r) * channels() + channel];
    }
  }

  @Override
  public boolean equals(Object o) {
    if (!(o instanceof SeriesData)) {
      return false;
    }
    SeriesData d = (SeriesData) o;
    return name.equals(d.name) && channels.equals(d.channels) && Arrays.equals(values, d.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, channels, Arrays.hashCode(values));
  }

  @Override
  public String toString() {
    return String.format("%s [%d rows, %d channels]", name, rows, channels());
  }
}
