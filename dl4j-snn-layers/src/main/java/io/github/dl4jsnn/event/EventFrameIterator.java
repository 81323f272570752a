package io.github.dl4jsnn.event;

import io.github.dl4jsnn.internal.data.AbstractBatchIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Mini-batches of frames of recordings.
 *
 * <pre>{@code
 * EventSet train = EventFolder.nMnist(root, true);
 * DataSetIterator batches =
 *     new EventFrameIterator.Builder(train, new EventFrames.Builder(16).build())
 *         .batchSize(32).shuffle(1).cache(Paths.get("cache/n-mnist-train")).build();
 * net.fit(batches, 10);
 * }</pre>
 *
 * <p><b>A batch</b> has features {@code [N, T, C*H*W]} ({@link EventFrames}; NCW on request: {@code
 * [N, C*H*W, T]}) and labels {@code [N, classes]}, 1 for the class.
 *
 * <p><b>Order</b> is a function of seed and epoch; {@link #reset()} begins the next epoch, with a
 * new order if shuffled. Prefetching by DL4J changes nothing.
 *
 * <p><b>Cache.</b> With a folder set, the frames of a recording are written to it when they are
 * first made, and read from there afterwards, also by later programs. Frames that were made of
 * another set or with other settings are made anew, and replace them: give each combination its own
 * folder. Several iterators and processes may share one. Recordings that change are not noticed:
 * delete the folder then.
 *
 * <p>{@link #next()} throws an {@link UncheckedIOException} if a recording cannot be read. Not for
 * use by several threads at once.
 */
public final class EventFrameIterator extends AbstractBatchIterator {
  private static final long serialVersionUID = 1L;

  private final EventSet set;
  private final EventFrames frames;
  private final FrameCache cache;
  private final int border;
  private final boolean flip;
  private final long augmentationSeed;
  private final RNNFormat format;
  private final DataType dataType;

  private EventFrameIterator(Builder b) {
    super(b.set.size(), b.batchSize, b.seed);
    set = b.set;
    frames = b.frames;
    cache = b.folder == null ? null : new FrameCache(b.folder, set.key() + '\n' + frames);
    border = b.border;
    flip = b.flip;
    augmentationSeed = b.augmentationSeed;
    format = b.format;
    dataType = b.dataType;
  }

  @Override
  protected DataSet batch(int[] order, int from, int to) {
    float[][] batch = new float[to - from][];
    int[] labels = new int[batch.length];
    for (int k = 0; k < batch.length; k++) {
      int i = order[from + k];
      labels[k] = set.label(i);
      try {
        batch[k] = border > 0 || flip ? moved(framesOf(i), i) : framesOf(i);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new DataSet(
        FrameBatch.of(batch, frames.timeSteps(), format, dataType),
        FrameBatch.oneHot(labels, set.numClasses(), dataType));
  }

  private float[] framesOf(int i) throws IOException {
    if (cache == null) {
      return frames.integrate(set.events(i));
    }
    int entries = frames.timeSteps() * frames.frameLength(set.width(), set.height());
    float[] kept = cache.load(i, entries);
    if (kept == null) {
      kept = frames.integrate(set.events(i));
      cache.store(i, kept);
    }
    return kept;
  }

  /** All frames of recording i, moved and mirrored by its draws; nothing happens outside. */
  private float[] moved(float[] in, int i) {
    SplittableRandom random = draws(augmentationSeed, i);
    int dy = random.nextInt(2 * border + 1) - border;
    int dx = random.nextInt(2 * border + 1) - border;
    boolean mirrored = flip && random.nextBoolean();
    int height = frames.side(set.height());
    int width = frames.side(set.width());
    float[] out = new float[in.length];
    for (int row = 0; row < in.length / width; row++) {
      int y = row % height + dy;
      if (y < 0 || y >= height) {
        continue;
      }
      for (int x = 0; x < width; x++) {
        int from = (mirrored ? width - 1 - x : x) + dx;
        if (from >= 0 && from < width) {
          out[row * width + x] = in[(row + dy) * width + from];
        }
      }
    }
    return out;
  }

  @Override
  public int inputColumns() {
    return frames.frameLength(set.width(), set.height());
  }

  @Override
  public int totalOutcomes() {
    return set.numClasses();
  }

  /** Names of the classes where their folders give them. */
  @Override
  public List<String> getLabels() {
    return set instanceof EventFolder ? ((EventFolder) set).classNames() : super.getLabels();
  }

  /** Settings of the iterator. */
  public static final class Builder {
    private final EventSet set;
    private final EventFrames frames;
    private int batchSize = 32;
    private Long seed;
    private RNNFormat format = RNNFormat.NWC;
    private DataType dataType = DataType.FLOAT;
    private Path folder;
    private int border;
    private boolean flip;
    private long augmentationSeed;

    /**
     * Begins with batches of 32 in the order of the set.
     *
     * @param set the recordings
     * @param frames how they become frames
     */
    public Builder(EventSet set, EventFrames frames) {
      this.set = Objects.requireNonNull(set, "set");
      this.frames = Objects.requireNonNull(frames, "frames");
    }

    /**
     * Sets the number of recordings of a batch.
     *
     * @param batchSize at least 1, default 32; the last batch of an epoch may be smaller
     * @return this builder
     */
    public Builder batchSize(int batchSize) {
      this.batchSize = batchSize;
      return this;
    }

    /**
     * Gives each epoch an order of its own.
     *
     * @param seed of the orders; without this call, every epoch is in the order of the set
     * @return this builder
     */
    public Builder shuffle(long seed) {
      this.seed = seed;
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
     * Sets the type of the arrays.
     *
     * @param dataType FLOAT (default) or DOUBLE
     * @return this builder
     */
    public Builder dataType(DataType dataType) {
      this.dataType = dataType;
      return this;
    }

    /**
     * Moves recordings at random and mirrors every other one, all frames of it alike, others in
     * each epoch: for training only. The cache keeps them as they were.
     *
     * @param border most cells of a frame to move by, in each direction
     * @param flip whether to mirror left and right
     * @param seed equal seeds, equal draws
     * @return this builder
     */
    public Builder augment(int border, boolean flip, long seed) {
      if (border < 0) {
        throw new IllegalArgumentException("border must be at least 0, was " + border);
      }
      this.border = border;
      this.flip = flip;
      this.augmentationSeed = seed;
      return this;
    }

    /**
     * Keeps frames on disk.
     *
     * @param folder the folder, made if it is missing; default null, which keeps none
     * @return this builder
     */
    public Builder cache(Path folder) {
      this.folder = folder;
      return this;
    }

    /**
     * Checks the settings.
     *
     * @return the iterator
     * @throws IllegalArgumentException if a setting is out of range or the set is empty
     */
    public EventFrameIterator build() {
      FrameBatch.check(batchSize, dataType);
      return new EventFrameIterator(this);
    }
  }
}
