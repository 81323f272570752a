package io.github.dl4jsnn.neuron;

/** Range checks of neuron constants. */
final class Checks {
  private Checks() {}

  static double positive(String what, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(what + " must be above 0 and finite, was " + value);
    }
    return value;
  }

  static double finite(String what, double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(what + " must be finite, was " + value);
    }
    return value;
  }

  static <T> T notNull(String what, T value) {
    if (value == null) {
      throw new IllegalArgumentException(what + " must not be null");
    }
    return value;
  }
}
