package io.github.dl4jsnn.series;

import io.github.dl4jsnn.graph.Split;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * The windows of one part as batches: features {@code [N, L, C]}, labels {@code [N, H C]}, see
 * {@link SeriesWindows}.
 *
 * <p>The last batch of an epoch may be smaller; no window is left out. With {@link Builder#shuffle}
 * each epoch has another order, given by the seed and the number of the epoch alone. {@link #reset}
 * begins the next epoch.
 *
 * <p>DL4J prefetches it in its own thread, as {@code fit} does by itself; not for use by several
 * threads at once.
 */
public final class SeriesIterator implements DataSetIterator {
  private static final long serialVersionUID = 1L;

  private final SeriesWindows windows;
  private final Split part;
  private final int batchSize;
  private final Long seed;
  private final DataType type;
  private DataSetPreProcessor preProcessor;
  private int[] order;
  private int epoch;
  private int next;

  private SeriesIterator(Builder b) {
    windows = b.windows;
    part = b.part;
    batchSize = b.batchSize;
    seed = b.seed;
    type = b.type;
    begin();
  }

  private void begin() {
    next = 0;
    order = new int[windows.count(part)];
    Arrays.setAll(order, i -> i);
    if (seed == null) {
      return;
    }
    // an odd factor keeps epochs of neighbouring seeds apart
    Random random = new Random(seed * 0x9E3779B97F4A7C15L + epoch);
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  @Override
  public boolean hasNext() {
    return next < order.length;
  }

  /** Returns the next batch. */
  @Override
  public DataSet next() {
    return next(batchSize);
  }

  /**
   * Returns a batch of another size.
   *
   * @param num most windows, at least 1
   * @throws NoSuchElementException if the epoch is over
   */
  @Override
  public DataSet next(int num) {
    positive("num", num);
    if (!hasNext()) {
      throw new NoSuchElementException(
          "all " + order.length + " windows of this epoch were given; call reset()");
    }
    int end = (int) Math.min(order.length, (long) next + num);
    DataSet batch = windows.dataSet(part, Arrays.copyOfRange(order, next, end), type);
    next = end;
    if (preProcessor != null) {
      preProcessor.preProcess(batch);
    }
    return batch;
  }

  /** Begins the next epoch. */
  @Override
  public void reset() {
    epoch++;
    begin();
  }

  @Override
  public boolean resetSupported() {
    return true;
  }

  @Override
  public boolean asyncSupported() {
    return true;
  }

  @Override
  public int batch() {
    return batchSize;
  }

  /** Returns C, the number of channels. */
  @Override
  public int inputColumns() {
    return windows.channels();
  }

  /** Returns H C, the number of labels of a window. */
  @Override
  public int totalOutcomes() {
    return windows.labelCount();
  }

  /** Returns null: labels are numbers, not classes. */
  @Override
  public List<String> getLabels() {
    return null;
  }

  @Override
  public void setPreProcessor(DataSetPreProcessor preProcessor) {
    this.preProcessor = preProcessor;
  }

  @Override
  public DataSetPreProcessor getPreProcessor() {
    return preProcessor;
  }

  static int positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, was " + value);
    }
    return value;
  }

  /** Collects the options of a {@link SeriesIterator}. */
  public static final class Builder {
    private final SeriesWindows windows;
    private final Split part;
    private int batchSize = 32;
    private Long seed;
    private DataType type = DataType.FLOAT;

    Builder(SeriesWindows windows, Split part) {
      this.windows = windows;
      this.part = part;
    }

    /**
     * Sets the number of windows in a batch.
     *
     * @param batchSize at least 1; default 32
     * @return this builder
     */
    public Builder batchSize(int batchSize) {
      this.batchSize = positive("batchSize", batchSize);
      return this;
    }

    /**
     * Gives each epoch another order.
     *
     * @param seed equal seeds, equal orders; default: time order, in every epoch
     * @return this builder
     */
    public Builder shuffle(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Sets the type of the arrays, which should be that of the network.
     *
     * @param type FLOAT or DOUBLE; default FLOAT
     * @return this builder
     */
    public Builder dataType(DataType type) {
      this.type = Objects.requireNonNull(type, "type");
      return this;
    }

    /**
     * Returns the iterator, at the beginning of its first epoch.
     *
     * @return a new iterator
     */
    public SeriesIterator build() {
      return new SeriesIterator(this);
    }
  }
}
