package io.github.dl4jsnn.graph;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Pairs of nodes of a graph, whose order within a pair does not matter: what link prediction
 * decides about.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class NodePairs {
  private final String graph;
  private final int[] first;
  private final int[] second;

  private NodePairs(String graph, int[] first, int[] second) {
    this.graph = graph;
    this.first = first;
    this.second = second;
  }

  /**
   * Returns pairs of nodes.
   *
   * @param graph whose nodes they are
   * @param first one node of each pair
   * @param second the other
   * @throws IllegalArgumentException if the lengths differ, or a number is not a node's
   */
  public static NodePairs of(GraphData graph, int[] first, int[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          String.format(
              "%s: expected as many first as second nodes, got %d and %d",
              graph.name(), first.length, second.length));
    }
    for (int p = 0; p < first.length; p++) {
      check(graph, p, first[p]);
      check(graph, p, second[p]);
    }
    return new NodePairs(graph.name(), first.clone(), second.clone());
  }

  private static void check(GraphData graph, int pair, int node) {
    if (node < 0 || node >= graph.numNodes()) {
      throw new IllegalArgumentException(
          String.format(
              "%s: pair %d: expected a node of 0 to %d, got %d",
              graph.name(), pair, graph.numNodes() - 1, node));
    }
  }

  /** Pairs packed by {@link #key}. */
  static NodePairs ofKeys(GraphData graph, long[] keys) {
    int[] first = new int[keys.length];
    int[] second = new int[keys.length];
    for (int p = 0; p < keys.length; p++) {
      first[p] = (int) (keys[p] >>> 32);
      second[p] = (int) keys[p];
    }
    return new NodePairs(graph.name(), first, second);
  }

  /** One number for a pair of nodes, whatever their order: the smaller node above. */
  static long key(int u, int v) {
    return (long) Math.min(u, v) << 32 | Math.max(u, v);
  }

  /** Returns the number of pairs P. */
  public int size() {
    return first.length;
  }

  /** Returns the first node of a pair. */
  public int first(int pair) {
    return first[pair];
  }

  /** Returns the second node of a pair. */
  public int second(int pair) {
    return second[pair];
  }

  /**
   * Returns these pairs, then others.
   *
   * @param others pairs of the same graph
   */
  public NodePairs and(NodePairs others) {
    int[] u = Arrays.copyOf(first, size() + others.size());
    int[] v = Arrays.copyOf(second, size() + others.size());
    System.arraycopy(others.first, 0, u, size(), others.size());
    System.arraycopy(others.second, 0, v, size(), others.size());
    return new NodePairs(graph, u, v);
  }

  /**
   * Returns the pairs {@code [P, 2]}, for {@code DotProductDecoderVertex}.
   *
   * @param type FLOAT, exact for node numbers up to 2^24, or DOUBLE
   * @throws IllegalStateException if the type is FLOAT and a node number is above 2^24
   */
  public INDArray array(DataType type) {
    return GraphArrays.pairs(graph, first, second, type);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NodePairs
        && graph.equals(((NodePairs) other).graph)
        && Arrays.equals(first, ((NodePairs) other).first)
        && Arrays.equals(second, ((NodePairs) other).second);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(first) + Arrays.hashCode(second);
  }

  /** Returns graph and number of pairs. */
  @Override
  public String toString() {
    return size() + " pairs of " + graph;
  }
}
