package io.github.dl4jsnn.internal.data;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.SplittableRandom;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Batches of numbered examples, in order or shuffled. Each epoch has another order, given by the
 * seed and the number of the epoch alone; {@link #reset} begins the next epoch. The last batch of
 * an epoch may be smaller; no example is left out, unless epochs are to end earlier.
 */
public abstract class AbstractBatchIterator implements DataSetIterator {
  private static final long serialVersionUID = 1L;

  /** Odd, so that epochs of neighbouring seeds stay apart. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final int batchSize;
  private final Long seed;
  private final int[] order;
  private final int perEpoch;
  private DataSetPreProcessor preProcessor;
  private int epoch;
  private int next;

  /**
   * At the beginning of its first epoch.
   *
   * @param numExamples at least 1
   * @param batchSize at least 1
   * @param seed of the order, or null for 0, 1, 2, ... in every epoch
   */
  protected AbstractBatchIterator(int numExamples, int batchSize, Long seed) {
    this(numExamples, batchSize, seed, numExamples);
  }

  /**
   * At the beginning of its first epoch.
   *
   * @param numExamples at least 1
   * @param batchSize at least 1
   * @param seed of the order, or null for 0, 1, 2, ... in every epoch
   * @param perEpoch most examples of an epoch: the first of its order; at least 1
   */
  protected AbstractBatchIterator(int numExamples, int batchSize, Long seed, int perEpoch) {
    if (numExamples < 1) {
      throw new IllegalArgumentException("expected at least one example");
    }
    this.batchSize = batchSize;
    this.seed = seed;
    order = new int[numExamples];
    this.perEpoch = Math.min(perEpoch, numExamples);
    begin();
  }

  private void begin() {
    next = 0;
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    if (seed != null) {
      Random random = new Random(seed * SPREAD + epoch);
      for (int i = order.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
      }
    }
  }

  /**
   * Makes a batch.
   *
   * @param order numbers of examples
   * @param from first entry of the order that is in the batch
   * @param to one behind the last
   * @return the batch
   */
  protected abstract DataSet batch(int[] order, int from, int to);

  /**
   * Draws for one example in this epoch, which do not depend on the batch it is in.
   *
   * @param seed of the draws
   * @param example its number
   * @return draws that only depend on seed, epoch and example
   */
  protected final SplittableRandom draws(long seed, int example) {
    return new SplittableRandom((seed * SPREAD + epoch) * SPREAD + example);
  }

  @Override
  public final boolean hasNext() {
    return next < perEpoch;
  }

  @Override
  public final DataSet next() {
    return next(batchSize);
  }

  /**
   * Returns a batch of another size.
   *
   * @param num most examples, at least 1
   * @return the batch
   * @throws NoSuchElementException if the epoch is over
   */
  @Override
  public final DataSet next(int num) {
    if (num < 1) {
      throw new IllegalArgumentException("expected a batch of at least 1 example, got " + num);
    }
    if (!hasNext()) {
      throw new NoSuchElementException(
          "all " + perEpoch + " examples of this epoch were given; call reset()");
    }
    int end = (int) Math.min(perEpoch, (long) next + num);
    DataSet data = batch(order, next, end);
    next = end;
    if (preProcessor != null) {
      preProcessor.preProcess(data);
    }
    return data;
  }

  /** Begins the next epoch. */
  @Override
  public final void reset() {
    epoch++;
    begin();
  }

  @Override
  public final boolean resetSupported() {
    return true;
  }

  @Override
  public final boolean asyncSupported() {
    return true;
  }

  @Override
  public final int batch() {
    return batchSize;
  }

  /**
   * Number of examples in an epoch.
   *
   * @return at least 1
   */
  public final int numExamples() {
    return perEpoch;
  }

  @Override
  public final void setPreProcessor(DataSetPreProcessor preProcessor) {
    this.preProcessor = preProcessor;
  }

  @Override
  public final DataSetPreProcessor getPreProcessor() {
    return preProcessor;
  }

  /** Names of the classes, which are not known here. */
  @Override
  public List<String> getLabels() {
    return null; // what DL4J expects where there are no names
  }
}
