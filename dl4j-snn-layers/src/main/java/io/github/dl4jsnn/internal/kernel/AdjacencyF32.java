package io.github.dl4jsnn.internal.kernel;

import java.util.Arrays;

/**
 * The normalised adjacency matrix of a graph, in compressed sparse rows by target and by source.
 *
 * <pre>
 *   A^ = D^-1/2 (A + I) D^-1/2,   A[i][j] = weight of the edges from j to i,   D[i] = sum over j of (A + I)[i][j]
 * </pre>
 *
 * <p>Parallel edges add up; an edge of weight 0 is no edge; a self-loop in the data replaces the
 * added one. Built by counting sort in {@code O(E + V)} for {@code V} nodes and {@code E} edges;
 * entries of a row keep the order of the data, the added self-loop last.
 *
 * <p>Source: T. Kipf, M. Welling, "Semi-Supervised Classification with Graph Convolutional
 * Networks", 2017, Eq. 2.
 */
public final class AdjacencyF32 {
  private final int nodes;
  private int[] inStart = new int[0];
  private int[] inNode = new int[0];
  private float[] inWeight = new float[0];
  private int[] outStart = new int[0];
  private int[] outNode = new int[0];
  private float[] outWeight = new float[0];

  private AdjacencyF32(int nodes) {
    this.nodes = nodes;
  }

  /**
   * Normalises a graph.
   *
   * @param sources (in) node that sends, for each edge
   * @param targets (in) node that receives, for each edge
   * @param weights (in) weight of each edge
   * @param edges E
   * @param nodes V
   * @return the normalised adjacency, or null if a node's degree is not positive
   */
  public static AdjacencyF32 symmetric(
      int[] sources, int[] targets, float[] weights, int edges, int nodes) {
    boolean[] ownLoop = new boolean[nodes];
    double[] degree = new double[nodes];
    int[] inCount = new int[nodes + 1];
    int[] outCount = new int[nodes + 1];
    for (int e = 0; e < edges; e++) {
      if (weights[e] == 0) {
        continue;
      }
      ownLoop[sources[e]] |= sources[e] == targets[e];
      degree[targets[e]] += weights[e];
      inCount[targets[e] + 1]++;
      outCount[sources[e] + 1]++;
    }
    for (int v = 0; v < nodes; v++) {
      if (!ownLoop[v]) {
        degree[v] += 1;
        inCount[v + 1]++;
        outCount[v + 1]++;
      }
      if (!(degree[v] > 0)) {
        return null;
      }
      degree[v] = 1 / Math.sqrt(degree[v]);
    }
    AdjacencyF32 a = new AdjacencyF32(nodes);
    a.allocate(inCount, outCount);
    a.fill(sources, targets, weights, edges, ownLoop, degree);
    return a;
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

  private void fill(
      int[] sources,
      int[] targets,
      float[] weights,
      int edges,
      boolean[] ownLoop,
      double[] inverseRoot) {
    int[] inNext = Arrays.copyOf(inStart, nodes);
    int[] outNext = Arrays.copyOf(outStart, nodes);
    for (int e = 0; e < edges; e++) {
      if (weights[e] != 0) {
        double w = inverseRoot[sources[e]] * weights[e] * inverseRoot[targets[e]];
        put(inNext, outNext, sources[e], targets[e], (float) w);
      }
    }
    for (int v = 0; v < nodes; v++) {
      if (!ownLoop[v]) {
        put(inNext, outNext, v, v, (float) (inverseRoot[v] * inverseRoot[v]));
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
   * {@code y = sum over j of A^[i][j] z[j]}, over the first {@code n} entries of each row; y is
   * overwritten.
   */
  public void gather(float[] y, float[][] z, int i, int n) {
    RowMathF32.sumRows(y, z, inNode, inWeight, inStart[i], inStart[i + 1], n);
  }

  /**
   * {@code y = sum over i of A^[i][j] z[i]}, the transpose of {@link #gather}; rows marked as zero
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
