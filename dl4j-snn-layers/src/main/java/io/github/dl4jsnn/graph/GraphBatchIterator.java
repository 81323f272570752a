package io.github.dl4jsnn.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * Block-diagonal batches of graphs for {@code ComputationGraph.fit} and {@code evaluate}: each is
 * the {@link GraphBatch#dataSet(DataType) data set} of the next graphs.
 *
 * <p>A batch ends with {@link Builder#batchSize batchSize} graphs, or before the graph that would
 * bring it above {@link Builder#maxNodes maxNodes} nodes; a graph that is larger by itself is a
 * batch of its own. The last batch of an epoch may be smaller; no graph is left out.
 *
 * <p>With {@link Builder#shuffle} each epoch has another order, given by the seed and the number of
 * the epoch alone. {@link #reset} begins the next epoch.
 *
 * <p>DL4J prefetches it in its own thread ({@code AsyncMultiDataSetIterator}), as {@code fit} does
 * by itself; not for use by several threads at once.
 */
public final class GraphBatchIterator implements MultiDataSetIterator {
  private static final long serialVersionUID = 1L;

  private final List<GraphExample> graphs;
  private final int batchSize;
  private final int maxNodes;
  private final Long seed;
  private final DataType type;
  private MultiDataSetPreProcessor preProcessor;
  private List<GraphExample> order;
  private int epoch;
  private int next;

  private GraphBatchIterator(Builder b) {
    this.graphs = b.graphs;
    this.batchSize = b.batchSize;
    this.maxNodes = b.maxNodes;
    this.seed = b.seed;
    this.type = b.type;
    begin();
  }

  private void begin() {
    next = 0;
    order = graphs;
    if (seed != null) {
      order = new ArrayList<>(graphs);
      // an odd factor keeps epochs of neighbouring seeds apart
      Collections.shuffle(order, new Random(seed * 0x9E3779B97F4A7C15L + epoch));
    }
  }

  @Override
  public boolean hasNext() {
    return next < order.size();
  }

  /** Returns the next batch. */
  @Override
  public MultiDataSet next() {
    return next(batchSize);
  }

  /**
   * Returns a batch of another size.
   *
   * @param num most graphs, at least 1; {@code maxNodes} counts as always
   * @throws NoSuchElementException if the epoch is over
   */
  @Override
  public MultiDataSet next(int num) {
    if (num < 1) {
      throw new IllegalArgumentException("expected a batch of at least 1 graph, got " + num);
    }
    if (!hasNext()) {
      throw new NoSuchElementException(
          "all " + order.size() + " graphs of this epoch were given; call reset()");
    }
    int end = end(num);
    MultiDataSet batch = GraphBatch.of(order.subList(next, end)).dataSet(type);
    next = end;
    if (preProcessor != null) {
      preProcessor.preProcess(batch);
    }
    return batch;
  }

  private int end(int num) {
    int end = next + 1;
    long nodes = order.get(next).graph().numNodes();
    while (end < order.size() && end - next < num) {
      nodes += order.get(end).graph().numNodes();
      if (nodes > maxNodes) {
        break;
      }
      end++;
    }
    return end;
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
  public void setPreProcessor(MultiDataSetPreProcessor preProcessor) {
    this.preProcessor = preProcessor;
  }

  @Override
  public MultiDataSetPreProcessor getPreProcessor() {
    return preProcessor;
  }

  /** Collects the options of a {@link GraphBatchIterator}. */
  public static final class Builder {
    private final List<GraphExample> graphs;
    private int batchSize = 32;
    private int maxNodes = Integer.MAX_VALUE;
    private Long seed;
    private DataType type = DataType.FLOAT;

    /**
     * Batches of 32 graphs in the given order, as float.
     *
     * @param graphs at least one
     * @throws IllegalArgumentException if there is none
     */
    public Builder(List<GraphExample> graphs) {
      if (graphs.isEmpty()) {
        throw new IllegalArgumentException("expected at least one graph");
      }
      this.graphs = List.copyOf(graphs);
    }

    /**
     * Sets the number of graphs in a batch.
     *
     * @param graphsPerBatch at least 1; default 32
     * @return this builder
     */
    public Builder batchSize(int graphsPerBatch) {
      this.batchSize = positive("batchSize", graphsPerBatch);
      return this;
    }

    /**
     * Sets the most nodes in a batch, which bounds memory where graphs differ in size.
     *
     * @param nodesPerBatch at least 1; default no bound
     * @return this builder
     */
    public Builder maxNodes(int nodesPerBatch) {
      this.maxNodes = positive("maxNodes", nodesPerBatch);
      return this;
    }

    /**
     * Gives each epoch another order.
     *
     * @param seed equal seeds, equal orders; default: the order of the list, in every epoch
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
    public GraphBatchIterator build() {
      return new GraphBatchIterator(this);
    }

    private static int positive(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be at least 1, was " + value);
      }
      return value;
    }
  }
}
