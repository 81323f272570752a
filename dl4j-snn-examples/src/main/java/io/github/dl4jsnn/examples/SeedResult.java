package io.github.dl4jsnn.examples;

/** What one training run of a study came to, at the epoch that validation picked. */
final class SeedResult {

  final long seed;
  final int epoch;
  final double validationAccuracy;
  final double testAccuracy;

  /** Firing rate of the hidden layer on the whole graph; NaN without spikes. */
  final double rate;

  final double medianMillis;

  SeedResult(
      long seed,
      int epoch,
      double validationAccuracy,
      double testAccuracy,
      double rate,
      double medianMillis) {
    this.seed = seed;
    this.epoch = epoch;
    this.validationAccuracy = validationAccuracy;
    this.testAccuracy = testAccuracy;
    this.rate = rate;
    this.medianMillis = medianMillis;
  }
}
