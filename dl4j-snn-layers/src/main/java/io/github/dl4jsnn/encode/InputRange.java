package io.github.dl4jsnn.encode;

/** The values that an encoder accepts; NaN and infinity never belong to them. */
enum InputRange {
  FINITE("not finite; remove or replace such values before encoding") {
    @Override
    boolean contains(double x) {
      return Double.isFinite(x);
    }
  },
  UNIT_INTERVAL(
      "not in [0, 1]; normalise the features first, for example with NormalizerMinMaxScaler") {
    @Override
    boolean contains(double x) {
      return x >= 0 && x <= 1;
    }
  };

  private final String complaint;

  InputRange(String complaint) {
    this.complaint = complaint;
  }

  /** What is wrong with a value outside this range, and what to do about it. */
  String complaint() {
    return complaint;
  }

  abstract boolean contains(double x);
}
