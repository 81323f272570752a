package io.github.dl4jsnn.event;

import io.github.dl4jsnn.internal.kernel.CounterRandom;
import java.util.Arrays;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A simulated event camera: makes events of a picture by moving before it, or of a film. Immutable,
 * deterministic, for any number of threads.
 *
 * <pre>
 *   l(t) = ln(offset + L(t) / white)            log brightness of a pixel, L the luminance it sees
 *   an event at t when |l(t) - l_0| = threshold; polarity the sign; then l_0 = l_0 +- threshold
 * </pre>
 *
 * <p>l_0 begins as l(0), so each pixel compares with the level of its last event. l is computed
 * every {@link Builder#stepMicros} and taken to be linear between, which gives the times of events,
 * in microseconds. A step of brightness by a factor c thus makes floor(|ln c| / threshold) events a
 * pixel, spread over the step in which it happens.
 *
 * <p><b>Picture.</b> {@code [H, W]}, {@code [1, H, W]} or {@code [3, H, W]}, values 0 to white;
 * colours become luminance 0.299 R + 0.587 G + 0.114 B. The sensor has a margin around the picture
 * ({@link Builder#margin}; 28 by 28 pixels then give the 34 by 34 of N-MNIST), where it sees the
 * picture's edge go on. Between pixels the luminance is interpolated bilinearly.
 *
 * <p><b>Path.</b> {@link CameraPath}; the default are the three saccades of N-MNIST, {@code
 * CameraPath.triangle(4, 100_000)}: 100 ms a side of a triangle. How far the real camera moved is
 * not published in pixels; with 4 and the other defaults a digit of MNIST gives 4,500 events on
 * average, about as many as a recording of N-MNIST has. A camera that ends where it began sends as
 * many ON as OFF events.
 *
 * <p><b>Noise</b>, none by default: thresholds that differ from pixel to pixel, the same for every
 * picture ({@link Builder#thresholdSpread}), and events without a cause ({@link
 * Builder#noiseRate}), other ones for every example. Both are functions of {@link Builder#seed}.
 *
 * <p>Not simulated: bandwidth, refractory time, and leak events of real pixels.
 *
 * <p><b>Source.</b> Saccades: G. Orchard, A. Jayawant, G. K. Cohen, N. Thakor, "Converting static
 * image datasets to spiking neuromorphic datasets using saccades", Frontiers in Neuroscience 9:437,
 * 2015. Pixels: H. Rebecq, D. Gehrig, D. Scaramuzza, "ESIM: an open event camera simulator", CoRL
 * 2018, section 3.1.
 */
public final class EventCamera {
  private static final double RED = 0.299;
  private static final double GREEN = 0.587;
  private static final double BLUE = 0.114;

  /** Share of white by which values may be above it, for rounding. */
  private static final double SLACK = 1e-5;

  /** Thresholds are never below this share of their mean. */
  private static final double LEAST_THRESHOLD = 0.1;

  private static final int THRESHOLDS = 0;
  private static final int NOISE = 1;

  private final double threshold;
  private final double offset;
  private final double white;
  private final CameraPath path;
  private final long stepMicros;
  private final int margin;
  private final double thresholdSpread;
  private final double noiseRate;
  private final long seed;

  private EventCamera(Builder b) {
    threshold = b.threshold;
    offset = b.offset;
    white = b.white;
    path = b.path;
    stepMicros = b.stepMicros;
    margin = b.margin;
    thresholdSpread = b.thresholdSpread;
    noiseRate = b.noiseRate;
    seed = b.seed;
  }

  /**
   * Begins with the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** The same camera for pictures whose largest value is another. */
  EventCamera withWhite(double white) {
    Builder b = new Builder();
    b.threshold(threshold).offset(offset).white(white).path(path).stepMicros(stepMicros);
    b.margin(margin).thresholdSpread(thresholdSpread).noiseRate(noiseRate).seed(seed);
    return b.build();
  }

  /**
   * Returns the length of a side of the sensor.
   *
   * @param pixels length of the side of the picture
   * @return that and the margin on both ends
   */
  public int side(int pixels) {
    return pixels + 2 * margin;
  }

  /**
   * Returns how long the camera looks at a picture.
   *
   * @return microseconds
   */
  public long duration() {
    return path.duration();
  }

  /**
   * Moves before a picture.
   *
   * @param picture {@code [H, W]}, {@code [1, H, W]} or {@code [3, H, W]}, values 0 to white
   * @return events of (H + 2 margin) by (W + 2 margin) pixels, by time
   * @throws IllegalArgumentException if the shape is another or a value is out of range
   */
  public Events record(INDArray picture) {
    return record(picture, 0);
  }

  /**
   * Moves before a picture that is one of many.
   *
   * @param picture {@code [H, W]}, {@code [1, H, W]} or {@code [3, H, W]}, values 0 to white
   * @param example number of the picture, which decides the noise
   * @return events of (H + 2 margin) by (W + 2 margin) pixels, by time
   * @throws IllegalArgumentException if the shape is another or a value is out of range
   */
  public Events record(INDArray picture, long example) {
    int rank = picture.rank();
    boolean colour = rank == 3 && picture.size(0) == 3;
    if (rank != 2 && !(rank == 3 && (colour || picture.size(0) == 1)) || picture.isEmpty()) {
      throw new IllegalArgumentException(
          "EventCamera: expected a picture [H, W], [1, H, W] or [3, H, W], got "
              + picture.shapeInfoToString());
    }
    float[] values = values(picture);
    int h = (int) picture.size(rank - 2);
    int w = (int) picture.size(rank - 1);
    return record(colour ? luminance(values, 0, h * w) : values, 0, h, w, example);
  }

  /** Values in the order of the axes. */
  private static float[] values(INDArray array) {
    return array.castTo(DataType.FLOAT).dup('c').data().asFloat();
  }

  /** Luminance of a colour picture of n pixels, from an index on. */
  private static float[] luminance(float[] rgb, int from, int n) {
    float[] l = new float[n];
    for (int i = 0; i < n; i++) {
      int k = from + i;
      l[i] = (float) (RED * rgb[k] + GREEN * rgb[k + n] + BLUE * rgb[k + 2 * n]);
    }
    return l;
  }

  /** Moves before picture number k of a batch of pictures of c channels. */
  Events record(float[] pictures, int k, int c, int h, int w, long example) {
    int from = k * c * h * w;
    return c == 3
        ? record(luminance(pictures, from, h * w), 0, h, w, example)
        : record(pictures, from, h, w, example);
  }

  private Events record(float[] luminance, int from, int h, int w, long example) {
    LogPicture picture = new LogPicture(scaled(luminance, from, h * w), h, w, margin, offset);
    EventQueue events = new EventQueue();
    double[] now = new double[side(h) * side(w)];
    picture.look(path.x(0), path.y(0), now);
    CameraPixels pixels = new CameraPixels(side(w), now, thresholds(now.length), events);
    for (long t = 0; t < path.duration(); t += stepMicros) {
      long to = Math.min(t + stepMicros, path.duration());
      picture.look(path.x(to), path.y(to), now);
      pixels.look(now, t, to);
    }
    return finish(events, side(w), side(h), path.duration(), example);
  }

  /**
   * Looks at a film without moving; path and margin play no part.
   *
   * @param film {@code [K, H, W]} with K of at least 2, values 0 to white; luminance goes over from
   *     each picture to the next linearly in its logarithm
   * @param stepMicros duration from one picture to the next in microseconds, 1 or above
   * @return events of H by W pixels, by time
   * @throws IllegalArgumentException if the shape is another, a value is out of range, or the film
   *     longer than 2^32 microseconds
   */
  public Events recordFilm(INDArray film, long stepMicros) {
    if (film.rank() != 3 || film.isEmpty() || film.size(0) < 2) {
      throw new IllegalArgumentException(
          "EventCamera: expected a film [K, H, W] of at least 2 pictures, got "
              + film.shapeInfoToString());
    }
    int pictures = (int) film.size(0);
    if (stepMicros < 1 || stepMicros > EventQueue.MAX_TIME / (pictures - 1)) {
      throw new IllegalArgumentException(
          String.format(
              "expected steps of at least 1 microsecond and at most %d in all, got %d of %d",
              EventQueue.MAX_TIME, pictures - 1, stepMicros));
    }
    int h = (int) film.size(1);
    int w = (int) film.size(2);
    float[] values = values(film);
    EventQueue events = new EventQueue();
    CameraPixels pixels = new CameraPixels(w, logs(values, 0, h * w), thresholds(h * w), events);
    for (int k = 1; k < pictures; k++) {
      pixels.look(logs(values, k, h * w), (k - 1) * stepMicros, k * stepMicros);
    }
    return finish(events, w, h, (pictures - 1) * stepMicros, 0);
  }

  private double[] logs(float[] film, int picture, int n) {
    double[] l = scaled(film, picture * n, n);
    for (int i = 0; i < n; i++) {
      l[i] = Math.log(offset + l[i]);
    }
    return l;
  }

  private double[] scaled(float[] luminance, int from, int n) {
    double[] l = new double[n];
    for (int i = 0; i < n; i++) {
      l[i] = luminance[from + i] / white;
      if (!(l[i] >= 0 && l[i] <= 1 + SLACK)) {
        throw new IllegalArgumentException(
            String.format(
                "EventCamera: expected luminance of 0 to white = %s, got %s in pixel %d; white(...)"
                    + " sets what is white",
                white, luminance[from + i], i));
      }
    }
    return l;
  }

  private double[] thresholds(int pixels) {
    double[] each = new double[pixels];
    Arrays.fill(each, threshold);
    long random = CounterRandom.mix(seed, THRESHOLDS);
    for (int i = 0; thresholdSpread > 0 && i < pixels; i++) {
      double u = CounterRandom.uniform(random, 2L * i);
      double v = CounterRandom.uniform(random, 2L * i + 1);
      double normal = Math.sqrt(-2 * Math.log1p(-u)) * Math.cos(2 * Math.PI * v);
      each[i] *= Math.max(LEAST_THRESHOLD, 1 + thresholdSpread * normal);
    }
    return each;
  }

  private Events finish(EventQueue events, int width, int height, long duration, long example) {
    long random = CounterRandom.mix(CounterRandom.mix(seed, NOISE), example);
    CameraPixels.noise(events, width, width * height, noiseRate, duration, random);
    return events.build(width, height);
  }

  /** All settings, in the order of the builder. */
  @Override
  public String toString() {
    return String.format(
        "EventCamera(threshold=%s, offset=%s, white=%s, path=%s, stepMicros=%s, margin=%s,"
            + " thresholdSpread=%s, noiseRate=%s, seed=%s)",
        threshold, offset, white, path, stepMicros, margin, thresholdSpread, noiseRate, seed);
  }

  /** Settings of the camera. */
  public static final class Builder {
    private double threshold = 0.3;
    private double offset = 0.1;
    private double white = 1;
    private CameraPath path = CameraPath.triangle(4, 100_000);
    private long stepMicros = 4000;
    private int margin = 3;
    private double thresholdSpread;
    private double noiseRate;
    private long seed = 1;

    private Builder() {}

    /**
     * Sets by how much the log brightness must change for an event.
     *
     * @param threshold 0.001 or above, default 0.3; lower makes more events
     * @return this builder
     */
    public Builder threshold(double threshold) {
      this.threshold = threshold;
      return this;
    }

    /**
     * Sets what is added to the luminance, of which white is 1, before the logarithm: the
     * brightness of the dark.
     *
     * @param offset 0.0001 or above, default 0.1; lower makes more events at dark edges
     * @return this builder
     */
    public Builder offset(double offset) {
      this.offset = offset;
      return this;
    }

    /**
     * Sets the largest value of pictures.
     *
     * @param white above 0, default 1; 255 for pictures that are not scaled
     * @return this builder
     */
    public Builder white(double white) {
      this.white = white;
      return this;
    }

    /**
     * Sets how the camera moves before a picture.
     *
     * @param path default {@code CameraPath.triangle(4, 100_000)}
     * @return this builder
     */
    public Builder path(CameraPath path) {
      this.path = Objects.requireNonNull(path, "path");
      return this;
    }

    /**
     * Sets how often the camera looks while it moves.
     *
     * @param stepMicros microseconds between looks, 1 or above, default 4000; a look should move
     *     the picture by much less than a pixel, and takes time
     * @return this builder
     */
    public Builder stepMicros(long stepMicros) {
      this.stepMicros = stepMicros;
      return this;
    }

    /**
     * Sets by how much the sensor is larger than the picture, on each side.
     *
     * @param margin pixels, 0 to 1000, default 3
     * @return this builder
     */
    public Builder margin(int margin) {
      this.margin = margin;
      return this;
    }

    /**
     * Sets how much thresholds differ from pixel to pixel.
     *
     * @param thresholdSpread standard deviation over mean, 0 to 1, default 0; real cameras have
     *     0.02 to 0.04
     * @return this builder
     */
    public Builder thresholdSpread(double thresholdSpread) {
      this.thresholdSpread = thresholdSpread;
      return this;
    }

    /**
     * Sets how often pixels send events of no cause.
     *
     * @param noiseRate events a second and pixel, 0 to 10,000, default 0
     * @return this builder
     */
    public Builder noiseRate(double noiseRate) {
      this.noiseRate = noiseRate;
      return this;
    }

    /**
     * Sets the seed of all noise.
     *
     * @param seed any number, default 1
     * @return this builder
     */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Checks the settings.
     *
     * @return the camera
     * @throws IllegalArgumentException if one is out of range; the message names it
     */
    public EventCamera build() {
      check("threshold", threshold, 0.001, Double.MAX_VALUE);
      check("offset", offset, 0.0001, Double.MAX_VALUE);
      check("white", white, Double.MIN_NORMAL, Double.MAX_VALUE);
      check("stepMicros", stepMicros, 1, EventQueue.MAX_TIME);
      check("margin", margin, 0, 1000);
      check("thresholdSpread", thresholdSpread, 0, 1);
      check("noiseRate", noiseRate, 0, 10_000);
      return new EventCamera(this);
    }

    private static void check(String name, double value, double least, double most) {
      if (!(value >= least && value <= most)) {
        throw new IllegalArgumentException(
            String.format(
                "EventCamera: expected %s of %s to %s, got %s", name, least, most, value));
      }
    }
  }
}
