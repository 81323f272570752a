package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.AdjacencyF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reads an edge list given as data, rows {@code (source, target[, weight])}, and checks every row.
 */
final class EdgesF32 {
  /** Largest node number that a float holds exactly. */
  private static final int MAX_NODES = 1 << 24;

  private EdgesF32() {}

  /**
   * The normalised adjacency.
   *
   * @param vertex what error messages call the vertex
   * @param edges {@code [E, 2]} or {@code [E, 3]}; rows of weight 0 are no edges
   * @param nodes V
   * @throws IllegalArgumentException if a row is not an edge between nodes {@code 0..V-1} with a
   *     finite weight, or a degree is not positive
   */
  static AdjacencyF32 normalised(String vertex, INDArray edges, int nodes) {
    if (edges.rank() != 2 || (edges.size(1) != 2 && edges.size(1) != 3)) {
      throw new IllegalArgumentException(
          vertex
              + ": edges must have shape [E, 2] (source, target) or [E, 3] (source, target, weight), got "
              + Arrays.toString(edges.shape()));
    }
    if (nodes > MAX_NODES) {
      throw new IllegalArgumentException(
          vertex + ": node numbers are exact up to " + MAX_NODES + " nodes a batch, got " + nodes);
    }
    int e = edges.isEmpty() ? 0 : (int) edges.size(0);
    int columns = (int) edges.size(1);
    int[] sources = new int[e];
    int[] targets = new int[e];
    float[] weights = new float[e];
    float[] flat = flat(edges, e, columns);
    for (int i = 0; i < e; i++) {
      sources[i] = node(vertex, flat[i * columns], i, "source", nodes);
      targets[i] = node(vertex, flat[i * columns + 1], i, "target", nodes);
      weights[i] = columns == 2 ? 1 : weight(vertex, flat[i * columns + 2], i);
    }
    AdjacencyF32 a = AdjacencyF32.symmetric(sources, targets, weights, e, nodes);
    if (a == null) {
      throw new IllegalArgumentException(
          vertex
              + ": the weights of the edges into a node, its self-loop included, add up to 0 or less;"
              + " the symmetric normalisation needs positive degrees");
    }
    return a;
  }

  private static float[] flat(INDArray edges, int e, int columns) {
    float[] flat = new float[e * columns];
    if (e == 0) {
      return flat;
    }
    RowsF32 rows = NdRowsF32.of(edges);
    if (edges.stride(1) == 1 && edges.stride(0) == columns) {
      rows.get(flat, 0, 0, 0, flat.length);
      return flat;
    }
    float[] row = new float[columns];
    for (int i = 0; i < e; i++) {
      rows.get(row, i, 0, 0, columns);
      System.arraycopy(row, 0, flat, i * columns, columns);
    }
    return flat;
  }

  private static int node(String vertex, float id, int row, String column, int nodes) {
    int node = (int) id;
    if (node != id || node < 0 || node >= nodes) {
      throw new IllegalArgumentException(
          vertex
              + ": edge row "
              + row
              + ": the "
              + column
              + " must be a node number in 0.."
              + (nodes - 1)
              + ", is "
              + id);
    }
    return node;
  }

  private static float weight(String vertex, float w, int row) {
    if (Float.isNaN(w) || Float.isInfinite(w)) {
      throw new IllegalArgumentException(
          vertex + ": edge row " + row + ": the weight must be finite, is " + w);
    }
    return w;
  }
}
