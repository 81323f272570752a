package io.github.dl4jsnn.graph;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Some nodes that follow one another, the targets, with everything that sends to them: what a graph
 * vertex needs to compute the targets as in the whole graph.
 */
final class NodeBlock {
  private final CsrGraph graph;
  private final NodeIndex rows;
  private final int from;
  private final int to;
  private final int edges;

  private NodeBlock(CsrGraph graph, NodeIndex rows, int from, int to, int edges) {
    this.graph = graph;
    this.rows = rows;
    this.from = from;
    this.to = to;
    this.edges = edges;
  }

  /**
   * The largest block from a node on.
   *
   * @param maxRows targets and senders together; more only if a single target needs them
   */
  static NodeBlock from(CsrGraph graph, int from, int maxRows) {
    NodeIndex rows = new NodeIndex(16);
    int edges = 0;
    int to = from;
    while (to < graph.numNodes()
        && (to == from || rows.size() + newRows(graph, rows, to) <= maxRows)) {
      rows.add(to);
      for (int e = graph.firstEntry(to); e < graph.firstEntry(to + 1); e++) {
        rows.add(graph.source(e));
        edges++;
      }
      to++;
    }
    return new NodeBlock(graph, rows, from, to, edges);
  }

  /** At least as many rows as a target would add; parallel edges count twice. */
  private static int newRows(CsrGraph graph, NodeIndex rows, int target) {
    int added = rows.contains(target) ? 0 : 1;
    for (int e = graph.firstEntry(target); e < graph.firstEntry(target + 1); e++) {
      added += rows.contains(graph.source(e)) ? 0 : 1;
    }
    return added;
  }

  /** The node behind the last target. */
  int end() {
    return to;
  }

  /** Which node each row is. */
  int[] nodes() {
    return rows.toArray();
  }

  /** Rows of the targets, in order. */
  int[] targetRows() {
    int[] found = new int[to - from];
    Arrays.setAll(found, i -> rows.add(from + i));
    return found;
  }

  /**
   * The edges into the targets, and for each other row a self-loop with the degree that it has in
   * the whole graph: a self-loop in the data replaces the one that the symmetric normalisation
   * adds, so it is all that the row's degree consists of. Rows other than targets come out wrong,
   * and are not used.
   *
   * @param degrees whether to add them
   */
  INDArray edges(boolean degrees, DataType type) {
    int loops = degrees ? rows.size() - (to - from) : 0;
    boolean none = edges + loops == 0;
    ArrayWriter out =
        ArrayWriter.create(graph.name() + ": block", type, none ? 1 : edges + loops, 3);
    GraphArrays.id(graph.name() + ": block", rows.size() - 1, type);
    for (int v = from; v < to; v++) {
      for (int e = graph.firstEntry(v); e < graph.firstEntry(v + 1); e++) {
        put(out, rows.add(graph.source(e)), rows.add(v), graph.weight(e));
      }
    }
    for (int i = 0; degrees && i < rows.size(); i++) {
      int v = rows.node(i);
      if (v < from || v >= to) {
        put(out, i, i, degree(v));
      }
    }
    if (none) {
      put(out, 0, 0, 0);
    }
    return out.array();
  }

  private static void put(ArrayWriter out, int source, int target, double weight) {
    out.put(source);
    out.put(target);
    out.put(weight);
  }

  /** Of the whole graph, with the self-loop that is added where there is none. */
  private double degree(int v) {
    double sum = 0;
    boolean ownLoop = false;
    for (int e = graph.firstEntry(v); e < graph.firstEntry(v + 1); e++) {
      sum += graph.weight(e);
      ownLoop |= graph.source(e) == v;
    }
    return ownLoop ? sum : sum + 1;
  }
}
