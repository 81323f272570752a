package io.github.dl4jsnn.zoo;

/** Range checks that the builders of this package share. */
final class ZooChecks {
  private ZooChecks() {}

  static int size(String what, String name, int size) {
    if (size < 1) {
      throw new IllegalArgumentException(what + ": " + name + " must be at least 1, was " + size);
    }
    return size;
  }

  static double retain(String what, double retain) {
    if (!(retain > 0 && retain <= 1)) {
      throw new IllegalArgumentException(
          what
              + ": dropOut takes the probability to keep an input, in (0, 1], as in DL4J; was "
              + retain);
    }
    return retain;
  }

  static void heads(String what, int hidden, int heads) {
    if (hidden % heads != 0) {
      throw new IllegalArgumentException(
          what + ": hidden must be a multiple of heads, " + heads + ", was " + hidden);
    }
  }
}
