package io.github.dl4jsnn.internal.definition;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Softmax self-attention; the equations are those of {@link
 * io.github.dl4jsnn.conf.SoftmaxAttention}.
 */
public final class SoftmaxAttentionDefinition {
  /** Taken from the scores of absentees, so that they are never the largest. */
  private static final double ABSENT = 1e9;

  private SoftmaxAttentionDefinition() {}

  /**
   * Attends.
   *
   * @param sd graph
   * @param x Q, K and V side by side, {@code [N, L, 3D]}
   * @param positions L
   * @param features 3D
   * @param heads number of heads
   * @param mask {@code [N, L]}
   * @return {@code [N, L, D]}
   */
  public static SDVariable define(
      SameDiff sd, SDVariable x, long positions, long features, int heads, SDVariable mask) {
    long d = features / 3 / heads;
    SDVariable m = SpikeDefinition.constant(sd, mask);
    SDVariable[] qkv =
        SpikingAttentionDefinition.split(sd, x.mul(sd.expandDims(m, 2)), positions, heads, d);
    SDVariable keys = sd.reshape(m, -1, 1, 1, positions, 1);
    SDVariable scores = SpikingAttentionDefinition.pairs(sd, qkv[0], qkv[1]).div(Math.sqrt(d));
    SDVariable shown = scores.add(keys.sub(1.0).mul(ABSENT));
    SDVariable largest = SpikeDefinition.constant(sd, sd.max(shown, true, 3));
    SDVariable e = sd.math().exp(shown.sub(largest)).mul(keys);
    // an example without any position divides by 1
    SDVariable none = sd.max(keys, true, 3).rsub(1.0);
    SDVariable p = e.div(sd.sum(e, true, 3).add(none));
    SDVariable y = sd.sum(p.mul(sd.expandDims(qkv[2], 2)), false, 3); // [N, heads, L, d]
    SDVariable merged = sd.reshape(sd.permute(y, 0, 2, 1, 3), -1, positions, features / 3);
    return merged.mul(sd.expandDims(m, 2));
  }
}
