package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.graph.Propagation;
import io.github.dl4jsnn.internal.kernel.AdjacencyF32;
import io.github.dl4jsnn.internal.kernel.Neighbours;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import java.util.Arrays;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reads an edge list given as data, rows {@code (source, target[, weight])}, and checks every row.
 */
final class EdgesF32 {
  /** Largest node number that a float holds exactly. */
  private static final int MAX_NODES = 1 << 24;

  final int count;
  final int[] sources;
  final int[] targets;
  final float[] weights;
  private final String vertex;

  private EdgesF32(String vertex, int count) {
    this.vertex = vertex;
    this.count = count;
    this.sources = new int[count];
    this.targets = new int[count];
    this.weights = new float[count];
  }

  /**
   * The edges as they are in the data.
   *
   * @param vertex what error messages call the vertex
   * @param edges {@code [E, 2]} or {@code [E, 3]}; rows of weight 0 are no edges
   * @param nodes V
   * @throws IllegalArgumentException if a row is not an edge between nodes {@code 0..V-1} with a
   *     finite weight
   */
  static EdgesF32 read(String vertex, INDArray edges, int nodes) {
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
    int columns = (int) edges.size(1);
    EdgesF32 read = new EdgesF32(vertex, edges.isEmpty() ? 0 : (int) edges.size(0));
    float[] flat = flat(edges, read.count, columns);
    for (int i = 0; i < read.count; i++) {
      read.sources[i] = node(vertex, flat[i * columns], i, "source", nodes);
      read.targets[i] = node(vertex, flat[i * columns + 1], i, "target", nodes);
      read.weights[i] = columns == 2 ? 1 : weight(vertex, flat[i * columns + 2], i);
    }
    return read;
  }

  /**
   * The matrix that the given kind of propagation multiplies with; other arguments as in {@link
   * #read}.
   *
   * @param kind all but the maximum
   * @throws IllegalArgumentException as {@link #read} does, and if a degree is not positive
   */
  static AdjacencyF32 adjacency(String vertex, INDArray edges, int nodes, Propagation.Kind kind) {
    EdgesF32 read = read(vertex, edges, nodes);
    AdjacencyF32 a = LastAdjacencyF32.get(read, nodes, kind);
    if (a == null) {
      throw new IllegalArgumentException(
          vertex
              + ": the weights of the edges into a node"
              + (kind == Propagation.Kind.SYMMETRIC ? ", its self-loop included," : "")
              + " add up to 0 or less; "
              + kind.name().toLowerCase(Locale.ROOT)
              + " propagation needs positive degrees");
    }
    return a;
  }

  /** The matrix, made anew, or null if a degree is not positive. */
  AdjacencyF32 adjacency(Propagation.Kind kind, int nodes) {
    switch (kind) {
      case SYMMETRIC:
        return AdjacencyF32.symmetric(sources, targets, weights, count, nodes);
      case MEAN:
        return AdjacencyF32.mean(sources, targets, weights, count, nodes);
      case SUM:
      case GIN:
        return AdjacencyF32.sum(sources, targets, weights, count, nodes);
      case CHEBYSHEV:
        return AdjacencyF32.laplacian(sources, targets, weights, count, nodes);
      default:
        throw new IllegalStateException(kind + " multiplies with no matrix");
    }
  }

  /**
   * Demands weights that count parallel edges.
   *
   * @throws IllegalArgumentException if a weight is negative
   */
  void checkNotNegative() {
    for (int i = 0; i < count; i++) {
      if (weights[i] < 0) {
        throw new IllegalArgumentException(
            vertex
                + ": edge row "
                + i
                + ": attention needs weights of at least 0, the weight is "
                + weights[i]);
      }
    }
  }

  /**
   * The edges grouped.
   *
   * @param loops whether to add self-loops where there are none
   */
  Neighbours neighbours(int nodes, boolean loops) {
    boolean[] real = new boolean[count];
    for (int i = 0; i < count; i++) {
      real[i] = weights[i] != 0;
    }
    return new Neighbours(sources, targets, real, loops, count, nodes);
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
