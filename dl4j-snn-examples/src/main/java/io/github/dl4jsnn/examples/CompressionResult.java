package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.monitor.LayerCost;
import io.github.dl4jsnn.monitor.SnnCost;

/** One training run of {@link CompressionStudy}, at the epoch that validation picked. */
final class CompressionResult {

  final long seed;
  final int epoch;
  final double validationAccuracy;
  final double testAccuracy;
  final double rate;

  /** Dense MACs once by operations done. */
  final double ratio;

  /** The same without the first layer: hidden-to-hidden and output maps. */
  final double laterRatio;

  /** The ratio had the constant features been sent at every step. */
  final double ratioSentEachStep;

  final double ratioWithPropagation;

  CompressionResult(
      long seed, int epoch, double validationAccuracy, double testAccuracy, SnnCost cost) {
    this.seed = seed;
    this.epoch = epoch;
    this.validationAccuracy = validationAccuracy;
    this.testAccuracy = testAccuracy;
    LayerCost all = cost.total();
    rate = all.firingRate();
    ratio = all.ratio();
    laterRatio =
        cost.layers().containsKey("hidden2")
            ? cost.sum("hidden2", "classes").ratio()
            : cost.layer("classes").ratio();
    ratioSentEachStep = all.ratioSentEachStep();
    ratioWithPropagation = cost.ratioWithPropagation();
  }
}
