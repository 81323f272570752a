package io.github.dl4jsnn.graph;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The edges of a graph, split for link prediction into those that carry messages and those whose
 * existence is to be predicted.
 *
 * <p>A link is a pair of different nodes with an edge in one direction or both; all rows of a pair
 * go the same way, so that no edge of a split shows in another as its reverse or as a parallel
 * edge. Self-loops always carry messages and are never predicted; rows of weight 0 are no edges.
 *
 * <table>
 * <caption>Links of each split</caption>
 * <tr><th>split</th><th>messages along</th><th>positive pairs</th><th>negative pairs</th></tr>
 * <tr><td>TRAIN</td><td>training links (but those of {@link Builder#disjointTraining})</td>
 *     <td>training links (with {@code disjointTraining}, those alone)</td>
 *     <td>without a training link, drawn anew for each {@code draw}</td></tr>
 * <tr><td>VALIDATION</td><td>training links</td><td>validation links</td>
 *     <td>without any link, fixed</td></tr>
 * <tr><td>TEST</td><td>training and validation links</td><td>test links</td>
 *     <td>without any link, fixed, none of validation</td></tr>
 * </table>
 *
 * <p>There are as many negative as positive pairs. Training never looks at links of the other
 * splits, not even to keep them from its negative pairs, of which a few are therefore links to be
 * found later.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class EdgeSplit {
  private final GraphData graph;
  private final NodePairs train;
  private final NodePairs validation;
  private final NodePairs test;
  private final NodePairs validationNegatives;
  private final NodePairs testNegatives;
  private final GraphData trainMessages;
  private final GraphData trainGraph;
  private final GraphData testMessages;
  private final long seed;

  private EdgeSplit(Builder b) {
    graph = b.graph;
    seed = b.seed;
    long[] links = links(graph, new SplittableRandom(seed));
    int tests = count(b.test, links.length);
    int validations = count(b.validation, links.length);
    int rest = links.length - tests - validations;
    int apart = count(b.disjointTraining, rest);
    if (rest < 1 || apart == rest) {
      throw new IllegalArgumentException(
          String.format(
              "%s: expected links left for training messages; of %d links, %d are for test, %d for"
                  + " validation and %d only predicted",
              graph.name(), links.length, tests, validations, apart));
    }
    long[] testLinks = Arrays.copyOf(links, tests);
    long[] validationLinks = Arrays.copyOfRange(links, tests, tests + validations);
    long[] trainLinks = Arrays.copyOfRange(links, tests + validations, links.length);
    train = NodePairs.ofKeys(graph, apart == 0 ? trainLinks : Arrays.copyOf(trainLinks, apart));
    validation = NodePairs.ofKeys(graph, validationLinks);
    test = NodePairs.ofKeys(graph, testLinks);
    testMessages = without(testLinks);
    trainGraph = without(testLinks, validationLinks);
    trainMessages = without(testLinks, validationLinks, Arrays.copyOf(trainLinks, apart));
    NodePairs negatives = NegativeSampling.sample(graph, tests + validations, seed);
    testNegatives = part(negatives, 0, tests);
    validationNegatives = part(negatives, tests, tests + validations);
  }

  /** All links in random order. */
  private static long[] links(GraphData graph, SplittableRandom random) {
    Set<Long> links = new LinkedHashSet<>();
    for (int e = 0; e < graph.numEdges(); e++) {
      if (graph.weight(e) != 0f && graph.source(e) != graph.target(e)) {
        links.add(NodePairs.key(graph.source(e), graph.target(e)));
      }
    }
    long[] keys = links.stream().mapToLong(Long::longValue).toArray();
    return NegativeSampling.someOf(keys, keys.length, random);
  }

  private static int count(double share, int links) {
    return (int) Math.round(share * links);
  }

  private NodePairs part(NodePairs pairs, int from, int to) {
    long[] keys = new long[to - from];
    Arrays.setAll(keys, i -> NodePairs.key(pairs.first(from + i), pairs.second(from + i)));
    return NodePairs.ofKeys(graph, keys);
  }

  /** The graph without the rows of some links, in both directions. */
  private GraphData without(long[]... links) {
    Set<Long> left = new HashSet<>();
    for (long[] some : links) {
      for (long key : some) {
        left.add(key);
      }
    }
    EdgeRows rows = new EdgeRows();
    for (int e = 0; e < graph.numEdges(); e++) {
      if (graph.weight(e) != 0f
          && !left.contains(NodePairs.key(graph.source(e), graph.target(e)))) {
        rows.add(graph.source(e), graph.target(e), graph.weight(e));
      }
    }
    return rows.addTo(graph.toBuilder()).build();
  }

  /**
   * Returns a builder of a split.
   *
   * @param graph whose edges are split
   */
  public static Builder builder(GraphData graph) {
    return new Builder(graph);
  }

  /** Returns the whole graph. */
  public GraphData graph() {
    return graph;
  }

  /**
   * Returns the graph with the edges that carry messages.
   *
   * @param split TRAIN, VALIDATION or TEST
   * @throws IllegalArgumentException if it is NONE
   */
  public GraphData messages(Split split) {
    return choose(split, trainMessages, trainGraph, testMessages);
  }

  /**
   * Returns the links to be predicted.
   *
   * @param split TRAIN, VALIDATION or TEST
   * @throws IllegalArgumentException if it is NONE
   */
  public NodePairs positives(Split split) {
    return choose(split, train, validation, test);
  }

  /**
   * Returns pairs without a link, as many as there are positive ones; of TRAIN, those of draw 0.
   *
   * @param split TRAIN, VALIDATION or TEST
   * @throws IllegalArgumentException if it is NONE
   */
  public NodePairs negatives(Split split) {
    return split == Split.TRAIN
        ? trainingNegatives(0)
        : choose(split, null, validationNegatives, testNegatives);
  }

  /**
   * Returns pairs without a training link, as many as there are positive ones.
   *
   * @param draw another number, other pairs: the epoch, say
   * @throws IllegalArgumentException if there are not as many
   */
  public NodePairs trainingNegatives(long draw) {
    // an odd factor keeps draws of neighbouring seeds apart
    return NegativeSampling.sample(trainGraph, train.size(), seed * 0x9E3779B97F4A7C15L + draw + 1);
  }

  private <V> V choose(Split split, V ofTrain, V ofValidation, V ofTest) {
    switch (split) {
      case TRAIN:
        return ofTrain;
      case VALIDATION:
        return ofValidation;
      case TEST:
        return ofTest;
      default:
        throw new IllegalArgumentException(
            graph.name() + ": expected the split TRAIN, VALIDATION or TEST, not " + split);
    }
  }

  /** Returns the data set of a split as float; see {@link #dataSet(Split, DataType)}. */
  public MultiDataSet dataSet(Split split) {
    return dataSet(split, DataType.FLOAT);
  }

  /**
   * Returns what a network with the inputs (features, edges, pairs) is evaluated with; of TRAIN,
   * {@link #trainingSet} of draw 0.
   *
   * @param split TRAIN, VALIDATION or TEST
   * @param type FLOAT or DOUBLE
   * @return features {@code {[N, F], [E, 3], [P, 2]}}, labels {@code {[P, 1]}}: 1 for the positive
   *     pairs, which come first, and 0 for the negative ones
   * @throws IllegalArgumentException if the split is NONE
   * @throws IllegalStateException if the split has no links, or the graph no features
   */
  public MultiDataSet dataSet(Split split, DataType type) {
    return dataSet(messages(split), positives(split), negatives(split), split, type);
  }

  /**
   * Returns what a network with the inputs (features, edges, pairs) trains on.
   *
   * @param draw of the negative pairs: the epoch, say
   * @param type FLOAT or DOUBLE
   * @return as {@link #dataSet(Split, DataType)}
   */
  public MultiDataSet trainingSet(long draw, DataType type) {
    return dataSet(trainMessages, train, trainingNegatives(draw), Split.TRAIN, type);
  }

  private MultiDataSet dataSet(
      GraphData messages, NodePairs positives, NodePairs negatives, Split split, DataType type) {
    if (positives.size() == 0) {
      throw new IllegalStateException(graph.name() + ": no link is in split " + split);
    }
    INDArray labels = Nd4j.zeros(type, positives.size() + negatives.size(), 1);
    for (int p = 0; p < positives.size(); p++) {
      labels.putScalar(p, 0, 1);
    }
    INDArray pairs = positives.and(negatives).array(type);
    return new MultiDataSet(
        new INDArray[] {messages.features(type), messages.edges(type), pairs},
        new INDArray[] {labels});
  }

  /** Returns the counts, on one line. */
  @Override
  public String toString() {
    return String.format(
        "EdgeSplit(%s: links train/validation/test %d/%d/%d)",
        graph.name(), train.size(), validation.size(), test.size());
  }

  /** Collects the options of an {@link EdgeSplit}. */
  public static final class Builder {
    private final GraphData graph;
    private double validation = 0.05;
    private double test = 0.1;
    private double disjointTraining;
    private long seed;

    private Builder(GraphData graph) {
      this.graph = Objects.requireNonNull(graph, "graph");
    }

    /**
     * Sets the share of links for validation.
     *
     * @param share in [0, 1); default 0.05
     * @return this builder
     */
    public Builder validation(double share) {
      validation = share("validation", share);
      return this;
    }

    /**
     * Sets the share of links for the test.
     *
     * @param share in [0, 1); default 0.1
     * @return this builder
     */
    public Builder test(double share) {
      test = share("test", share);
      return this;
    }

    /**
     * Keeps training links that are predicted from carrying messages, so that the network cannot
     * see along which of its edges the answer lies.
     *
     * @param share of the training links that are predicted and carry no messages, in [0, 1);
     *     default 0: all training links do both
     * @return this builder
     */
    public Builder disjointTraining(double share) {
      disjointTraining = share("disjointTraining", share);
      return this;
    }

    /**
     * Sets the seed of the split and of its negative pairs.
     *
     * @param seed equal seeds, equal splits; default 0
     * @return this builder
     */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Splits the edges; shares are rounded to whole links.
     *
     * @return the split
     * @throws IllegalArgumentException if no link is left for training, or the graph has fewer
     *     pairs without an edge than validation and test need
     */
    public EdgeSplit build() {
      return new EdgeSplit(this);
    }

    private double share(String name, double share) {
      if (!(share >= 0 && share < 1)) {
        throw new IllegalArgumentException(
            graph.name() + ": " + name + " is a share in [0, 1), was " + share);
      }
      return share;
    }
  }
}
