package io.github.dl4jsnn.internal;

/** Range checks that builders share; messages name what is built. */
public final class BuilderChecks {
  private BuilderChecks() {}

  /**
   * What error messages of a builder call its layer or network.
   *
   * @param builder a nested class of what it builds
   * @return simple name of the class
   */
  public static String layer(Object builder) {
    return builder.getClass().getDeclaringClass().getSimpleName();
  }

  /**
   * Checks a number of time steps.
   *
   * @param what is built
   * @param timeSteps the value
   * @return the value
   * @throws IllegalArgumentException if it is below 1
   */
  public static int timeSteps(String what, int timeSteps) {
    if (timeSteps < 1) {
      throw new IllegalArgumentException(what + ": timeSteps must be at least 1, was " + timeSteps);
    }
    return timeSteps;
  }

  /**
   * Checks a size.
   *
   * @param what is built
   * @param name of the option
   * @param size the value
   * @return the value
   * @throws IllegalArgumentException if it is below 1
   */
  public static long size(String what, String name, long size) {
    if (size < 1) {
      throw new IllegalArgumentException(what + ": " + name + " must be at least 1, was " + size);
    }
    return size;
  }

  /**
   * Checks a size.
   *
   * @param what is built
   * @param name of the option
   * @param size the value
   * @return the value
   * @throws IllegalArgumentException if it is below 1
   */
  public static int size(String what, String name, int size) {
    return (int) size(what, name, (long) size);
  }

  /**
   * Checks a number.
   *
   * @param what is built
   * @param name of the option
   * @param value the value
   * @return the value
   * @throws IllegalArgumentException if it is NaN or infinite
   */
  public static double finite(String what, String name, double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(what + ": " + name + " must be finite, was " + value);
    }
    return value;
  }

  /**
   * Checks a number above 0.
   *
   * @param what is built
   * @param name of the option
   * @param value the value
   * @return the value
   * @throws IllegalArgumentException if it is not above 0 or not finite
   */
  public static double positive(String what, String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          what + ": " + name + " must be above 0 and finite, was " + value);
    }
    return value;
  }

  /**
   * Checks a share that is kept.
   *
   * @param what is built
   * @param decay the value
   * @return the value
   * @throws IllegalArgumentException if it is not in [0, 1)
   */
  public static double decay(String what, double decay) {
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException(what + ": decay must be in [0, 1), was " + decay);
    }
    return decay;
  }

  /**
   * Checks a dropout.
   *
   * @param what is built
   * @param retain probability to keep an input
   * @return the value
   * @throws IllegalArgumentException if it is not in (0, 1]
   */
  public static double retain(String what, double retain) {
    if (!(retain > 0 && retain <= 1)) {
      throw new IllegalArgumentException(
          what
              + ": dropOut takes the probability to keep an input, in (0, 1], as in DL4J; was "
              + retain);
    }
    return retain;
  }

  /**
   * Checks a dropout of attention.
   *
   * @param what is built
   * @param retain probability to keep a coefficient
   * @return the value
   * @throws IllegalArgumentException if it is not in (0, 1]
   */
  public static double attentionRetain(String what, double retain) {
    if (!(retain > 0 && retain <= 1)) {
      throw new IllegalArgumentException(
          what
              + ": attentionDropOut takes the probability to keep a coefficient, in (0, 1]; was "
              + retain);
    }
    return retain;
  }
}
