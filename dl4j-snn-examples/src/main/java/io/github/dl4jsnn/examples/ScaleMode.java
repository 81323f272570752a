package io.github.dl4jsnn.examples;

/** How a large graph is trained on. */
enum ScaleMode {
  /** All nodes at once, one step an epoch. */
  FULL,
  /** Mini-batches of labelled nodes with sampled neighbours. */
  SAMPLED
}
