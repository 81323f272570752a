package io.github.dl4jsnn.event;

import io.github.dl4jsnn.internal.kernel.Workers;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Mini-batches of pictures as a simulated event camera sees them: each picture becomes events
 * ({@link EventCamera}) and these become frames ({@link EventFrames}), while the network trains.
 *
 * <pre>{@code
 * DataSetIterator batches =
 *     new EventCameraIterator.Builder(pictures, EventCamera.builder().build(), frames)
 *         .pictures(1, 28, 28).build();
 * }</pre>
 *
 * <p><b>A batch</b> has features {@code [N, T, C*H*W]} ({@link EventFrames}; NCW on request: {@code
 * [N, C*H*W, T]}), and the labels of the pictures as they are.
 *
 * <p><b>Pictures</b> are features {@code [N, C, H, W]}, or flat ones {@code [N, C*H*W]}, C being 1
 * or 3; any iterator that shuffles them may be used.
 *
 * <p><b>Noise</b> of a picture depends on the camera's seed and on the picture's place among all
 * that were asked for since the iterator was made or {@link #setExample} was called: the same
 * picture looks different in each epoch, and a program that runs again sees the same. Without noise
 * a picture always looks the same. Pictures are divided among threads, which changes nothing.
 *
 * <p>Not for use by several threads at once.
 */
public final class EventCameraIterator implements DataSetIterator {
  private static final long serialVersionUID = 1L;

  /** Array entries that one pixel's simulation is worth, some looks of some nanoseconds each. */
  private static final long WORK_A_PIXEL = 500;

  private final DataSetIterator pictures;
  private final transient EventCamera camera;
  private final transient EventFrames frames;
  private final int channels;
  private final int height;
  private final int width;
  private final RNNFormat format;
  private final DataType dataType;
  private DataSetPreProcessor preProcessor;
  private long example;

  private EventCameraIterator(Builder b) {
    pictures = b.pictures;
    camera = b.camera;
    frames = b.frames;
    channels = b.channels;
    height = b.height;
    width = b.width;
    format = b.format;
    dataType = b.dataType;
  }

  /**
   * Sets the number of the next picture, which decides its noise: for the same noise at each
   * evaluation, or to take up training where it ended.
   *
   * @param example any number; 0 at first
   */
  public void setExample(long example) {
    this.example = example;
  }

  @Override
  public DataSet next() {
    return simulated(pictures.next());
  }

  @Override
  public DataSet next(int num) {
    return simulated(pictures.next(num));
  }

  private DataSet simulated(DataSet batch) {
    INDArray features = batch.getFeatures();
    int n = (int) features.size(0);
    long length = (long) channels * height * width;
    boolean images =
        features.rank() == 4
            && features.size(1) == channels
            && features.size(2) == height
            && features.size(3) == width;
    if (!images && !(features.rank() == 2 && features.size(1) == length)) {
      throw new IllegalArgumentException(
          String.format(
              "EventCameraIterator: expected pictures [N, %d, %d, %d] or [N, %d], got %s",
              channels, height, width, length, features.shapeInfoToString()));
    }
    float[] values = features.castTo(DataType.FLOAT).dup('c').data().asFloat();
    float[][] made = new float[n][];
    long first = example;
    Workers.run(
        n,
        n * length * WORK_A_PIXEL,
        (k, worker) ->
            made[k] =
                frames.integrate(camera.record(values, k, channels, height, width, first + k)));
    example += n;
    DataSet next =
        new DataSet(FrameBatch.of(made, frames.timeSteps(), format, dataType), batch.getLabels());
    next.setLabelsMaskArray(batch.getLabelsMaskArray());
    if (preProcessor != null) {
      preProcessor.preProcess(next);
    }
    return next;
  }

  @Override
  public boolean hasNext() {
    return pictures.hasNext();
  }

  /** Goes back to the first picture. */
  @Override
  public void reset() {
    pictures.reset();
  }

  @Override
  public boolean resetSupported() {
    return pictures.resetSupported();
  }

  @Override
  public boolean asyncSupported() {
    return true;
  }

  @Override
  public int batch() {
    return pictures.batch();
  }

  @Override
  public int inputColumns() {
    return frames.frameLength(camera.side(width), camera.side(height));
  }

  @Override
  public int totalOutcomes() {
    return pictures.totalOutcomes();
  }

  @Override
  public List<String> getLabels() {
    return pictures.getLabels();
  }

  @Override
  public void setPreProcessor(DataSetPreProcessor preProcessor) {
    this.preProcessor = preProcessor;
  }

  @Override
  public DataSetPreProcessor getPreProcessor() {
    return preProcessor;
  }

  /** Settings of the iterator. */
  public static final class Builder {
    private final DataSetIterator pictures;
    private final EventCamera camera;
    private final EventFrames frames;
    private int channels = 1;
    private int height = 28;
    private int width = 28;
    private RNNFormat format = RNNFormat.NWC;
    private DataType dataType = DataType.FLOAT;

    /**
     * Begins with pictures as those of MNIST.
     *
     * @param pictures batches of pictures
     * @param camera what looks at them
     * @param frames how events become frames
     */
    public Builder(DataSetIterator pictures, EventCamera camera, EventFrames frames) {
      this.pictures = Objects.requireNonNull(pictures, "pictures");
      this.camera = Objects.requireNonNull(camera, "camera");
      this.frames = Objects.requireNonNull(frames, "frames");
    }

    /**
     * Sets the shape of pictures.
     *
     * @param channels 1 for luminance or 3 for red, green and blue; default 1
     * @param height default 28
     * @param width default 28
     * @return this builder
     */
    public Builder pictures(int channels, int height, int width) {
      this.channels = channels;
      this.height = height;
      this.width = width;
      return this;
    }

    /**
     * Sets the order of the axes of features.
     *
     * @param format NWC (default) or NCW
     * @return this builder
     */
    public Builder dataFormat(RNNFormat format) {
      this.format = Objects.requireNonNull(format, "format");
      return this;
    }

    /**
     * Sets the type of features.
     *
     * @param dataType FLOAT (default) or DOUBLE
     * @return this builder
     */
    public Builder dataType(DataType dataType) {
      this.dataType = dataType;
      return this;
    }

    /**
     * Checks the settings.
     *
     * @return the iterator
     * @throws IllegalArgumentException if the shape or the type is out of range
     */
    public EventCameraIterator build() {
      FrameBatch.check(1, dataType);
      if (channels != 1 && channels != 3 || height < 1 || width < 1) {
        throw new IllegalArgumentException(
            String.format(
                "expected pictures of 1 or 3 channels and at least 1x1 pixels, got %d, %dx%d",
                channels, height, width));
      }
      return new EventCameraIterator(this);
    }
  }
}
