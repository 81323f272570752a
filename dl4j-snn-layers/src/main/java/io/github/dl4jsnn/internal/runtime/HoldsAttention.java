package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.internal.op.AttentionSnapshot;

/** A vertex that can show how its nodes attended to each other. */
public interface HoldsAttention {

  /**
   * Whether its nodes attend at all.
   *
   * @return false for a convolution
   */
  boolean attends();

  /**
   * Coefficients of the last forward pass, copied out.
   *
   * @return the coefficients, or null if there was none
   */
  AttentionSnapshot attention();
}
