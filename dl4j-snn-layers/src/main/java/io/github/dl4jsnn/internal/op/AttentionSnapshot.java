package io.github.dl4jsnn.internal.op;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Attention coefficients of one forward pass, copied out. */
public final class AttentionSnapshot {
  /** Node that sends, for each edge. */
  public final int[] sources;

  /** Node that receives, for each edge. */
  public final int[] targets;

  /** {@code [E', steps, heads]}. */
  public final INDArray weights;

  AttentionSnapshot(int[] sources, int[] targets, INDArray weights) {
    this.sources = sources;
    this.targets = targets;
    this.weights = weights;
  }
}
