package io.github.dl4jsnn.series;

import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.internal.BuilderChecks;
import io.github.dl4jsnn.internal.data.AbstractBatchIterator;
import java.util.Arrays;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The examples of one part as batches: features {@code [N, L, C]}, labels {@code [N, H C]}, see
 * {@link SeriesWindows}.
 *
 * <p>The last batch of an epoch may be smaller; no example is left out unless {@link
 * Builder#examplesPerEpoch} says so. With {@link Builder#shuffle} each epoch has another order,
 * given by the seed and the number of the epoch alone. {@link #reset} begins the next epoch.
 *
 * <p>DL4J prefetches it in its own thread, as {@code fit} does by itself; not for use by several
 * threads at once.
 */
public final class SeriesIterator extends AbstractBatchIterator {
  private static final long serialVersionUID = 1L;

  private final SeriesWindows windows;
  private final Split part;
  private final DataType type;

  private SeriesIterator(Builder b) {
    super(b.windows.count(b.part), b.batchSize, b.seed, b.examplesPerEpoch);
    windows = b.windows;
    part = b.part;
    type = b.type;
  }

  @Override
  protected DataSet batch(int[] order, int from, int to) {
    return windows.dataSet(part, Arrays.copyOfRange(order, from, to), type);
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

  /** Collects the options of a {@link SeriesIterator}. */
  public static final class Builder {
    private final SeriesWindows windows;
    private final Split part;
    private int batchSize = 32;
    private Long seed;
    private int examplesPerEpoch = Integer.MAX_VALUE;
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
      this.batchSize = BuilderChecks.size("SeriesIterator", "batchSize", batchSize);
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
     * Ends each epoch after some examples, the first of its order: with {@link #shuffle}, others in
     * each epoch.
     *
     * @param examplesPerEpoch at least 1; default all
     * @return this builder
     */
    public Builder examplesPerEpoch(int examplesPerEpoch) {
      this.examplesPerEpoch =
          BuilderChecks.size("SeriesIterator", "examplesPerEpoch", examplesPerEpoch);
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
