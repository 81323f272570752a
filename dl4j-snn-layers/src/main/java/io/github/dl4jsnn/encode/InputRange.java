package io.github.dl4jsnn.encode;

/** The values that an encoder accepts; NaN and infinity never belong to them. */
final class InputRange {
  static final InputRange FINITE =
      new InputRange(
          -Double.MAX_VALUE,
          Double.MAX_VALUE,
          "not finite; remove or replace such values before encoding");

  static final InputRange UNIT_INTERVAL = between(0, 1, "[0, 1]");

  private final double min;
  private final double max;
  private final String complaint;

  private InputRange(double min, double max, String complaint) {
    this.min = min;
    this.max = max;
    this.complaint = complaint;
  }

  /** The closed interval from min to max. */
  static InputRange between(double min, double max) {
    return between(min, max, "[" + min + ", " + max + "]");
  }

  private static InputRange between(double min, double max, String interval) {
    return new InputRange(
        min,
        max,
        "not in "
            + interval
            + "; normalise the features first, for example with NormalizerMinMaxScaler");
  }

  /** What is wrong with a value outside this range, and what to do about it. */
  String complaint() {
    return complaint;
  }

  boolean contains(double x) {
    return x >= min && x <= max;
  }
}
