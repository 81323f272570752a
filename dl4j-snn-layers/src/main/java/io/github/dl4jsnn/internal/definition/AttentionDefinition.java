package io.github.dl4jsnn.internal.definition;

import io.github.dl4jsnn.conf.AbstractGraphAttentionVertex;
import io.github.dl4jsnn.conf.HeadMerge;
import io.github.dl4jsnn.internal.op.GraphConvOp;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Graph attention with dense incidence matrices; the equations are those of {@link
 * AbstractGraphAttentionVertex}. The matrices have {@code V * E} entries, and the softmax takes
 * {@code V * E * steps * heads}, so this is for small graphs.
 */
final class AttentionDefinition {
  /** Keeps nodes that are not neighbours out of a maximum; a float holds it. */
  private static final double FAR_BELOW = -1e30;

  private AttentionDefinition() {}

  /**
   * Edges as matrices; {@code R} entries: those of the data twice (see GraphConvDefinition), V
   * loops.
   */
  static final class Edges {
    private final SDVariable sends;
    private final SDVariable receives;
    private final SDVariable weight;
    private final SDVariable factors;
    private final SDVariable nothing;

    /**
     * Constants made of an edge list.
     *
     * @param numbers {@code [V, 1]}
     * @param edges {@code [E, columns]}; columns from the fourth on are factors of coefficients
     */
    Edges(SameDiff sd, SDVariable numbers, SDVariable edges, int columns) {
      SDVariable from =
          GraphConvDefinition.incidence(sd, numbers, GraphConvDefinition.column(sd, edges, 0));
      SDVariable to =
          GraphConvDefinition.incidence(sd, numbers, GraphConvDefinition.column(sd, edges, 1));
      SDVariable w = GraphConvDefinition.weights(sd, edges, columns);
      SDVariable identity = sd.eq(numbers, sd.transpose(numbers)).castTo(numbers.dataType());
      SDVariable loops = GraphConvDefinition.ownLoop(sd, from, to, w).rsub(1.0);
      sends = SpikeDefinition.constant(sd, sd.concat(1, from, identity));
      receives = SpikeDefinition.constant(sd, sd.concat(1, to, identity));
      weight = SpikeDefinition.constant(sd, sd.concat(1, w, sd.transpose(loops)));
      nothing = GraphConvDefinition.nothing(sd, edges);
      if (columns > 3) {
        SDVariable f = edges.get(SDIndex.all(), SDIndex.interval(3, columns));
        factors = SpikeDefinition.constant(sd, sd.concat(0, f, f));
      } else {
        factors = null;
      }
    }
  }

  /**
   * The current without bias.
   *
   * @param z {@code [V * steps, heads * perHead]}
   * @return {@code [V, steps * nOut]}
   */
  static SDVariable define(
      SameDiff sd,
      SDVariable z,
      int steps,
      Edges edges,
      Map<String, SDVariable> params,
      AbstractGraphAttentionVertex conf) {
    long k = conf.getHeads();
    long p = conf.perHead();
    SDVariable d = scores(sd, z, params.get(GraphConvOp.A_DST), steps, conf);
    SDVariable s = scores(sd, z, params.get(GraphConvOp.A_SRC), steps, conf);
    SDVariable alpha = softmax(sd, d, s, edges, conf.getNegativeSlope());
    SDVariable used = edges.factors == null ? alpha : alpha.mul(withLoops(sd, edges.factors, d));
    SDVariable perNode = sd.reshape(z, -1, steps * k * p);
    SDVariable sent =
        sd.reshape(sd.mmul(sd.transpose(edges.sends), perNode), -1, steps * k, p)
            .mul(sd.reshape(used, -1, steps * k, 1));
    SDVariable heads = sd.mmul(edges.receives, sd.reshape(sent, -1, steps * k * p));
    SDVariable merged =
        conf.getHeadMerge() == HeadMerge.CONCAT
            ? heads
            : sd.reshape(sd.mean(sd.reshape(heads, -1, k, p), 1), -1, steps * p);
    return merged.add(edges.nothing);
  }

  /** {@code a . z} of each head, {@code [V, steps * heads]}. */
  private static SDVariable scores(
      SameDiff sd, SDVariable z, SDVariable a, int steps, AbstractGraphAttentionVertex conf) {
    long k = conf.getHeads();
    long p = conf.perHead();
    SDVariable products = sd.reshape(z, -1, k, p).mul(sd.reshape(a, 1, k, p));
    return sd.reshape(sd.sum(products, 2), -1, steps * k);
  }

  /** {@code [R, steps * heads]}; the largest logit is subtracted, which changes nothing. */
  private static SDVariable softmax(
      SameDiff sd, SDVariable d, SDVariable s, Edges edges, double slope) {
    SDVariable toTarget = sd.transpose(edges.receives);
    SDVariable dOf = sd.mmul(toTarget, d);
    SDVariable sOf = sd.mmul(sd.transpose(edges.sends), s);
    SDVariable e = leaky(sd, dOf.add(sOf), slope);
    SDVariable weight =
        SpikeDefinition.constant(sd, sd.onesLike(sOf).mul(sd.transpose(edges.weight)));
    SDVariable real = SpikeDefinition.constant(sd, sd.neq(weight, 0.0).castTo(d.dataType()));
    // the rectifier rises, so the largest logit of a target is that of its largest source
    SDVariable largest =
        leaky(sd, dOf.add(sd.mmul(toTarget, largestSource(sd, sOf, edges))), slope);
    SDVariable x = e.sub(SpikeDefinition.constant(sd, largest)).mul(real);
    SDVariable weighted = sd.math().exp(x).mul(weight);
    return weighted.div(sd.mmul(toTarget, sd.mmul(edges.receives, weighted)));
  }

  /** {@code [V, steps * heads]}. */
  private static SDVariable largestSource(SameDiff sd, SDVariable sOf, Edges edges) {
    SDVariable real = sd.neq(edges.weight, 0.0).castTo(sOf.dataType());
    SDVariable outside = edges.receives.mul(real).rsub(1.0).mul(FAR_BELOW);
    return sd.max(sd.expandDims(outside, 2).add(sd.expandDims(sOf, 0)), 1);
  }

  private static SDVariable leaky(SameDiff sd, SDVariable x, double slope) {
    return sd.nn().relu(x, 0).mul(1 - slope).add(x.mul(slope));
  }

  /** Rows of ones below the factors of edges in the data; their loops hold all there are. */
  private static SDVariable withLoops(SameDiff sd, SDVariable factors, SDVariable d) {
    return SpikeDefinition.constant(sd, sd.concat(0, factors, sd.onesLike(d)));
  }
}
