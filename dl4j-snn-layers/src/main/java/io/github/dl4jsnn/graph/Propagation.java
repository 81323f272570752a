package io.github.dl4jsnn.graph;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * How a graph convolution brings the values of neighbours together, and its equations for the whole
 * library. Immutable and thread-safe.
 *
 * <pre>
 *   symmetric    x[i] = sum over j of A^[i][j] (s[j] W),     A^ = D^-1/2 (A + I) D^-1/2
 *   sum          x[i] = s[i] Wself + sum over j of A[i][j] (s[j] W)
 *   mean         x[i] = s[i] Wself + sum over j of A[i][j] (s[j] W) / D[i]
 *   max          x[i] = s[i] Wself + m[i] W,                 m[i] = largest w s[j] over the edges j -&gt; i
 *   gin          x[i] = (1 + eps) (s[i] W) + sum over j of A[i][j] (s[j] W)
 *   chebyshev    x    = sum over k &lt; K of T_k(L~) S W_k,     L~ = -D^-1/2 A D^-1/2
 *                       T_0 = I, T_1(L~) = L~, T_k(L~) = 2 L~ T_(k-1)(L~) - T_(k-2)(L~)
 * </pre>
 *
 * <p>{@code A[i][j]} is the weight of the edges from j to i, which add up; {@code D[i] = sum over j
 * of A[i][j]} is the weighted in-degree of the receiver, in a directed graph too. In {@code
 * symmetric} a self-loop is added to each node that has none, and counts in D. {@code sum}, {@code
 * mean}, {@code max} and {@code gin} add none: they treat the node itself apart, and a self-loop in
 * the data makes it its own neighbour. {@code chebyshev} leaves self-loops out.
 *
 * <p><b>Nodes without neighbours</b> give a sum, mean and maximum of 0. In {@code chebyshev} a node
 * of degree 0 has {@code D^-1/2 = 0}, so it neither receives nor sends.
 *
 * <p><b>Weights.</b> Those of {@code mean} and {@code chebyshev} may be negative as long as the
 * degree of each node with edges is above 0. In {@code max} a weight multiplies the value it
 * carries, for each component of s; of spikes on edges of weight 1 the maximum is their OR, so
 * {@code m} is a spike, too. Where several edges carry the largest value, each passes back an equal
 * part of the gradient, so that results do not depend on the order of edges or nodes.
 *
 * <p><b>Order of work.</b> The maps come before the aggregation, event-driven, as everywhere in
 * this library, which gives the same as the equations above since sums may change places; in {@code
 * max} they may not, and the map follows. {@code chebyshev} takes {@code K - 1} aggregations.
 *
 * <p>Names and equations agree with PyTorch Geometric's {@code GCNConv}, {@code SAGEConv}, {@code
 * GINConv} (its network being one linear map) and {@code ChebConv}. There the Laplacian {@code I -
 * D^-1/2 A D^-1/2} is scaled by {@code 2 / lambda_max}, with 2 for lambda_max unless it is given;
 * that is {@code L~} here.
 *
 * <p><b>Source.</b> symmetric: T. Kipf, M. Welling, "Semi-Supervised Classification with Graph
 * Convolutional Networks", 2017, Eq. 2. sum, mean, max: W. Hamilton, R. Ying, J. Leskovec,
 * "Inductive Representation Learning on Large Graphs", 2017, Algorithm 1. gin: K. Xu, W. Hu, J.
 * Leskovec, S. Jegelka, "How Powerful are Graph Neural Networks?", 2019, Eq. 4.1. chebyshev: M.
 * Defferrard, X. Bresson, P. Vandergheynst, "Convolutional Neural Networks on Graphs with Fast
 * Localized Spectral Filtering", 2016, Eq. 4.
 */
public final class Propagation implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final Propagation SYMMETRIC = new Propagation(Kind.SYMMETRIC, 1, 0, false);

  /** The equations. */
  public enum Kind {
    /** Normalised sum with self-loops (GCN). */
    SYMMETRIC,
    /** Node and mean of neighbours, a map each (GraphSAGE). */
    MEAN,
    /** Node and sum of neighbours, a map each (GraphSAGE). */
    SUM,
    /** Node and maximum of neighbours, a map each (GraphSAGE). */
    MAX,
    /** Node and sum of neighbours, one map (GIN). */
    GIN,
    /** Polynomial of the Laplacian, a map for each order (ChebNet). */
    CHEBYSHEV
  }

  @JsonProperty private final Kind kind;
  @JsonProperty private final int order;
  @JsonProperty private final double eps;
  @JsonProperty private final boolean trainEps;

  @JsonCreator
  private Propagation(
      @JsonProperty("kind") Kind kind,
      @JsonProperty("order") int order,
      @JsonProperty("eps") double eps,
      @JsonProperty("trainEps") boolean trainEps) {
    this.kind = Objects.requireNonNull(kind, "kind");
    this.order = order;
    this.eps = eps;
    this.trainEps = trainEps;
    if (order < 1) {
      throw new IllegalArgumentException("K of Propagation.chebyshev must be at least 1: " + order);
    }
    if (Double.isNaN(eps) || Double.isInfinite(eps)) {
      throw new IllegalArgumentException("eps of Propagation.gin must be finite: " + eps);
    }
  }

  /**
   * Normalised sum over neighbours and node, as in GCN: the default.
   *
   * @return the choice
   */
  public static Propagation symmetric() {
    return SYMMETRIC;
  }

  /**
   * Mean over neighbours beside the node itself, as in GraphSAGE.
   *
   * @return the choice
   */
  public static Propagation mean() {
    return new Propagation(Kind.MEAN, 1, 0, false);
  }

  /**
   * Sum over neighbours beside the node itself.
   *
   * @return the choice
   */
  public static Propagation sum() {
    return new Propagation(Kind.SUM, 1, 0, false);
  }

  /**
   * Maximum over neighbours beside the node itself.
   *
   * @return the choice
   */
  public static Propagation max() {
    return new Propagation(Kind.MAX, 1, 0, false);
  }

  /**
   * Sum over neighbours and the node itself, as in GIN, with eps 0.
   *
   * @return the choice
   */
  public static Propagation gin() {
    return gin(0, false);
  }

  /**
   * Sum over neighbours and the weighted node itself, as in GIN.
   *
   * @param eps the node counts {@code 1 + eps}; any finite number
   * @param trainEps whether eps is trained, as parameter {@code eps [1]} that starts there
   * @return the choice
   * @throws IllegalArgumentException if eps is not finite
   */
  public static Propagation gin(double eps, boolean trainEps) {
    return new Propagation(Kind.GIN, 1, eps, trainEps);
  }

  /**
   * Polynomial of the scaled Laplacian, reaching neighbours {@code K - 1} hops away.
   *
   * @param K number of its terms, at least 1, which uses no edges at all
   * @return the choice
   * @throws IllegalArgumentException if K is below 1
   */
  public static Propagation chebyshev(int K) {
    return new Propagation(Kind.CHEBYSHEV, K, 0, false);
  }

  /**
   * Which equation.
   *
   * @return the kind
   */
  public Kind getKind() {
    return kind;
  }

  /**
   * Number of Chebyshev polynomials.
   *
   * @return K; 1 for all other kinds
   */
  public int getOrder() {
    return order;
  }

  /**
   * What the node itself counts more than a neighbour, or starts at.
   *
   * @return eps of {@link Kind#GIN}
   */
  public double getEps() {
    return eps;
  }

  /**
   * Whether eps is a parameter.
   *
   * @return true if it is trained
   */
  public boolean isTrainEps() {
    return trainEps;
  }

  /**
   * Names of the maps {@code [nIn, nOut]} whose products are propagated.
   *
   * @return W, or W0, W1, ... of {@link Kind#CHEBYSHEV}
   */
  public List<String> weightNames() {
    if (kind != Kind.CHEBYSHEV) {
      return Collections.singletonList("W");
    }
    List<String> names = new ArrayList<>();
    for (int k = 0; k < order; k++) {
      names.add("W" + k);
    }
    return names;
  }

  /**
   * Whether the node itself has a map of its own, {@code Wself [nIn, nOut]}.
   *
   * @return true for mean, sum and max
   */
  public boolean mapsSelf() {
    return kind == Kind.MEAN || kind == Kind.SUM || kind == Kind.MAX;
  }

  @Override
  public boolean equals(Object o) {
    if (!(o instanceof Propagation)) {
      return false;
    }
    Propagation p = (Propagation) o;
    return kind == p.kind && order == p.order && eps == p.eps && trainEps == p.trainEps;
  }

  @Override
  public int hashCode() {
    // of an enum the name: its own hash code differs from one JVM to the next
    return Objects.hash(kind.name(), order, eps, trainEps);
  }

  @Override
  public String toString() {
    switch (kind) {
      case CHEBYSHEV:
        return "chebyshev(" + order + ")";
      case GIN:
        return "gin(" + eps + (trainEps ? ", trained)" : ")");
      default:
        return kind.name().toLowerCase(java.util.Locale.ROOT) + "()";
    }
  }
}
