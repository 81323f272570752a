package io.github.dl4jsnn.internal.op;

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
   * @param attention whether the weights are those of attention
   * @throws IllegalArgumentException as the fused path does
   */
  public static void check(String vertex, INDArray edges, int nodes, boolean attention) {
    INDArray exact = edges.castTo(DataType.DOUBLE);
    if (attention) {
      EdgesF64.read(vertex, exact, nodes).checkNotNegative();
    } else {
      EdgesF64.normalised(vertex, exact, nodes);
    }
  }
}
