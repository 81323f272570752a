package io.github.dl4jsnn.internal.definition;

import io.github.dl4jsnn.conf.AbstractGraphConvVertex;
import io.github.dl4jsnn.graph.Propagation;
import io.github.dl4jsnn.internal.op.GraphConvOp;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * What neighbours contribute to the current of a node, with dense matrices; the equations are those
 * of {@link Propagation}, but for the node's own map. No gradient flows through the edges.
 */
final class PropagationDefinition {
  /** Keeps nodes that are not neighbours out of a maximum; a float holds it. */
  private static final double FAR_BELOW = -1e30;

  private PropagationDefinition() {}

  /** Edges as matrices; {@code R} entries: those of the data twice (see GraphConvDefinition). */
  static final class Edges {
    private final SameDiff sd;
    private final SDVariable numbers;
    private final SDVariable sends;
    private final SDVariable receives;
    private final SDVariable weight;
    private final SDVariable nothing;

    /**
     * Matrices made of an edge list.
     *
     * @param numbers {@code [V, 1]}
     * @param edges {@code [E, columns]}
     */
    Edges(SameDiff sd, SDVariable numbers, SDVariable edges, int columns) {
      this.sd = sd;
      this.numbers = numbers;
      this.sends =
          GraphConvDefinition.incidence(sd, numbers, GraphConvDefinition.column(sd, edges, 0));
      this.receives =
          GraphConvDefinition.incidence(sd, numbers, GraphConvDefinition.column(sd, edges, 1));
      this.weight = GraphConvDefinition.weights(sd, edges, columns);
      this.nothing = GraphConvDefinition.nothing(sd, edges);
    }

    /** {@code A}, {@code [V, V]}, row = target. */
    private SDVariable adjacency() {
      return sd.mmul(receives.mul(weight), sd.transpose(sends));
    }

    /** Made on demand: DL4J takes a variable that nothing uses for the loss. */
    private SDVariable identity() {
      return sd.eq(numbers, sd.transpose(numbers)).castTo(numbers.dataType());
    }

    /** The inverse of degrees {@code [V, 1]}, 0 where they are 0; or that of their root. */
    private SDVariable inverse(SDVariable adjacency, boolean root) {
      SDVariable degree = sd.sum(adjacency, true, 1);
      SDVariable none = sd.eq(degree, 0.0).castTo(degree.dataType());
      SDVariable safe = degree.add(none);
      return (root ? sd.math().rsqrt(safe) : safe.rdiv(1.0)).mul(none.rsub(1.0));
    }

    private SDVariable matrix(Propagation.Kind kind) {
      SDVariable a = adjacency();
      switch (kind) {
        case SYMMETRIC:
          SDVariable loops = GraphConvDefinition.ownLoop(sd, sends, receives, weight).rsub(1.0);
          SDVariable withLoops = a.add(identity().mul(loops));
          SDVariable root = inverse(withLoops, true);
          return constant(withLoops.mul(root).mul(sd.transpose(root)));
        case MEAN:
          return constant(a.mul(inverse(a, false)));
        case CHEBYSHEV:
          SDVariable between = a.mul(identity().rsub(1.0));
          SDVariable r = inverse(between, true);
          return constant(between.mul(r).mul(sd.transpose(r)).mul(-1.0));
        default:
          return constant(a);
      }
    }

    /** The edges stay connected, as DL4J asks for the gradient of every input. */
    private SDVariable constant(SDVariable matrix) {
      return SpikeDefinition.constant(sd, matrix).add(nothing);
    }

    /** {@code m}, {@code [V, width]}, of rows {@code s [V, width]}. */
    private SDVariable maximum(SDVariable s, long width) {
      SDVariable real = sd.neq(weight, 0.0).castTo(weight.dataType());
      SDVariable entries = SpikeDefinition.constant(sd, receives.mul(real));
      SDVariable factors = SpikeDefinition.constant(sd, sd.transpose(sends.mul(weight)));
      SDVariable messages = sd.mmul(factors, s);
      SDVariable values = sd.expandDims(SpikeDefinition.constant(sd, messages), 0);
      SDVariable outside = sd.expandDims(entries.rsub(1.0).mul(FAR_BELOW), 2);
      SDVariable largest = sd.max(outside.add(values), true, 1);
      SDVariable carries =
          sd.eq(largest, values).castTo(s.dataType()).mul(sd.expandDims(entries, 2));
      SDVariable ties = sd.sum(carries, true, 1);
      SDVariable share =
          SpikeDefinition.constant(
              sd, carries.div(ties.add(sd.eq(ties, 0.0).castTo(s.dataType()))));
      SDVariable sum = sd.sum(share.mul(sd.expandDims(messages, 0)), 1);
      return sd.reshape(sum, -1, width).add(nothing);
    }
  }

  /**
   * The current without bias and without what the node adds by itself.
   *
   * @param s features {@code [V, nIn]} or {@code [V, steps, nIn]}
   * @return {@code [V, steps * nOut]}
   */
  static SDVariable define(
      SameDiff sd,
      SDVariable s,
      int steps,
      Edges edges,
      Map<String, SDVariable> params,
      AbstractGraphConvVertex conf) {
    Propagation p = conf.getPropagation();
    long width = steps * conf.getNIn();
    SDVariable rows = sd.reshape(s, -1, width);
    switch (p.getKind()) {
      case MAX:
        return mapped(sd, edges.maximum(rows, width), steps, params.get(GraphConvOp.WEIGHT), conf);
      case CHEBYSHEV:
        return chebyshev(sd, rows, steps, edges.matrix(p.getKind()), params, conf);
      default:
        SDVariable z = mapped(sd, rows, steps, params.get(GraphConvOp.WEIGHT), conf);
        SDVariable sum = sd.mmul(edges.matrix(p.getKind()), z);
        return p.getKind() == Propagation.Kind.GIN ? sum.add(self(sd, z, p, params)) : sum;
    }
  }

  private static SDVariable self(
      SameDiff sd, SDVariable z, Propagation p, Map<String, SDVariable> params) {
    return p.isTrainEps()
        ? z.add(z.mul(sd.reshape(params.get(GraphConvOp.EPS), 1, 1)))
        : z.mul(1 + p.getEps());
  }

  private static SDVariable chebyshev(
      SameDiff sd,
      SDVariable rows,
      int steps,
      SDVariable laplacian,
      Map<String, SDVariable> params,
      AbstractGraphConvVertex conf) {
    List<String> names = conf.getPropagation().weightNames();
    SDVariable before = rows;
    SDVariable now = rows;
    SDVariable sum = mapped(sd, rows, steps, params.get(names.get(0)), conf);
    for (int k = 1; k < names.size(); k++) {
      SDVariable hop = sd.mmul(laplacian, now);
      SDVariable next = k == 1 ? hop : hop.mul(2.0).sub(before);
      sum = sum.add(mapped(sd, next, steps, params.get(names.get(k)), conf));
      before = now;
      now = next;
    }
    // a polynomial of order 0 has no use for the edges
    return names.size() > 1 ? sum : sum.add(sd.sum(laplacian, true, 0, 1).mul(0.0));
  }

  private static SDVariable mapped(
      SameDiff sd, SDVariable rows, int steps, SDVariable w, AbstractGraphConvVertex conf) {
    SDVariable z = GraphConvDefinition.map(sd, rows, conf.getNIn(), w);
    return sd.reshape(z, -1, steps * conf.getNOut());
  }
}
