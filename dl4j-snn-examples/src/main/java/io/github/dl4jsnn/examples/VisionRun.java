package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import java.util.List;

/** One training run of a {@link VisionStudy}; a line of its table. */
final class VisionRun {

  static final String HEADER =
      "data,rule,time_steps,width,seed,settings,epoch,validation,test,rate,energy_ratio,seconds";

  /** Columns that say which run it is. */
  static final int KEY = 6;

  final long seed;

  /** That validation picked. */
  final int epoch;

  /** Accuracies in per cent. */
  final double validation;

  final double test;

  /** Spikes of a neuron a step, over all neurons, on the test part. */
  final double rate;

  /** {@code 4.6 / (0.1 * rate * T)}. */
  final double energyRatio;

  /** Of training. */
  final double seconds;

  VisionRun(
      long seed,
      int epoch,
      double validation,
      double test,
      double rate,
      double energyRatio,
      double seconds) {
    this.seed = seed;
    this.epoch = epoch;
    this.validation = validation;
    this.test = test;
    this.rate = rate;
    this.energyRatio = energyRatio;
    this.seconds = seconds;
  }

  /** Reads a line of the table. */
  static VisionRun parse(List<String> fields) {
    return new VisionRun(
        Long.parseLong(fields.get(4)),
        Integer.parseInt(fields.get(KEY)),
        Double.parseDouble(fields.get(KEY + 1)),
        Double.parseDouble(fields.get(KEY + 2)),
        Double.parseDouble(fields.get(KEY + 3)),
        Double.parseDouble(fields.get(KEY + 4)),
        Double.parseDouble(fields.get(KEY + 5)));
  }

  /** The columns behind the key. */
  String values() {
    return String.format(
        ROOT, "%d,%.2f,%.2f,%.4f,%.2f,%.0f", epoch, validation, test, rate, energyRatio, seconds);
  }
}
