package io.github.dl4jsnn.internal.data;

/** Checks of the options of builders. */
public final class Options {
  private Options() {}

  /**
   * Checks a count.
   *
   * @param name of the option
   * @param value of the option
   * @return the value
   * @throws IllegalArgumentException if it is below 1
   */
  public static int positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, was " + value);
    }
    return value;
  }
}
