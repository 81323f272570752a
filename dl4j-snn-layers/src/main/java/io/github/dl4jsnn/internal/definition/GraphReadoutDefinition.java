package io.github.dl4jsnn.internal.definition;

import io.github.dl4jsnn.conf.GraphReadoutVertex.Pooling;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Read-out of graphs with a dense membership matrix; the equations are those of {@link
 * io.github.dl4jsnn.conf.GraphReadoutVertex}. It computes {@code N * G} rows, so this is for small
 * batches.
 *
 * <p>All is of rank 4, {@code [N, G, T, F]} with ones where an axis is missing, since ND4J
 * 1.0.0-M2.1 can neither sum nor differentiate a matrix of one column in a graph.
 */
public final class GraphReadoutDefinition {
  /** Keeps nodes of other graphs out of a maximum; a float holds it. */
  private static final double FAR_BELOW = -1e30;

  private GraphReadoutDefinition() {}

  /**
   * One row a graph.
   *
   * @param sd graph
   * @param x {@code [N, T, F]}
   * @param belongs {@code [N, G]}, 1 where the node belongs to the graph
   * @param pooling how nodes become one row
   * @param w {@code [F, 1]}, for attention
   * @return {@code [G, T, F]}
   */
  public static SDVariable define(
      SameDiff sd, SDVariable x, SDVariable belongs, Pooling pooling, SDVariable w) {
    SDVariable member =
        SpikeDefinition.constant(sd, sd.expandDims(sd.expandDims(belongs, 2), 3)); // [N, G, 1, 1]
    SDVariable rows = sd.expandDims(x, 1); // [N, 1, T, F]
    return pool(sd, rows, member, pooling, w).add(nothing(sd, belongs));
  }

  private static SDVariable pool(
      SameDiff sd, SDVariable rows, SDVariable member, Pooling pooling, SDVariable w) {
    switch (pooling) {
      case SUM:
        return ofGraphs(sd, rows, member);
      case MEAN:
        return ofGraphs(sd, rows.div(ofNodes(sd, sd.sum(member, true, 0), member)), member);
      case MAX:
        return largest(sd, rows, member);
      default:
        return ofGraphs(sd, rows.mul(alpha(sd, rows, member, w)), member);
    }
  }

  /** {@code [N, 1, T, 1]}. */
  private static SDVariable alpha(SameDiff sd, SDVariable rows, SDVariable member, SDVariable w) {
    SDVariable s = sd.sum(rows.mul(sd.reshape(w, 1, 1, 1, -1)), true, 3);
    // the largest score of a graph is subtracted, which changes nothing
    SDVariable m = SpikeDefinition.constant(sd, sd.expandDims(largest(sd, s, member), 0));
    SDVariable e = sd.math().exp(s.sub(ofNodes(sd, m, member)));
    SDVariable sum = sd.expandDims(ofGraphs(sd, e, member), 0);
    return e.div(ofNodes(sd, sum, member));
  }

  /** Sum over the nodes of each graph: {@code [N, 1, T, F]} to {@code [G, T, F]}. */
  private static SDVariable ofGraphs(SameDiff sd, SDVariable rows, SDVariable member) {
    return sd.sum(rows.mul(member), 0);
  }

  /** What the graph of each node has: {@code [1, G, T, F]} to {@code [N, 1, T, F]}. */
  private static SDVariable ofNodes(SameDiff sd, SDVariable graphs, SDVariable member) {
    return sd.sum(graphs.mul(member), true, 1);
  }

  private static SDVariable largest(SameDiff sd, SDVariable rows, SDVariable member) {
    return sd.max(rows.add(member.rsub(1.0).mul(FAR_BELOW)), 0);
  }

  /** 0, which keeps the last input connected: DL4J fails where an input has no gradient. */
  static SDVariable nothing(SameDiff sd, SDVariable index) {
    return sd.sum(index, 0, 1).mul(0.0);
  }
}
