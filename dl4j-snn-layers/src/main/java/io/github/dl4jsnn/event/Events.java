package io.github.dl4jsnn.event;

import java.util.Arrays;

/**
 * Events of a camera or another sensor, in primitive arrays, 13 bytes an event. Immutable.
 *
 * <p>An event says that the brightness of pixel (x, y) rose (polarity {@value #ON}) or fell
 * (polarity {@value #OFF}) at a time. Pixel (0, 0) is the upper left one, x grows to the right and
 * y downwards. Times are in microseconds; where they begin is up to the recording. The order is
 * that of the source, which is usually that of time; nothing here depends on it.
 *
 * <p>Sensors without a picture have one row: cochlea channel x of {@link ShdFile} is pixel (x, 0).
 */
public final class Events {

  /** Polarity of an event at which the brightness fell. */
  public static final int OFF = 0;

  /** Polarity of an event at which the brightness rose. */
  public static final int ON = 1;

  /** Coordinates have 15 bits, as in the widest format that is read. */
  static final int MAX_SIDE = 1 << 15;

  private final int width;
  private final int height;
  private final short[] x;
  private final short[] y;
  private final byte[] polarity;
  private final long[] time;

  private Events(Builder b) {
    width = b.width;
    height = b.height;
    x = Arrays.copyOf(b.x, b.size);
    y = Arrays.copyOf(b.y, b.size);
    polarity = Arrays.copyOf(b.polarity, b.size);
    time = Arrays.copyOf(b.time, b.size);
  }

  /**
   * Returns the width of the sensor.
   *
   * @return pixels
   */
  public int width() {
    return width;
  }

  /**
   * Returns the height of the sensor.
   *
   * @return pixels
   */
  public int height() {
    return height;
  }

  /**
   * Returns the number of events.
   *
   * @return 0 or above
   */
  public int size() {
    return time.length;
  }

  /**
   * Returns the column of an event.
   *
   * @param i number of the event
   * @return 0 (left) to width - 1
   */
  public int x(int i) {
    return x[i];
  }

  /**
   * Returns the row of an event.
   *
   * @param i number of the event
   * @return 0 (top) to height - 1
   */
  public int y(int i) {
    return y[i];
  }

  /**
   * Returns the polarity of an event.
   *
   * @param i number of the event
   * @return {@link #ON} or {@link #OFF}
   */
  public int polarity(int i) {
    return polarity[i];
  }

  /**
   * Returns the time of an event.
   *
   * @param i number of the event
   * @return microseconds
   */
  public long time(int i) {
    return time[i];
  }

  /**
   * Returns the time of the earliest event.
   *
   * @return microseconds, 0 if there are no events
   */
  public long firstTime() {
    return Arrays.stream(time).min().orElse(0);
  }

  /**
   * Returns the time of the latest event.
   *
   * @return microseconds, 0 if there are no events
   */
  public long lastTime() {
    return Arrays.stream(time).max().orElse(0);
  }

  /**
   * Returns the events of a span of time, in the same order.
   *
   * @param from first microsecond
   * @param to behind the last microsecond
   * @return those at {@code from <= time < to}
   */
  public Events between(long from, long to) {
    Builder b = new Builder(width, height);
    b.addBetween(this, from, to);
    return b.build();
  }

  @Override
  public boolean equals(Object o) {
    if (!(o instanceof Events)) {
      return false;
    }
    Events e = (Events) o;
    return width == e.width
        && height == e.height
        && Arrays.equals(time, e.time)
        && Arrays.equals(x, e.x)
        && Arrays.equals(y, e.y)
        && Arrays.equals(polarity, e.polarity);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(time) + 17 * Arrays.hashCode(x) + Arrays.hashCode(y);
  }

  @Override
  public String toString() {
    return String.format("Events(%d on %dx%d)", size(), width, height);
  }

  /** Collects events. Not for use by several threads. */
  public static final class Builder {

    /** Events for which there is room at first. */
    private static final int START = 64;

    private final int width;
    private final int height;
    private short[] x = new short[START];
    private short[] y = new short[START];
    private byte[] polarity = new byte[START];
    private long[] time = new long[START];
    private int size;

    /**
     * Begins without events.
     *
     * @param width columns of the sensor, 1 to 32768
     * @param height rows of the sensor, 1 to 32768
     * @throws IllegalArgumentException if a side is out of range
     */
    public Builder(int width, int height) {
      if (width < 1 || width > MAX_SIDE || height < 1 || height > MAX_SIDE) {
        throw new IllegalArgumentException(
            String.format(
                "expected a sensor of 1x1 to %dx%d pixels, got %dx%d",
                MAX_SIDE, MAX_SIDE, width, height));
      }
      this.width = width;
      this.height = height;
    }

    /**
     * Adds an event.
     *
     * @param x column
     * @param y row
     * @param polarity {@link #ON} or {@link #OFF}
     * @param time microseconds
     * @return this builder
     * @throws IllegalArgumentException if the pixel is not on the sensor or the polarity is neither
     */
    public Builder add(int x, int y, int polarity, long time) {
      if (x < 0 || x >= width || y < 0 || y >= height || (polarity & ~1) != 0) {
        throw new IllegalArgumentException(
            String.format(
                "expected a pixel of %dx%d and polarity 0 or 1, got (%d, %d) and %d",
                width, height, x, y, polarity));
      }
      put(x, y, polarity, time);
      return this;
    }

    /** Adds events that were checked. */
    void put(int x, int y, int polarity, long time) {
      if (size == this.time.length) {
        grow();
      }
      this.x[size] = (short) x;
      this.y[size] = (short) y;
      this.polarity[size] = (byte) polarity;
      this.time[size++] = time;
    }

    private void grow() {
      int length = size + (size >> 1);
      x = Arrays.copyOf(x, length);
      y = Arrays.copyOf(y, length);
      polarity = Arrays.copyOf(polarity, length);
      time = Arrays.copyOf(time, length);
    }

    /** Adds the events at {@code from <= time < to} of a sensor of the same size. */
    void addBetween(Events e, long from, long to) {
      for (int i = 0; i < e.size(); i++) {
        if (e.time[i] >= from && e.time[i] < to) {
          put(e.x[i], e.y[i], e.polarity[i], e.time[i]);
        }
      }
    }

    /** Adds all events of a sensor of the same size. */
    void addAll(Events e) {
      for (int i = 0; i < e.size(); i++) {
        put(e.x[i], e.y[i], e.polarity[i], e.time[i]);
      }
    }

    int size() {
      return size;
    }

    /**
     * Returns the events that were added.
     *
     * @return events in the order of adding; the builder may go on
     */
    public Events build() {
      return new Events(this);
    }
  }
}
