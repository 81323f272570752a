package io.github.dl4jsnn.graph;

import io.github.dl4jsnn.internal.kernel.CounterRandom;
import java.util.Arrays;

/**
 * Draws the surroundings of some nodes: of each seed node {@code fanOuts[0]} edges that lead to it,
 * of each node so found {@code fanOuts[1]}, and so on, one number for each graph vertex that the
 * network stacks.
 *
 * <p>Edges are drawn evenly and without replacement; a node with no more edges than that keeps all
 * of them, so {@link #ALL} draws the whole neighbourhood. A node draws once, in the hop in which it
 * is first met, and the sub-graph holds the drawn edges and no others, as in PyG's NeighborLoader.
 *
 * <p><b>Weights and degrees.</b> With {@link EdgeWeights#ORIGINAL}, the default, edges keep their
 * weights and a graph vertex normalises by the degrees of the sub-graph, as PyG's NeighborLoader
 * and GCNConv do. A node that drew k of d edges then averages over k, and the nodes of the last
 * hop, which draw none, have the degree of their self-loop. {@link EdgeWeights#UNBIASED} multiplies
 * the drawn weights by {@code d / k}: the expected sum of what a node receives is the sum over all
 * its edges, and its degree that of the whole graph.
 *
 * <p>Immutable and safe to share between threads. The result is a function of seed nodes and random
 * seed alone; it takes {@code O(edges drawn)}, whatever the size of the graph and of its hubs.
 *
 * <p><b>Source.</b> W. L. Hamilton, R. Ying, J. Leskovec, "Inductive Representation Learning on
 * Large Graphs", 2017, Algorithm 2; there a node met again draws again, and k are drawn with
 * replacement where there are fewer than k.
 */
public final class NeighborSampler {
  /** The fan-out that keeps all edges. */
  public static final int ALL = -1;

  private final int[] fanOuts;
  private final EdgeWeights edgeWeights;

  /** What becomes of the weights of drawn edges. */
  public enum EdgeWeights {
    /** They stay. */
    ORIGINAL,
    /** They are multiplied by (edges of the node) / (drawn edges of the node). */
    UNBIASED
  }

  private NeighborSampler(int[] fanOuts, EdgeWeights edgeWeights) {
    this.fanOuts = fanOuts;
    this.edgeWeights = edgeWeights;
  }

  /**
   * Returns a sampler that keeps weights as they are.
   *
   * @param fanOuts most edges of a node in each hop, the seed nodes' first; at least 1, or {@link
   *     #ALL}
   * @return the sampler
   * @throws IllegalArgumentException if there are no fan-outs, or one is neither
   */
  public static NeighborSampler fanOuts(int... fanOuts) {
    boolean good = fanOuts.length > 0;
    for (int k : fanOuts) {
      good &= k >= 1 || k == ALL;
    }
    if (!good) {
      throw new IllegalArgumentException(
          "expected one or more fan-outs of at least 1, or -1 for all edges, got "
              + Arrays.toString(fanOuts));
    }
    return new NeighborSampler(fanOuts.clone(), EdgeWeights.ORIGINAL);
  }

  /**
   * Returns this sampler with another treatment of weights.
   *
   * @param edgeWeights what becomes of the weights of drawn edges
   * @return a sampler
   */
  public NeighborSampler edgeWeights(EdgeWeights edgeWeights) {
    return new NeighborSampler(fanOuts, edgeWeights);
  }

  /**
   * Returns the number of hops.
   *
   * @return number of fan-outs
   */
  public int hops() {
    return fanOuts.length;
  }

  /**
   * Draws a sub-graph.
   *
   * @param graph the whole graph
   * @param seeds the seed nodes, all different
   * @param randomSeed picks the draw
   * @return the sub-graph; the seed nodes come first
   * @throws IllegalArgumentException if a seed node is not in the graph or there twice
   */
  public SampledSubgraph sample(CsrGraph graph, int[] seeds, long randomSeed) {
    NodeIndex nodes = new NodeIndex(16 * seeds.length);
    for (int i = 0; i < seeds.length; i++) {
      if (seeds[i] < 0 || seeds[i] >= graph.numNodes() || nodes.add(seeds[i]) != i) {
        throw new IllegalArgumentException(
            String.format(
                "%s: expected different seed nodes of 0 to %d, got %d at %d",
                graph.name(), graph.numNodes() - 1, seeds[i], i));
      }
    }
    EdgeRows edges = new EdgeRows();
    int from = 0;
    for (int fanOut : fanOuts) {
      int to = nodes.size();
      for (int target = from; target < to; target++) {
        draw(graph, target, fanOut, randomSeed, nodes, edges);
      }
      from = to;
    }
    return new SampledSubgraph(graph, nodes.toArray(), seeds.length, edges);
  }

  private void draw(
      CsrGraph graph, int target, int fanOut, long seed, NodeIndex nodes, EdgeRows edges) {
    int node = nodes.node(target);
    int degree = graph.inDegree(node);
    int first = graph.firstEntry(node);
    if (fanOut == ALL || degree <= fanOut) {
      for (int e = first; e < first + degree; e++) {
        edges.add(nodes.add(graph.source(e)), target, graph.weight(e));
      }
      return;
    }
    float factor = edgeWeights == EdgeWeights.UNBIASED ? (float) degree / fanOut : 1f;
    for (int offset : subset(degree, fanOut, CounterRandom.mix(seed, node))) {
      int e = first + offset;
      edges.add(nodes.add(graph.source(e)), target, graph.weight(e) * factor);
    }
  }

  /** An even draw of k of the numbers 0 to n - 1, k &lt; n, in O(k) (R. Floyd, 1987). */
  static int[] subset(int n, int k, long seed) {
    NodeIndex drawn = new NodeIndex(k);
    for (int j = n - k; j < n; j++) {
      int candidate = (int) (CounterRandom.uniform(seed, j) * (j + 1L));
      int before = drawn.size();
      if (drawn.add(candidate) != before) {
        drawn.add(j);
      }
    }
    return drawn.toArray();
  }
}
