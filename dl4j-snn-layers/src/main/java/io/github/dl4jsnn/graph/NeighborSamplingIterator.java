package io.github.dl4jsnn.graph;

import io.github.dl4jsnn.internal.kernel.CounterRandom;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * Mini-batches of labelled nodes with their sampled surroundings, so that graphs of any size are
 * trained on in bounded memory.
 *
 * <pre>{@code
 * MultiDataSetIterator batches =
 *     new NeighborSamplingIterator.Builder(graph, NeighborSampler.fanOuts(10, 5))
 *         .nodes(Split.TRAIN).batchSize(1024).build();
 * net.fit(batches, 10);
 * }</pre>
 *
 * <p><b>A batch</b> is {@link SampledSubgraph#dataSet}: features {@code [n, F]}, edges {@code [e,
 * 3]} with node numbers of the batch, labels {@code [n, C]} and a labels mask {@code [n, 1]} that
 * is 1 for the seed nodes. {@link SampledSubgraph#nodes(MultiDataSet)} gives the node numbers of
 * the whole graph. The network ends in a {@link io.github.dl4jsnn.conf.LabelledLossLayer}, or
 * evaluation by {@code net.evaluate(batches)} sees the seed nodes only by the mask.
 *
 * <p><b>Random numbers.</b> Order and draws are functions of seed, epoch and batch, so that
 * prefetching (DL4J wraps the iterator into an AsyncMultiDataSetIterator) and the number of threads
 * change nothing. Every {@link #reset()} begins the next epoch: a new order if shuffled, and new
 * draws in any case. For the same draws at each evaluation, call {@link #setEpoch} before it, or
 * sample all neighbours.
 *
 * <p><b>Evaluation on the whole graph</b> without sampling is what {@link LayerWiseInference} is
 * for.
 *
 * <p>Not for use by several threads at once. {@link #remove()} is not supported.
 */
public final class NeighborSamplingIterator implements MultiDataSetIterator {
  private static final long serialVersionUID = 1L;
  private static final int SHUFFLE = 0;
  private static final int DRAWS = 1;

  private final CsrGraph graph;
  private final NeighborSampler sampler;
  private final int[] nodes;
  private final int batchSize;
  private final boolean shuffle;
  private final long seed;
  private final DataType dataType;
  private MultiDataSetPreProcessor preProcessor;
  private int epoch;
  private int batch;
  private int[] order;

  private NeighborSamplingIterator(Builder b) {
    graph = b.graph;
    sampler = b.sampler;
    nodes = b.nodes;
    batchSize = b.batchSize;
    shuffle = b.shuffle;
    seed = b.seed;
    dataType = b.dataType;
    begin(0);
  }

  private void begin(int epoch) {
    this.epoch = epoch;
    batch = 0;
    order = nodes.clone();
    long random = stream(SHUFFLE);
    for (int i = order.length - 1; shuffle && i > 0; i--) {
      int j = (int) (CounterRandom.uniform(random, i) * (i + 1L));
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  private long stream(int number) {
    return CounterRandom.mix(CounterRandom.mix(seed, number), epoch);
  }

  /**
   * Returns the number of batches of an epoch.
   *
   * @return seed nodes over batch size, rounded up
   */
  public int numBatches() {
    return (int) ((nodes.length + (long) batchSize - 1) / batchSize);
  }

  /**
   * Returns the number of the current epoch.
   *
   * @return calls of {@link #reset()} since the last {@link #setEpoch}, from 0
   */
  public int epoch() {
    return epoch;
  }

  /**
   * Goes to the beginning of an epoch: to take up training where it ended, or to repeat draws.
   *
   * @param epoch 0 or above
   * @throws IllegalArgumentException if it is below 0
   */
  public void setEpoch(int epoch) {
    if (epoch < 0) {
      throw new IllegalArgumentException("expected an epoch of at least 0, got " + epoch);
    }
    begin(epoch);
  }

  /**
   * Draws the next batch, in the form before it becomes arrays.
   *
   * @return the sub-graph
   * @throws NoSuchElementException if the epoch is over
   */
  public SampledSubgraph nextSubgraph() {
    if (!hasNext()) {
      throw new NoSuchElementException("epoch " + epoch + " is over; call reset()");
    }
    int from = batch * batchSize;
    int[] seeds = new int[Math.min(batchSize, order.length - from)];
    System.arraycopy(order, from, seeds, 0, seeds.length);
    return sampler.sample(graph, seeds, CounterRandom.mix(stream(DRAWS), batch++));
  }

  @Override
  public MultiDataSet next() {
    MultiDataSet next = nextSubgraph().dataSet(dataType);
    if (preProcessor != null) {
      preProcessor.preProcess(next);
    }
    return next;
  }

  /** Not supported: the batch size is that of the builder. */
  @Override
  public MultiDataSet next(int num) {
    throw new UnsupportedOperationException(
        "the batch size is set in the builder, to " + batchSize);
  }

  @Override
  public boolean hasNext() {
    return (long) batch * batchSize < order.length;
  }

  /** Begins the next epoch. */
  @Override
  public void reset() {
    begin(epoch + 1);
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
  public void setPreProcessor(MultiDataSetPreProcessor preProcessor) {
    this.preProcessor = preProcessor;
  }

  @Override
  public MultiDataSetPreProcessor getPreProcessor() {
    return preProcessor;
  }

  /** Settings of the iterator. */
  public static final class Builder {
    private final CsrGraph graph;
    private final NeighborSampler sampler;
    private int[] nodes;
    private int batchSize = 1024;
    private boolean shuffle = true;
    private long seed = 1;
    private DataType dataType = DataType.FLOAT;

    /**
     * Begins with the training nodes as seed nodes.
     *
     * @param graph the whole graph, with features and labels
     * @param sampler fan-outs
     */
    public Builder(CsrGraph graph, NeighborSampler sampler) {
      this.graph = Objects.requireNonNull(graph, "graph");
      this.sampler = Objects.requireNonNull(sampler, "sampler");
      this.nodes = graph.nodes(Split.TRAIN);
    }

    /**
     * Sets the seed nodes to those of a split.
     *
     * @param split default TRAIN
     * @return this builder
     */
    public Builder nodes(Split split) {
      return nodes(graph.nodes(split));
    }

    /**
     * Sets the seed nodes.
     *
     * @param nodes different nodes, each with a label
     * @return this builder
     */
    public Builder nodes(int... nodes) {
      this.nodes = nodes.clone();
      return this;
    }

    /**
     * Sets the number of seed nodes of a batch.
     *
     * @param batchSize at least 1, default 1024; the last batch of an epoch may be smaller
     * @return this builder
     */
    public Builder batchSize(int batchSize) {
      this.batchSize = batchSize;
      return this;
    }

    /**
     * Sets whether each epoch has an order of its own.
     *
     * @param shuffle default true; false keeps the order of the seed nodes
     * @return this builder
     */
    public Builder shuffle(boolean shuffle) {
      this.shuffle = shuffle;
      return this;
    }

    /**
     * Sets the seed of order and draws.
     *
     * @param seed any number, default 1
     * @return this builder
     */
    public Builder seed(long seed) {
      this.seed = seed;
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
     * Checks the settings.
     *
     * @return the iterator
     * @throws IllegalArgumentException if there are no seed nodes, one is not in the graph, there
     *     twice or without a label, or the batch size is below 1
     * @throws IllegalStateException if the graph has no features or labels
     */
    public NeighborSamplingIterator build() {
      graph.requireFeatures();
      graph.requireLabels();
      if (batchSize < 1 || nodes.length == 0) {
        throw new IllegalArgumentException(
            String.format(
                "%s: expected at least 1 seed node and a batch size of at least 1, got %d and %d",
                graph.name(), nodes.length, batchSize));
      }
      NodeIndex met = new NodeIndex(nodes.length);
      for (int i = 0; i < nodes.length; i++) {
        int v = nodes[i];
        if (v < 0
            || v >= graph.numNodes()
            || met.add(v) != i
            || graph.label(v) == GraphData.NO_LABEL) {
          throw new IllegalArgumentException(
              String.format(
                  "%s: expected different seed nodes of 0 to %d with a label each, got %d at %d",
                  graph.name(), graph.numNodes() - 1, v, i));
        }
      }
      return new NeighborSamplingIterator(this);
    }
  }
}
