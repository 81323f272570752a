package io.github.dl4jsnn.graph;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Draws pairs of nodes that no edge joins: the negative examples of link prediction.
 *
 * <p>Pairs are uniform among all pairs of two different nodes without an edge in either direction,
 * all different, in random order. Rows of weight 0 are no edges. Memory is linear in edges and
 * samples, and so is time on average, however dense the graph is.
 */
public final class NegativeSampling {
  private NegativeSampling() {}

  /**
   * Returns pairs without an edge.
   *
   * @param graph whose edges are avoided
   * @param count number of pairs, at least 0
   * @param seed equal seeds, equal pairs
   * @throws IllegalArgumentException if the number is negative, or the graph has fewer such pairs,
   *     as a complete graph has none
   */
  public static NodePairs sample(GraphData graph, int count, long seed) {
    Set<Long> edges = edges(graph);
    long nodes = graph.numNodes();
    long available = nodes * (nodes - 1) / 2 - edges.size();
    if (count < 0 || count > available) {
      throw new IllegalArgumentException(
          String.format(
              "%s: expected a number of pairs without an edge of 0 to %d, got %d",
              graph.name(), available, count));
    }
    SplittableRandom random = new SplittableRandom(seed);
    // Drawing again until a pair is new would go on for long when few are left.
    long[] keys =
        count > available / 2
            ? someOf(nonEdges(graph.numNodes(), edges, (int) available), count, random)
            : drawn(graph.numNodes(), edges, count, random);
    return NodePairs.ofKeys(graph, keys);
  }

  /** Keys of the pairs of two different nodes that an edge joins. */
  static Set<Long> edges(GraphData graph) {
    Set<Long> edges = new HashSet<>();
    for (int e = 0; e < graph.numEdges(); e++) {
      if (graph.weight(e) != 0f && graph.source(e) != graph.target(e)) {
        edges.add(NodePairs.key(graph.source(e), graph.target(e)));
      }
    }
    return edges;
  }

  /** At least half of the pairs without an edge stay free, so few draws are in vain. */
  private static long[] drawn(int nodes, Set<Long> edges, int count, SplittableRandom random) {
    Set<Long> taken = new HashSet<>();
    long[] keys = new long[count];
    while (taken.size() < count) {
      int u = random.nextInt(nodes);
      int v = random.nextInt(nodes);
      long key = NodePairs.key(u, v);
      if (u != v && !edges.contains(key) && taken.add(key)) {
        keys[taken.size() - 1] = key;
      }
    }
    return keys;
  }

  /** All pairs without an edge; there are fewer than twice as many as are wanted. */
  private static long[] nonEdges(int nodes, Set<Long> edges, int available) {
    long[] keys = new long[available];
    int n = 0;
    for (int u = 0; u < nodes; u++) {
      for (int v = u + 1; v < nodes; v++) {
        if (!edges.contains(NodePairs.key(u, v))) {
          keys[n++] = NodePairs.key(u, v);
        }
      }
    }
    return keys;
  }

  /** The first of a random order. */
  static long[] someOf(long[] keys, int count, SplittableRandom random) {
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i, keys.length);
      long key = keys[i];
      keys[i] = keys[j];
      keys[j] = key;
    }
    return Arrays.copyOf(keys, count);
  }
}
