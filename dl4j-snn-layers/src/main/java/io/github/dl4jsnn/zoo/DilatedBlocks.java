package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.internal.BuilderChecks;

/** Numbers of blocks whose dilation doubles from block to block. */
final class DilatedBlocks {
  /** A dilation of 2^19 positions is longer than any sequence. */
  private static final int MOST = 20;

  private DilatedBlocks() {}

  static int check(String what, int blocks) {
    if (blocks > MOST) {
      throw new IllegalArgumentException(
          what + ": blocks must be at most " + MOST + ", was " + blocks);
    }
    return BuilderChecks.size(what, "blocks", blocks);
  }
}
