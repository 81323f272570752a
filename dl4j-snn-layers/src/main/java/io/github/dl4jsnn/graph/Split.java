package io.github.dl4jsnn.graph;

/** The part of a data set that a node is used for. */
public enum Split {
  /** The loss is computed on these nodes. */
  TRAIN,
  /** Settings and the best epoch are chosen on these nodes. */
  VALIDATION,
  /** The reported figure is computed on these nodes, once. */
  TEST,
  /** In no split: the node takes part in message passing only. */
  NONE
}
