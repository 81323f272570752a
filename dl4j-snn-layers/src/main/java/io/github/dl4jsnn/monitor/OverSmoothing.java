package io.github.dl4jsnn.monitor;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How alike the embeddings of the nodes of a graph are; deep graph networks make them all the same,
 * which is called over-smoothing.
 *
 * <pre>
 *   distance  = mean over pairs i &lt; j of 1 - cos(h[i], h[j])
 *   Dirichlet = 1/2 * sum over edges (i, j) of w[i,j] * | h[i]/sqrt(1 + d[i]) - h[j]/sqrt(1 + d[j]) |^2
 * </pre>
 *
 * <p>A distance of 0 says that all embeddings point in the same direction, 1 that they are
 * orthogonal on average; of embeddings without negative values, as are firing rates, it lies in [0,
 * 1], else in [0, 2]. It does not depend on the lengths of the embeddings. The Dirichlet energy
 * does: it is 0 if neighbours agree, up to the square root of their degrees, and also if all is 0.
 *
 * <p><b>Zero vectors</b>, of nodes whose neurons are silent, have no direction. They take part in
 * no pair and are counted instead, {@link #zeroVectors()}; where fewer than two others are left the
 * distance is NaN.
 *
 * <p><b>Shapes.</b> {@code [N, F]}, or a sequence {@code [N, T, F]} (NWC) or {@code [N, F, T]}
 * (NCW), whose mean over time, of spikes the firing rate, is the embedding.
 *
 * <p><b>Cost.</b> O(N F) time, not O(N^2 F): with {@code u[i] = h[i] / |h[i]|} the sum of all
 * cosines is the squared length of the sum of all {@code u[i]}, of which N are those of a node with
 * itself. Computed in double; near 0 the error is about 1e-15 times N.
 *
 * <p><b>Source.</b> D. Chen et al., "Measuring and Relieving the Over-Smoothing Problem for Graph
 * Neural Networks from the Topological View", AAAI 2020, section 3 (MAD over all pairs; there a
 * distance of 0 is left out of the mean, here it counts); C. Cai, Y. Wang, "A Note on
 * Over-Smoothing for Graph Neural Networks", 2020, definition 3.1.
 *
 * <p>Immutable.
 */
public final class OverSmoothing {

  private final double[][] embeddings;
  private final int zeroVectors;
  private final double meanCosineDistance;

  private OverSmoothing(double[][] embeddings) {
    this.embeddings = embeddings;
    double[] sum = new double[embeddings[0].length];
    int zeros = 0;
    for (double[] h : embeddings) {
      zeros += addDirection(sum, h) ? 0 : 1;
    }
    this.zeroVectors = zeros;
    double n = embeddings.length - zeros;
    double cosines = (squaredLength(sum) - n) / (n * (n - 1));
    this.meanCosineDistance = n < 2 ? Double.NaN : Math.max(0, 1 - cosines);
  }

  /**
   * Measures node embeddings.
   *
   * @param embeddings {@code [N, F]}, or a sequence of rank 3; finite, not empty; is not kept
   * @param format which axis of a rank 3 array is time; ignored for rank 2
   * @return the measure
   * @throws IllegalArgumentException if the rank is neither 2 nor 3, the array is empty, or an
   *     embedding holds NaN or infinite values
   */
  public static OverSmoothing of(INDArray embeddings, RNNFormat format) {
    Objects.requireNonNull(format, "format");
    int rank = Objects.requireNonNull(embeddings, "embeddings").rank();
    if (embeddings.isEmpty() || (rank != 2 && rank != 3)) {
      throw new IllegalArgumentException(
          "Expected embeddings [N, F] or a sequence of rank 3, got shape "
              + Arrays.toString(embeddings.shape()));
    }
    INDArray mean = rank == 2 ? embeddings : embeddings.mean(format == RNNFormat.NWC ? 1 : 2);
    int N = (int) mean.size(0);
    int F = (int) mean.size(1);
    double[] values = mean.dup('c').data().asDouble();
    double[][] rows = new double[N][];
    for (int i = 0; i < N; i++) {
      rows[i] = Arrays.copyOfRange(values, i * F, (i + 1) * F);
      if (!Double.isFinite(largest(rows[i]))) {
        throw new IllegalArgumentException(
            "The embedding of node " + i + " holds NaN or infinite values");
      }
    }
    return new OverSmoothing(rows);
  }

  /** Returns the number of nodes N, zero vectors included. */
  public int nodes() {
    return embeddings.length;
  }

  /** Returns how many embeddings are zero; they take part in no pair. */
  public int zeroVectors() {
    return zeroVectors;
  }

  /**
   * Returns the mean pairwise cosine distance of the embeddings that are not zero; NaN if there are
   * fewer than two.
   */
  public double meanCosineDistance() {
    return meanCosineDistance;
  }

  /**
   * Returns the Dirichlet energy on a graph.
   *
   * @param edges rows (source, target) or (source, target, weight), an undirected edge in both
   *     directions; degrees are sums of weights of incoming edges, self-loops add nothing to the
   *     energy
   * @throws IllegalArgumentException if the shape is another one, a node is out of range or a
   *     weight is negative or not finite
   */
  public double dirichletEnergy(INDArray edges) {
    if (edges.rank() != 2 || edges.size(1) < 2 || edges.size(1) > 3) {
      throw new IllegalArgumentException(
          "Expected edges [E, 2] or [E, 3], got shape " + Arrays.toString(edges.shape()));
    }
    int columns = (int) edges.size(1);
    double[] e = edges.dup('c').data().asDouble();
    double[] degree = new double[nodes()];
    Arrays.fill(degree, 1);
    for (int row = 0; row < e.length; row += columns) {
      check(e, row, columns);
      degree[(int) e[row + 1]] += weight(e, row, columns);
    }
    double energy = 0;
    for (int row = 0; row < e.length; row += columns) {
      int i = (int) e[row];
      int j = (int) e[row + 1];
      double difference = squaredDifference(i, degree[i], j, degree[j]);
      energy += weight(e, row, columns) * difference;
    }
    return energy / 2;
  }

  private double squaredDifference(int i, double degreeI, int j, double degreeJ) {
    double a = 1 / Math.sqrt(degreeI);
    double b = 1 / Math.sqrt(degreeJ);
    double sum = 0;
    for (int f = 0; f < embeddings[i].length; f++) {
      double difference = a * embeddings[i][f] - b * embeddings[j][f];
      sum += difference * difference;
    }
    return sum;
  }

  private void check(double[] e, int row, int columns) {
    double w = weight(e, row, columns);
    boolean nodesExist = isNode(e[row]) && isNode(e[row + 1]);
    if (!nodesExist || !(w >= 0) || Double.isInfinite(w)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Edge %d: expected nodes from 0 to %d and a finite weight of at least 0,"
                  + " got (%s, %s) of weight %s",
              row / columns,
              nodes() - 1,
              e[row],
              e[row + 1],
              w));
    }
  }

  private boolean isNode(double id) {
    return id >= 0 && id < nodes() && id == Math.rint(id);
  }

  private static double weight(double[] e, int row, int columns) {
    return columns == 2 ? 1 : e[row + 2];
  }

  /** Adds a vector of length 1 in the direction of h; returns whether h has one. */
  private static boolean addDirection(double[] sum, double[] h) {
    double largest = largest(h);
    if (largest == 0) {
      return false;
    }
    // Divided first, so that squares neither overflow nor vanish.
    double squares = 0;
    for (double v : h) {
      squares += (v / largest) * (v / largest);
    }
    double length = Math.sqrt(squares);
    for (int f = 0; f < h.length; f++) {
      sum[f] += h[f] / largest / length;
    }
    return true;
  }

  private static double largest(double[] h) {
    double largest = 0;
    for (double v : h) {
      largest = Math.max(largest, Math.abs(v)); // NaN stays
    }
    return largest;
  }

  private static double squaredLength(double[] h) {
    double squares = 0;
    for (double v : h) {
      squares += v * v;
    }
    return squares;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "mean cosine distance %.4f of %d nodes, %d of them silent",
        meanCosineDistance,
        nodes(),
        zeroVectors);
  }
}
