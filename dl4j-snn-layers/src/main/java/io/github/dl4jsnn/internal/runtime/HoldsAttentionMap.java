package io.github.dl4jsnn.internal.runtime;

/** A layer that can show how the positions of a sequence attend to each other. */
public interface HoldsAttentionMap {

  /**
   * Maps of the last forward pass.
   *
   * @return maps that later passes do not change; null if there was no forward pass, or its input
   *     is cleared
   */
  AttentionMaps attentionMaps();
}
