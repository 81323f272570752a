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

  /**
   * A width, slope or height of a surrogate: far from where its square, or its product with a
   * potential, leaves the range of a float.
   */
  static double scale(String what, double value) {
    if (!(value >= 1e-10 && value <= 1e10)) {
      throw new IllegalArgumentException(what + " must be from 1e-10 to 1e10, was " + value);
    }
    return value;
  }

  /** A derivative that may be 0. */
  static double floor(String what, double value) {
    if (!(value >= 0 && value <= 1e10)) {
      throw new IllegalArgumentException(what + " must be from 0 to 1e10, was " + value);
    }
    return value;
  }

  static double decay(String what, double value) {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException(what + " must be in (0, 1], was " + value);
    }
    return value;
  }

  static double unit(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + " must be from 0 to 1, was " + value);
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
