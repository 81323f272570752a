package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.graph.Propagation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Checks of edge lists for the SameDiff path; the fused path checks while it reads them. */
public final class EdgeChecks {
  private EdgeChecks() {}

  /**
   * Checks every row.
   *
   * @param vertex what error messages call the vertex
   * @param edges edge list
   * @param nodes V
   * @param propagation what the vertex does with the edges, or null for attention
   * @throws IllegalArgumentException as the fused path does
   */
  public static void check(String vertex, INDArray edges, int nodes, Propagation propagation) {
    INDArray exact = edges.castTo(DataType.DOUBLE);
    if (propagation == null) {
      EdgesF64.read(vertex, exact, nodes).checkNotNegative();
    } else if (propagation.getKind() == Propagation.Kind.MAX) {
      EdgesF64.read(vertex, exact, nodes);
    } else {
      EdgesF64.adjacency(vertex, exact, nodes, propagation.getKind());
    }
  }
}
