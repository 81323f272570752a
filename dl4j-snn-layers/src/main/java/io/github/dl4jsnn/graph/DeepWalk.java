package io.github.dl4jsnn.graph;

import org.deeplearning4j.graph.api.IGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DeepWalk: vectors of the nodes of a graph, learned from random walks alone, without features and
 * labels.
 *
 * <p>Walks are sentences and nodes are words: each node's vector learns to predict the nodes at
 * most {@code windowSize} places before and after it on a walk, by skip-gram with hierarchical
 * softmax over a Huffman tree of the degrees.
 *
 * <pre>
 *   maximise  sum over walks v[1..t], positions i, 0 &lt; |j - i| &lt;= windowSize  of  log p(v[j] | v[i])
 *   eta       learningRate * (1 - share of walks done), not below minLearningRate
 * </pre>
 *
 * <p>{@code p} is that of {@link io.github.dl4jsnn.internal.kernel.SkipGramKernel}. A walk goes to
 * a neighbour drawn uniformly over the edges (weights do not matter, parallel edges count each) and
 * ends early where no edge leaves. A node without edges keeps the small random vector it starts
 * with.
 *
 * <p>One thread, and the same seed gives the same vectors to the last bit. Memory is {@code 2 * N *
 * vectorSize} floats. Immutable; may be used by several threads.
 *
 * <pre>{@code
 * DeepWalkVectors<Integer, Double> vectors =
 *     new DeepWalk.Builder().vectorSize(64).seed(1).build().fit(KarateClub.load());
 * int[] likeMrHi = vectors.verticesNearest(0, 5);
 * }</pre>
 *
 * <p>The tree and the interfaces are those of {@code org.deeplearning4j:deeplearning4j-graph}, an
 * optional dependency (see {@link IGraphs}); its own DeepWalk does not run with ND4J 1.0.0-M2.1.
 *
 * <p><b>Source.</b> B. Perozzi, R. Al-Rfou and S. Skiena, DeepWalk: Online learning of social
 * representations, KDD 2014, algorithms 1 and 2 (our {@code walksPerVertex} is their gamma, {@code
 * walkLength} t, {@code windowSize} w, {@code vectorSize} d).
 */
public final class DeepWalk {
  private static final Logger LOG = LoggerFactory.getLogger(DeepWalk.class);

  private final int vectorSize;
  private final int windowSize;
  private final int walkLength;
  private final int walksPerVertex;
  private final double learningRate;
  private final double minLearningRate;
  private final long seed;

  private DeepWalk(Builder b) {
    vectorSize = b.vectorSize;
    windowSize = b.windowSize;
    walkLength = b.walkLength;
    walksPerVertex = b.walksPerVertex;
    learningRate = b.learningRate;
    minLearningRate = b.minLearningRate;
    seed = b.seed;
  }

  /**
   * Learns the vectors of a graph's nodes. Rows of weight 0 are no edges; other weights do not
   * matter.
   *
   * @param graph any graph; features and labels are not looked at
   * @return the vectors, over the graph as {@link IGraphs#toIGraph} makes it
   * @throws IllegalStateException if the vectors overflow, which takes an absurd learning rate
   */
  public DeepWalkVectors<Integer, Double> fit(GraphData graph) {
    return fit(IGraphs.toIGraph(graph));
  }

  /**
   * Learns the vectors of a graph's vertices.
   *
   * @param graph any graph with at least one vertex; edge values are not looked at
   * @param <V> type of vertex values
   * @param <E> type of edge values
   * @return the vectors
   * @throws IllegalStateException if the vectors overflow, which takes an absurd learning rate
   */
  public <V, E> DeepWalkVectors<V, E> fit(IGraph<V, E> graph) {
    if (graph.numVertices() < 1) {
      throw new IllegalArgumentException("DeepWalk: expected a graph with vertices, got none");
    }
    RandomWalks walks = new RandomWalks(graph, seed);
    SkipGramTable table = new SkipGramTable(walks.degrees(), vectorSize, learningRate, ~seed);
    int[] walk = new int[walkLength];
    long done = 0;
    double total = (double) walksPerVertex * graph.numVertices();
    for (int pass = 0; pass < walksPerVertex; pass++) {
      walks.startPass();
      for (int v = 0; v < graph.numVertices(); v++) {
        table.setLearningRate(Math.max(minLearningRate, learningRate * (1 - done / total)));
        learn(table, walk, walks.next(walk));
        done++;
      }
      LOG.debug("pass {} of {} over {} vertices", pass + 1, walksPerVertex, graph.numVertices());
    }
    DeepWalkVectors<V, E> vectors = new DeepWalkVectors<>(graph, table);
    vectors.requireFinite(learningRate);
    return vectors;
  }

  private void learn(SkipGramTable table, int[] walk, int length) {
    for (int i = 0; i < length; i++) {
      int last = Math.min(length - 1, i + windowSize);
      for (int j = Math.max(0, i - windowSize); j <= last; j++) {
        if (j != i) {
          table.iterate(walk[i], walk[j]);
        }
      }
    }
  }

  /** Collects and checks the settings of a {@link DeepWalk}. */
  public static final class Builder {
    private int vectorSize = 128;
    private int windowSize = 5;
    private int walkLength = 40;
    private int walksPerVertex = 10;
    private double learningRate = 0.025;
    private double minLearningRate = 1e-4;
    private long seed;

    /** Starts from the defaults and seed 0. */
    public Builder() {}

    /**
     * Sets the length of the vectors.
     *
     * @param vectorSize at least 1; default 128
     * @return this builder
     */
    public Builder vectorSize(int vectorSize) {
      this.vectorSize = atLeast(1, vectorSize, "vectorSize");
      return this;
    }

    /**
     * Sets how far apart on a walk two nodes may be and still predict each other.
     *
     * @param windowSize at least 1; default 5. Larger windows see larger communities and cost more
     * @return this builder
     */
    public Builder windowSize(int windowSize) {
      this.windowSize = atLeast(1, windowSize, "windowSize");
      return this;
    }

    /**
     * Sets the number of nodes on a walk, its start included (deeplearning4j-graph counts the
     * steps, one less).
     *
     * @param walkLength at least 2; default 40
     * @return this builder
     */
    public Builder walkLength(int walkLength) {
      this.walkLength = atLeast(2, walkLength, "walkLength");
      return this;
    }

    /**
     * Sets the number of walks that start at each node.
     *
     * @param walksPerVertex at least 1; default 10. Small graphs want more
     * @return this builder
     */
    public Builder walksPerVertex(int walksPerVertex) {
      this.walksPerVertex = atLeast(1, walksPerVertex, "walksPerVertex");
      return this;
    }

    /**
     * Sets the step size at the beginning, from which it falls linearly.
     *
     * @param learningRate above 0; default 0.025
     * @return this builder
     */
    public Builder learningRate(double learningRate) {
      this.learningRate = positive(learningRate, "learningRate");
      return this;
    }

    /**
     * Sets the step size that it never falls below.
     *
     * @param minLearningRate above 0; default 0.0001
     * @return this builder
     */
    public Builder minLearningRate(double minLearningRate) {
      this.minLearningRate = positive(minLearningRate, "minLearningRate");
      return this;
    }

    /**
     * Sets the seed of walks and first vectors.
     *
     * @param seed any number; default 0
     * @return this builder
     */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Returns the model.
     *
     * @return a model with these settings
     * @throws IllegalArgumentException if minLearningRate is above learningRate
     */
    public DeepWalk build() {
      if (minLearningRate > learningRate) {
        throw new IllegalArgumentException(
            String.format(
                "DeepWalk: expected minLearningRate at most the learningRate %s, got %s",
                learningRate, minLearningRate));
      }
      return new DeepWalk(this);
    }

    private static int atLeast(int least, int value, String setting) {
      if (value < least) {
        throw new IllegalArgumentException(
            String.format("DeepWalk: expected %s of at least %d, got %d", setting, least, value));
      }
      return value;
    }

    private static double positive(double value, String setting) {
      if (!(value > 0 && value <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            String.format("DeepWalk: expected %s above 0, got %s", setting, value));
      }
      return value;
    }
  }
}
