package io.github.dl4jsnn.internal.kernel;

import java.util.Arrays;

/**
 * The edges of a graph, on demand with a self-loop at every node, grouped by target and by source.
 *
 * <p>Each edge is an entry of its own, parallel ones too; an edge that is none is left out; a
 * self-loop in the data replaces the added one. Entries are numbered by target; those of one target
 * keep the order of the data, the added self-loop last. Built by counting sort in {@code O(E + V)}
 * for {@code V} nodes and {@code E} edges.
 */
public final class Neighbours {
  private final int nodes;
  private final int edges;
  private final int[] inStart;
  private final int[] source;
  private final int[] target;
  private final int[] edge;
  private final int[] outStart;
  private final int[] outEntry;

  /**
   * Groups edges.
   *
   * @param sources (in) node that sends, for each edge
   * @param targets (in) node that receives, for each edge
   * @param real (in) whether an edge is one
   * @param loops whether to add self-loops
   * @param edges E
   * @param nodes V
   */
  public Neighbours(
      int[] sources, int[] targets, boolean[] real, boolean loops, int edges, int nodes) {
    this.nodes = nodes;
    this.edges = edges;
    boolean[] ownLoop = new boolean[nodes];
    Arrays.fill(ownLoop, !loops);
    inStart = new int[nodes + 1];
    outStart = new int[nodes + 1];
    for (int e = 0; e < edges; e++) {
      if (real[e]) {
        ownLoop[sources[e]] |= sources[e] == targets[e];
        inStart[targets[e] + 1]++;
        outStart[sources[e] + 1]++;
      }
    }
    for (int v = 0; v < nodes; v++) {
      int added = ownLoop[v] ? 0 : 1;
      inStart[v + 1] += inStart[v] + added;
      outStart[v + 1] += outStart[v] + added;
    }
    source = new int[inStart[nodes]];
    target = new int[inStart[nodes]];
    edge = new int[inStart[nodes]];
    outEntry = new int[inStart[nodes]];
    fill(sources, targets, real, ownLoop);
  }

  private void fill(int[] sources, int[] targets, boolean[] real, boolean[] ownLoop) {
    int[] inNext = Arrays.copyOf(inStart, nodes);
    int[] outNext = Arrays.copyOf(outStart, nodes);
    for (int e = 0; e < edges; e++) {
      if (real[e]) {
        put(inNext, outNext, sources[e], targets[e], e);
      }
    }
    for (int v = 0; v < nodes; v++) {
      if (!ownLoop[v]) {
        put(inNext, outNext, v, v, edges + v);
      }
    }
  }

  private void put(int[] inNext, int[] outNext, int from, int to, int number) {
    int entry = inNext[to]++;
    source[entry] = from;
    target[entry] = to;
    edge[entry] = number;
    outEntry[outNext[from]++] = entry;
  }

  /** Number of entries, the added self-loops included. */
  public int entries() {
    return inStart[nodes];
  }

  /** First entry of target {@code v}; its last is before the first of {@code v + 1}. */
  public int first(int v) {
    return inStart[v];
  }

  /** First number of an entry that {@code v} sends, for {@link #sent}. */
  public int firstSent(int v) {
    return outStart[v];
  }

  /** An entry that some node sends, by its number from {@link #firstSent}. */
  public int sent(int number) {
    return outEntry[number];
  }

  /** Node that sends an entry. */
  public int source(int entry) {
    return source[entry];
  }

  /** Node that receives an entry. */
  public int target(int entry) {
    return target[entry];
  }

  /** Row of the edge in the data; {@code E + v} for the added self-loop of node {@code v}. */
  public int edge(int entry) {
    return edge[entry];
  }
}
