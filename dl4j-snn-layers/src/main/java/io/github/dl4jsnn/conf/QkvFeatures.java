package io.github.dl4jsnn.conf;

/** Queries, keys and values side by side in the input of an attention layer. */
final class QkvFeatures {
  private QkvFeatures() {}

  /** D of an input of 3D features. */
  static long each(String label, long features, int heads) {
    if (features % (3L * heads) != 0) {
      throw new IllegalArgumentException(
          label
              + ": expected Q, K and V side by side, 3D features with D a multiple of heads = "
              + heads
              + ", got "
              + features
              + " features");
    }
    return features / 3;
  }
}
