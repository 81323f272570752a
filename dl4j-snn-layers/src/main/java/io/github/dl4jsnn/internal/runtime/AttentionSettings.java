package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractGraphAttentionVertex;
import io.github.dl4jsnn.conf.AbstractGraphConvVertex;
import io.github.dl4jsnn.conf.HeadMerge;
import io.github.dl4jsnn.internal.op.GraphConvOp;

/** What a graph vertex sets for its attention, if it has any. */
final class AttentionSettings {
  private AttentionSettings() {}

  /** Settings of the operation, or null for a convolution. */
  static GraphConvOp.Attention of(AbstractGraphConvVertex config) {
    if (!(config instanceof AbstractGraphAttentionVertex)) {
      return null;
    }
    AbstractGraphAttentionVertex a = (AbstractGraphAttentionVertex) config;
    return new GraphConvOp.Attention(
        a.getHeads(), a.getHeadMerge() == HeadMerge.MEAN, a.getNegativeSlope());
  }

  /** Probability to keep a coefficient during training. */
  static double retain(AbstractGraphConvVertex config) {
    return config instanceof AbstractGraphAttentionVertex
        ? ((AbstractGraphAttentionVertex) config).getAttentionRetain()
        : 1;
  }
}
