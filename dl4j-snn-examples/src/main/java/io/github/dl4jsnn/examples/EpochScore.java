package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

/** What one epoch of a {@link ResumableTraining} came to; a line of its table. */
final class EpochScore {

  static final String HEADER = "epoch,loss,validation,seconds";

  /** From 1. */
  final int epoch;

  /** Mean over the steps since the last start of the program; NaN if that was after them all. */
  final double loss;

  /** Accuracy in per cent. */
  final double validation;

  /** Of training alone; after a resume, those of the steps since then, as if they were all. */
  final double seconds;

  EpochScore(int epoch, double loss, double validation, double seconds) {
    this.epoch = epoch;
    this.loss = loss;
    this.validation = validation;
    this.seconds = seconds;
  }

  static EpochScore parse(String line) {
    String[] f = line.split(",");
    return new EpochScore(
        Integer.parseInt(f[0]),
        Double.parseDouble(f[1]),
        Double.parseDouble(f[2]),
        Double.parseDouble(f[3]));
  }

  /** A line of the table. */
  @Override
  public String toString() {
    // All digits of the accuracy, as later ones are compared with it.
    return String.format(ROOT, "%d,%.6f,%s,%.1f", epoch, loss, validation, seconds);
  }
}
