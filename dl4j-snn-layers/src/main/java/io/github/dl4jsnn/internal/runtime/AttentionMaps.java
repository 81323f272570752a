package io.github.dl4jsnn.internal.runtime;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Attention maps of one forward pass, computed when asked for from a copy of its input. */
public final class AttentionMaps {
  private final String label;
  private final long examples;
  private final int heads;
  private final Map map;

  /** Computes one map. */
  interface Map {
    INDArray of(int example, int head);
  }

  AttentionMaps(String label, long examples, int heads, Map map) {
    this.label = label;
    this.examples = examples;
    this.heads = heads;
    this.map = map;
  }

  /**
   * The map of one example and head.
   *
   * @param example number of the example
   * @param head number of the head
   * @return {@code [T, L, L]}, T being 1 where there are no spike steps
   * @throws IllegalArgumentException if there is no such example or head
   */
  public INDArray of(int example, int head) {
    if (example < 0 || example >= examples || head < 0 || head >= heads) {
      throw new IllegalArgumentException(
          label
              + ": expected an example below "
              + examples
              + " and a head below "
              + heads
              + ", got example "
              + example
              + ", head "
              + head);
    }
    return map.of(example, head);
  }

  /**
   * Number of heads.
   *
   * @return at least 1
   */
  public int heads() {
    return heads;
  }
}
