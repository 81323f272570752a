package io.github.dl4jsnn.internal.definition;

import io.github.dl4jsnn.conf.AbstractGraphAttentionVertex;
import io.github.dl4jsnn.conf.AbstractGraphConvVertex;
import io.github.dl4jsnn.internal.op.GraphConvOp;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;

/**
 * Graph convolution and attention with dense matrices; the equations are those of {@link
 * AbstractGraphConvVertex}. The matrices have {@code V^2} entries, so this is for small graphs.
 */
public final class GraphConvDefinition {
  private GraphConvDefinition() {}

  /**
   * Current of every node, normalised by STFN if the vertex asks for it.
   *
   * @param sd graph
   * @param s features {@code [V, F]} or {@code [V, T, F]}
   * @param steps T, or 0 for static features
   * @param edges {@code [E, 2]} or {@code [E, 3]}
   * @param columns of the edges
   * @param params parameters of the vertex
   * @param conf the vertex
   * @return {@code [V, H]} or {@code [V, T, H]}
   */
  public static SDVariable define(
      SameDiff sd,
      SDVariable s,
      int steps,
      SDVariable edges,
      int columns,
      Map<String, SDVariable> params,
      AbstractGraphConvVertex conf) {
    SDVariable numbers = nodeNumbers(sd, s, steps);
    SDVariable aggregated =
        conf instanceof AbstractGraphAttentionVertex
            ? AttentionDefinition.define(
                sd,
                map(sd, s, conf.getNIn(), params.get(GraphConvOp.WEIGHT)),
                Math.max(1, steps),
                new AttentionDefinition.Edges(sd, numbers, edges, columns),
                params,
                (AbstractGraphAttentionVertex) conf)
            : PropagationDefinition.define(
                sd,
                s,
                Math.max(1, steps),
                new PropagationDefinition.Edges(sd, numbers, edges, columns),
                params,
                conf);
    SDVariable own = aggregated;
    for (String name : conf.ownWeights()) {
      SDVariable z = map(sd, s, conf.getNIn(), params.get(name));
      own = own.add(sd.reshape(z, -1, Math.max(1, steps) * conf.getNOut()));
    }
    if (conf.addsInput()) {
      own = own.add(sd.reshape(s, -1, Math.max(1, steps) * conf.getNOut()));
    }
    SDVariable x = steps == 0 ? own : sd.reshape(own, -1, steps, conf.getNOut());
    SDVariable bias = params.get(GraphConvOp.BIAS);
    SDVariable current = bias == null ? x : x.add(bias);
    if (conf.getStfn() == null) {
      return current;
    }
    return StfnDefinition.define(
        sd,
        current,
        steps == 0 ? 2 : 3,
        conf.getStfn(),
        conf.stfnScale(),
        params.get(GraphConvOp.LAMBDA),
        params.get(GraphConvOp.GAMMA));
  }

  /** {@code s W} of each node and step, {@code [V * T, columns of W]}. */
  static SDVariable map(SameDiff sd, SDVariable s, long nIn, SDVariable w) {
    return sd.mmul(sd.reshape(s, -1, nIn), w);
  }

  /**
   * {@code [V, 1]} with 0, 1, …; counted from the features, since V is known only when the graph
   * runs.
   */
  private static SDVariable nodeNumbers(SameDiff sd, SDVariable s, int steps) {
    SDVariable column =
        steps == 0
            ? s.get(SDIndex.all(), SDIndex.interval(0, 1))
            : s.get(SDIndex.all(), SDIndex.point(0), SDIndex.interval(0, 1));
    return sd.cumsum(sd.onesLike(column), 0).sub(1.0);
  }

  /**
   * {@code [1, 1]}: 0. Nobody learns edges, so no gradient flows through the adjacency; but DL4J
   * asks for the gradient of every input of a vertex and fails if there is none, so this keeps the
   * edges connected.
   */
  static SDVariable nothing(SameDiff sd, SDVariable edges) {
    return sd.sum(edges, true, 0, 1).mul(0.0);
  }

  /**
   * {@code [1, 2E]}: a column of the edges, twice. The second copies get weight 0, so they are no
   * edges; they are there because ND4J 1.0.0-M2.1 can neither sum nor differentiate a matrix of one
   * column in a graph, which a single edge would give.
   */
  static SDVariable column(SameDiff sd, SDVariable edges, int column) {
    SDVariable ids =
        sd.reshape(edges.get(SDIndex.all(), SDIndex.interval(column, column + 1)), 1, -1);
    return sd.concat(1, ids, ids);
  }

  /** {@code [1, 2E]}: the weights, then zeros. */
  static SDVariable weights(SameDiff sd, SDVariable edges, int columns) {
    int last = Math.min(2, columns - 1);
    SDVariable w = sd.reshape(edges.get(SDIndex.all(), SDIndex.interval(last, last + 1)), 1, -1);
    SDVariable real = columns == 2 ? sd.onesLike(w) : w;
    return sd.concat(1, real, sd.zerosLike(w));
  }

  /** {@code [V, 2E]}: 1 where the node has the given number. */
  static SDVariable incidence(SameDiff sd, SDVariable numbers, SDVariable ids) {
    return sd.eq(numbers, ids).castTo(numbers.dataType());
  }

  /**
   * {@code [V, 1]}: 1 where the data hold a self-loop of non-zero weight, which replaces the added
   * one.
   */
  static SDVariable ownLoop(SameDiff sd, SDVariable sends, SDVariable receives, SDVariable weight) {
    SDVariable real = sd.neq(weight, 0.0).castTo(weight.dataType());
    return sd.gt(sd.sum(sends.mul(receives).mul(real), true, 1), 0.0).castTo(weight.dataType());
  }

  /**
   * Applies an activation function.
   *
   * @param sd graph
   * @param x argument
   * @param activation one of those that {@link io.github.dl4jsnn.conf.GraphAttentionVertex} accepts
   * @return f(x)
   */
  public static SDVariable activation(SameDiff sd, SDVariable x, Activation activation) {
    switch (activation) {
      case IDENTITY:
        return x;
      case RELU:
        return sd.nn().relu(x, 0);
      case ELU:
        return sd.nn().elu(x);
      case TANH:
        return sd.math().tanh(x);
      case SIGMOID:
        return sd.nn().sigmoid(x);
      default:
        throw new IllegalStateException("activation " + activation + " has no SameDiff definition");
    }
  }
}
