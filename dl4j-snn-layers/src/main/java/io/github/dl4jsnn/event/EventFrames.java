package io.github.dl4jsnn.event;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Integrates events into T frames: how many events fell into each cell of each frame. Immutable.
 *
 * <pre>
 *   frame[t][p][Y][X] = number of events i with bin(i) = t, polarity p, y / s = Y, x / s = X
 *   by time    bin(i) = floor((time_i - start) * T / length)
 *   by number  bin(i) = floor(i * T / n)
 * </pre>
 *
 * <p>s is the factor of down-sampling: the events of s by s pixels are added up. Polarity {@link
 * Events#OFF} is channel 0, {@link Events#ON} channel 1; or both are one channel. By time, start
 * and length are those of the recording, from its first to its last event, unless {@link
 * Builder#window} sets them; events outside of a window are left out. The n events of a recording
 * are divided as evenly as whole numbers allow; SpikingJelly instead gives the remainder of the
 * division to the last frame, and so has slightly shorter frames before.
 *
 * <p><b>Shape.</b> {@code [T, C, H, W]} in row-major order, C the number of channels, H and W those
 * of the sensor over s, rounded up. Frame t is step t of a sequence {@code [N, T, C*H*W]}, which
 * {@link EventFrameIterator} makes; a network takes it apart with DL4J's {@code
 * RnnToCnnPreProcessor(H, W, C, RNNFormat.NWC)}.
 *
 * <p><b>Values</b> are whole numbers: counts, limited by {@link Builder#maxCount}, with 1 for
 * frames of spikes.
 *
 * <p><b>Source.</b> Accumulation into frames as in W. Fang and others, "Incorporating learnable
 * membrane time constant to enhance learning of spiking neural networks", ICCV 2021, section 5.1.
 */
public final class EventFrames {

  /** By what the events of a recording are divided into frames. */
  public enum Binning {
    /** Frames of equal duration. */
    TIME,
    /** Frames of equally many events. */
    NUMBER
  }

  /** Entries of the frames of one recording; more would not fit into one array. */
  private static final long MAX_ENTRIES = Integer.MAX_VALUE - 8;

  /** Events that are read at a time. */
  private static final int BLOCK = 1 << 14;

  private final int timeSteps;
  private final Binning binning;
  private final boolean polarities;
  private final int downSample;
  private final int maxCount;
  private final boolean window;
  private final long windowStart;
  private final long windowLength;

  private EventFrames(Builder b) {
    timeSteps = b.timeSteps;
    binning = b.binning;
    polarities = b.polarities;
    downSample = b.downSample;
    maxCount = b.maxCount;
    window = b.window;
    windowStart = b.windowStart;
    windowLength = b.windowLength;
  }

  /**
   * Returns the number of frames.
   *
   * @return T
   */
  public int timeSteps() {
    return timeSteps;
  }

  /**
   * Returns the number of channels.
   *
   * @return 2, or 1 if polarities are added up
   */
  public int channels() {
    return polarities ? 2 : 1;
  }

  /**
   * Returns the length of a side in frames.
   *
   * @param pixels width or height of the sensor
   * @return width or height of a frame
   */
  public int side(int pixels) {
    return (pixels + downSample - 1) / downSample;
  }

  /**
   * Returns the shape of what {@link #integrate(Events)} returns.
   *
   * @param width width of the sensor
   * @param height height of the sensor
   * @return {@code [T, C, H, W]}
   */
  public int[] shape(int width, int height) {
    return new int[] {timeSteps, channels(), side(height), side(width)};
  }

  /**
   * Returns the entries of one frame.
   *
   * @param width width of the sensor
   * @param height height of the sensor
   * @return C * H * W
   */
  public int frameLength(int width, int height) {
    return Math.multiplyExact(channels(), Math.multiplyExact(side(height), side(width)));
  }

  /**
   * Integrates a recording.
   *
   * @param events the recording; without events all frames are 0
   * @return {@code [T, C, H, W]} in row-major order
   */
  public float[] integrate(Events events) {
    float[] frames = newFrames(events.width(), events.height());
    if (binning == Binning.NUMBER) {
      for (int i = 0; i < events.size(); i++) {
        add(frames, events, i, (int) ((long) i * timeSteps / events.size()));
      }
    } else if (window) {
      addByTime(frames, events, borders(windowStart, windowLength));
    } else {
      long first = events.firstTime();
      addByTime(frames, events, borders(first, events.lastTime() - first + 1));
    }
    return limit(frames);
  }

  /**
   * Integrates a recording of any length block by block, in memory for its frames alone. Needs a
   * {@link Builder#window}, for the duration of a stream is not known before its end.
   *
   * @param events the recording, read to its end and left open
   * @return {@code [T, C, H, W]} in row-major order
   * @throws IllegalStateException if there is no window
   * @throws EventFormatException if the recording is cut off or damaged
   * @throws IOException if it cannot be read
   */
  public float[] integrate(EventReader events) throws IOException {
    if (!window) {
      throw new IllegalStateException(
          "frames of a stream need window(start, length), which is not set");
    }
    float[] frames = newFrames(events.width(), events.height());
    long[] borders = borders(windowStart, windowLength);
    for (Events block = events.read(BLOCK); block.size() > 0; block = events.read(BLOCK)) {
      addByTime(frames, block, borders);
    }
    return limit(frames);
  }

  private float[] newFrames(int width, int height) {
    long entries = (long) timeSteps * frameLength(width, height);
    if (entries > MAX_ENTRIES) {
      throw new IllegalArgumentException(
          String.format(
              "%d frames of %dx%d pixels have %d entries, expected at most %d",
              timeSteps, width, height, entries, MAX_ENTRIES));
    }
    return new float[(int) entries];
  }

  /**
   * Where frames begin, and the last one ends: the smallest times t with {@code floor((t - start) *
   * T / length) >= k}, without the product, which may run over.
   */
  private long[] borders(long start, long length) {
    long[] borders = new long[timeSteps + 1];
    long quotient = length / timeSteps;
    long rest = length % timeSteps;
    for (int k = 0; k <= timeSteps; k++) {
      borders[k] = start + quotient * k + (rest * k + timeSteps - 1) / timeSteps;
    }
    return borders;
  }

  private void addByTime(float[] frames, Events events, long[] borders) {
    int bin = 0;
    for (int i = 0; i < events.size(); i++) {
      long time = events.time(i);
      if (time < borders[0] || time >= borders[timeSteps]) {
        continue;
      }
      // Most events are in the frame of the one before or in the next one.
      if (time < borders[bin]) {
        bin = 0;
      }
      while (time >= borders[bin + 1]) {
        bin++;
      }
      add(frames, events, i, bin);
    }
  }

  private void add(float[] frames, Events events, int i, int bin) {
    int channel = polarities ? events.polarity(i) : 0;
    int row = (bin * channels() + channel) * side(events.height()) + events.y(i) / downSample;
    frames[row * side(events.width()) + events.x(i) / downSample]++;
  }

  private float[] limit(float[] frames) {
    for (int i = 0; maxCount > 0 && i < frames.length; i++) {
      frames[i] = Math.min(frames[i], maxCount);
    }
    return frames;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof EventFrames && Arrays.equals(fields(), ((EventFrames) o).fields());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(fields());
  }

  private Object[] fields() {
    return new Object[] {
      timeSteps, binning, polarities, downSample, maxCount, window, windowStart, windowLength
    };
  }

  @Override
  public String toString() {
    return String.format(
        "EventFrames(timeSteps=%d, binning=%s, polarities=%s, downSample=%d, maxCount=%d, window=%s,"
            + " start=%d, length=%d)",
        fields());
  }

  /** Settings of the frames. */
  public static final class Builder {
    private final int timeSteps;
    private Binning binning = Binning.NUMBER;
    private boolean polarities = true;
    private int downSample = 1;
    private int maxCount;
    private boolean window;
    private long windowStart;
    private long windowLength;

    /**
     * Begins with frames of equally many events.
     *
     * @param timeSteps number of frames, 1 or above
     */
    public Builder(int timeSteps) {
      this.timeSteps = timeSteps;
    }

    /**
     * Sets by what events are divided into frames.
     *
     * @param binning default NUMBER
     * @return this builder
     */
    public Builder binning(Binning binning) {
      this.binning = Objects.requireNonNull(binning, "binning");
      return this;
    }

    /**
     * Sets whether polarities have channels of their own.
     *
     * @param polarities default true; false adds them up, as for spike trains without polarity
     * @return this builder
     */
    public Builder polarities(boolean polarities) {
      this.polarities = polarities;
      return this;
    }

    /**
     * Sets how many pixels of a row, and of a column, are one cell.
     *
     * @param downSample 1 or above, default 1
     * @return this builder
     */
    public Builder downSample(int downSample) {
      this.downSample = downSample;
      return this;
    }

    /**
     * Limits the values.
     *
     * @param maxCount largest value; 1 makes spikes of 0 and 1; default 0, which is no limit
     * @return this builder
     */
    public Builder maxCount(int maxCount) {
      this.maxCount = maxCount;
      return this;
    }

    /**
     * Sets what part of a recording is integrated, and binning by TIME.
     *
     * @param startMicros first microsecond
     * @param lengthMicros microseconds, 1 or above
     * @return this builder
     */
    public Builder window(long startMicros, long lengthMicros) {
      this.binning = Binning.TIME;
      this.window = true;
      this.windowStart = startMicros;
      this.windowLength = lengthMicros;
      return this;
    }

    /**
     * Checks the settings.
     *
     * @return the frames
     * @throws IllegalArgumentException if a number is out of range, or a window is to be divided by
     *     number
     */
    public EventFrames build() {
      if (timeSteps < 1 || downSample < 1 || maxCount < 0) {
        throw new IllegalArgumentException(
            String.format(
                "expected timeSteps and downSample of at least 1 and maxCount of at least 0, got %d,"
                    + " %d and %d",
                timeSteps, downSample, maxCount));
      }
      boolean overflow = windowStart + windowLength < windowStart;
      if (window && (windowLength < 1 || overflow || binning != Binning.TIME)) {
        throw new IllegalArgumentException(
            String.format(
                "expected a window of at least 1 microsecond and binning TIME, got %d from %d and %s",
                windowLength, windowStart, binning));
      }
      return new EventFrames(this);
    }
  }
}
