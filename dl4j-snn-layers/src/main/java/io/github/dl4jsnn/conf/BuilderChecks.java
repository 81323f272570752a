package io.github.dl4jsnn.conf;

/** Range checks that builders share. */
final class BuilderChecks {
  private BuilderChecks() {}

  /** What error messages of a builder call its layer. */
  static String layer(Object builder) {
    return builder.getClass().getDeclaringClass().getSimpleName();
  }

  static int timeSteps(String what, int timeSteps) {
    if (timeSteps < 1) {
      throw new IllegalArgumentException(what + ": timeSteps must be at least 1, was " + timeSteps);
    }
    return timeSteps;
  }

  static long size(String what, String name, long size) {
    if (size < 1) {
      throw new IllegalArgumentException(what + ": " + name + " must be at least 1, was " + size);
    }
    return size;
  }

  static double finite(String what, String name, double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(what + ": " + name + " must be finite, was " + value);
    }
    return value;
  }

  static double positive(String what, String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          what + ": " + name + " must be above 0 and finite, was " + value);
    }
    return value;
  }

  static double decay(String what, double decay) {
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException(what + ": decay must be in [0, 1), was " + decay);
    }
    return decay;
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

  static double attentionRetain(String what, double retain) {
    if (!(retain > 0 && retain <= 1)) {
      throw new IllegalArgumentException(
          what
              + ": attentionDropOut takes the probability to keep a coefficient, in (0, 1]; was "
              + retain);
    }
    return retain;
  }
}
