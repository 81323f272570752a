package io.github.dl4jsnn.internal.kernel;

import java.util.Arrays;

/**
 * The adjacency matrix of a graph, {@code A[i][j]} the weight of the edges from j to i, or one made
 * of it, in compressed sparse rows by target and by source. Which there are and why is said in
 * {@link io.github.dl4jsnn.graph.Propagation}.
 *
 * <p>Parallel edges add up; an edge of weight 0 is no edge. Built by counting sort in {@code O(E +
 * V)} for {@code V} nodes and {@code E} edges; entries of a row keep the order of the data, an
 * added self-loop last.
 */
public final class AdjacencyF32 {
  /** What a matrix does with self-loops. */
  private enum Loops {
    ADD_MISSING,
    KEEP,
    LEAVE_OUT
  }

  private final int nodes;
  private final Loops loops;
  private final boolean[] ownLoop;
  private int[] inStart = new int[0];
  private int[] inNode = new int[0];
  private float[] inWeight = new float[0];
  private int[] outStart = new int[0];
  private int[] outNode = new int[0];
  private float[] outWeight = new float[0];

  private AdjacencyF32(int nodes, Loops loops) {
    this.nodes = nodes;
    this.loops = loops;
    this.ownLoop = new boolean[nodes];
  }

  /**
   * {@code A}.
   *
   * @param sources (in) node that sends, for each edge
   * @param targets (in) node that receives, for each edge
   * @param weights (in) weight of each edge
   * @param edges E
   * @param nodes V
   */
  public static AdjacencyF32 sum(
      int[] sources, int[] targets, float[] weights, int edges, int nodes) {
    AdjacencyF32 a = new AdjacencyF32(nodes, Loops.KEEP);
    a.group(sources, targets, weights, edges);
    double[] one = new double[nodes];
    Arrays.fill(one, 1);
    a.fill(sources, targets, weights, edges, one, one);
    return a;
  }

  /**
   * {@code D^-1 A}, with 0 for the inverse of a node without edges; arguments as of {@link #sum}.
   *
   * @return the matrix, or null if a node with edges has a degree that is not positive
   */
  public static AdjacencyF32 mean(
      int[] sources, int[] targets, float[] weights, int edges, int nodes) {
    AdjacencyF32 a = new AdjacencyF32(nodes, Loops.KEEP);
    double[] degree = a.group(sources, targets, weights, edges);
    if (!a.invert(degree, false)) {
      return null;
    }
    double[] one = new double[nodes];
    Arrays.fill(one, 1);
    a.fill(sources, targets, weights, edges, degree, one);
    return a;
  }

  /**
   * {@code D^-1/2 (A + I) D^-1/2}, where a self-loop in the data replaces the added one; arguments
   * as of {@link #sum}.
   *
   * @return the matrix, or null if a node's degree is not positive
   */
  public static AdjacencyF32 symmetric(
      int[] sources, int[] targets, float[] weights, int edges, int nodes) {
    AdjacencyF32 a = new AdjacencyF32(nodes, Loops.ADD_MISSING);
    double[] degree = a.group(sources, targets, weights, edges);
    if (!a.invert(degree, true)) {
      return null;
    }
    a.fill(sources, targets, weights, edges, degree, degree);
    return a;
  }

  /**
   * {@code -D^-1/2 A D^-1/2} without self-loops, with 0 for the inverse of a node without edges;
   * arguments as of {@link #sum}.
   *
   * @return the matrix, or null if a node with edges has a degree that is not positive
   */
  public static AdjacencyF32 laplacian(
      int[] sources, int[] targets, float[] weights, int edges, int nodes) {
    AdjacencyF32 a = new AdjacencyF32(nodes, Loops.LEAVE_OUT);
    double[] degree = a.group(sources, targets, weights, edges);
    if (!a.invert(degree, true)) {
      return null;
    }
    double[] negative = new double[nodes];
    for (int v = 0; v < nodes; v++) {
      negative[v] = -degree[v];
    }
    a.fill(sources, targets, weights, edges, negative, degree);
    return a;
  }

  private boolean isEntry(int source, int target, float weight) {
    return weight != 0 && (loops != Loops.LEAVE_OUT || source != target);
  }

  /** Makes room for the entries, and returns the degrees. */
  private double[] group(int[] sources, int[] targets, float[] weights, int edges) {
    double[] degree = new double[nodes];
    int[] inCount = new int[nodes + 1];
    int[] outCount = new int[nodes + 1];
    for (int e = 0; e < edges; e++) {
      if (!isEntry(sources[e], targets[e], weights[e])) {
        continue;
      }
      ownLoop[sources[e]] |= sources[e] == targets[e];
      degree[targets[e]] += weights[e];
      inCount[targets[e] + 1]++;
      outCount[sources[e] + 1]++;
    }
    for (int v = 0; loops == Loops.ADD_MISSING && v < nodes; v++) {
      if (!ownLoop[v]) {
        degree[v] += 1;
        inCount[v + 1]++;
        outCount[v + 1]++;
      }
    }
    allocate(inCount, outCount);
    return degree;
  }

  /**
   * Replaces degrees by their inverse, or that of their square root; false if one of a node with
   * edges is not positive.
   */
  private boolean invert(double[] degree, boolean root) {
    for (int v = 0; v < nodes; v++) {
      boolean alone = inStart[v] == inStart[v + 1];
      if (!alone && !(degree[v] > 0)) {
        return false;
      }
      degree[v] = alone ? 0 : 1 / (root ? Math.sqrt(degree[v]) : degree[v]);
    }
    return true;
  }

  private void allocate(int[] inCount, int[] outCount) {
    for (int v = 0; v < nodes; v++) {
      inCount[v + 1] += inCount[v];
      outCount[v + 1] += outCount[v];
    }
    inStart = inCount;
    outStart = outCount;
    int entries = inStart[nodes];
    inNode = new int[entries];
    inWeight = new float[entries];
    outNode = new int[entries];
    outWeight = new float[entries];
  }

  /** Writes the entries, {@code left[target] * weight * right[source]}. */
  private void fill(
      int[] sources, int[] targets, float[] weights, int edges, double[] left, double[] right) {
    int[] inNext = Arrays.copyOf(inStart, nodes);
    int[] outNext = Arrays.copyOf(outStart, nodes);
    for (int e = 0; e < edges; e++) {
      if (isEntry(sources[e], targets[e], weights[e])) {
        double w = right[sources[e]] * weights[e] * left[targets[e]];
        put(inNext, outNext, sources[e], targets[e], (float) w);
      }
    }
    for (int v = 0; loops == Loops.ADD_MISSING && v < nodes; v++) {
      if (!ownLoop[v]) {
        put(inNext, outNext, v, v, (float) (right[v] * left[v]));
      }
    }
  }

  private void put(int[] inNext, int[] outNext, int source, int target, float w) {
    int in = inNext[target]++;
    inNode[in] = source;
    inWeight[in] = w;
    int out = outNext[source]++;
    outNode[out] = target;
    outWeight[out] = w;
  }

  /**
   * {@code y = sum over j of M[i][j] z[j]} of the matrix M, over the first {@code n} entries of
   * each row; y is overwritten.
   */
  public void gather(float[] y, float[][] z, int i, int n) {
    RowMathF32.sumRows(y, z, inNode, inWeight, inStart[i], inStart[i + 1], n);
  }

  /**
   * {@code y = sum over i of M[i][j] z[i]}, the transpose of {@link #gather}; rows marked as zero
   * are not read.
   *
   * @return whether any row was read; if not, y is 0
   */
  public boolean gatherTransposed(float[] y, float[][] z, boolean[] zero, int j, int n) {
    boolean any = false;
    for (int e = outStart[j]; e < outStart[j + 1] && !any; e++) {
      any = !zero[outNode[e]];
    }
    if (any) {
      // Rows marked as zero hold zeros, so they may be read: that is cheaper than sorting them out
      // here.
      RowMathF32.sumRows(y, z, outNode, outWeight, outStart[j], outStart[j + 1], n);
    } else {
      Arrays.fill(y, 0, n, 0f);
    }
    return any;
  }
}
