package io.github.dl4jsnn.conf;

/** What becomes of the heads of graph attention. */
public enum HeadMerge {
  /** Their outputs stand side by side: {@code nOut / heads} features each. */
  CONCAT,
  /** Their outputs are averaged: {@code nOut} features each. */
  MEAN
}
