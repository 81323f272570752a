package io.github.dl4jsnn.internal.definition;

import io.github.dl4jsnn.internal.op.NodeFeatureAttentionOp;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Gates of features and nodes; the equations are those of {@link
 * io.github.dl4jsnn.conf.NodeFeatureAttentionLayer}.
 */
public final class NodeFeatureAttentionDefinition {
  private NodeFeatureAttentionDefinition() {}

  /**
   * The gated input.
   *
   * @param sd graph
   * @param x {@code [N, T, F]} or {@code [N, F]}
   * @param rank of x
   * @param mask {@code [N, T]}, of a static input {@code [N, 1]}
   * @param params parameters by name; those of a gate that is off are missing
   * @param graph whether the feature gates see the mean of all nodes
   * @return of the shape of x
   */
  public static SDVariable define(
      SameDiff sd,
      SDVariable x,
      int rank,
      SDVariable mask,
      Map<String, SDVariable> params,
      boolean graph) {
    SDVariable y = rank == 3 ? x.mul(sd.expandDims(mask, 2)) : sd.expandDims(x, 1);
    SDVariable z = rank == 3 ? sd.sum(y, true, 1).div(steps(sd, sd.expandDims(mask, 2))) : y;
    if (params.containsKey(NodeFeatureAttentionOp.NODE)) {
      // Not a matrix product: that of 1x1 by 1x1 has no gradient in ND4J 1.0.0-M2.1.
      SDVariable w = sd.permute(params.get(NodeFeatureAttentionOp.NODE), 1, 0);
      SDVariable s = sd.sum(z.mul(w), true, 2);
      y = y.mul(gate(sd, s.add(params.get(NodeFeatureAttentionOp.NODE_BIAS))));
    }
    if (params.containsKey(NodeFeatureAttentionOp.DOWN)) {
      SDVariable c = graph ? sd.mean(z, true, 0) : z;
      SDVariable down =
          product(sd, c, params.get(NodeFeatureAttentionOp.DOWN))
              .add(params.get(NodeFeatureAttentionOp.DOWN_BIAS));
      SDVariable up = product(sd, sd.nn().relu(down, 0), params.get(NodeFeatureAttentionOp.UP));
      y = y.mul(gate(sd, up.add(params.get(NodeFeatureAttentionOp.UP_BIAS))));
    }
    return rank == 3 ? y : sd.squeeze(y, 1);
  }

  /** Number of steps {@code [N, 1, 1]} of each example, 1 if it has none. */
  private static SDVariable steps(SameDiff sd, SDVariable present) {
    return sd.clipByValue(sd.sum(present, true, 1), 1, Integer.MAX_VALUE);
  }

  private static SDVariable gate(SameDiff sd, SDVariable s) {
    return sd.nn().sigmoid(s).mul(2);
  }

  /** {@code [B, 1, I]} times {@code [I, O]}, by broadcast and sum. */
  private static SDVariable product(SameDiff sd, SDVariable a, SDVariable w) {
    return sd.sum(sd.permute(a, 0, 2, 1).mul(w), true, 1);
  }
}
