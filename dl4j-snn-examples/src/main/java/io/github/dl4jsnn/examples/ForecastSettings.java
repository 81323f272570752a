package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.learning.AdamW;
import io.github.dl4jsnn.learning.CosineSchedule;
import io.github.dl4jsnn.zoo.SpikformerForecaster;
import org.nd4j.linalg.schedule.ScheduleType;
import picocli.CommandLine.Option;

/**
 * Sizes and training of a forecasting network: the same for all systems and encodings that are
 * compared. Defaults were chosen on the validation part of METR-LA.
 */
final class ForecastSettings {

  @Option(
      names = "--input-length",
      converter = GcSnnOptions.Count.class,
      description = "rows that go in, L")
  int inputLength = 12;

  @Option(
      names = "--hidden",
      converter = GcSnnOptions.Count.class,
      description = "features of a position, D")
  int hidden = 64;

  @Option(
      names = "--blocks",
      converter = GcSnnOptions.Count.class,
      description = "blocks or layers behind the embedding")
  int blocks = 1;

  @Option(
      names = "--time-steps",
      converter = GcSnnOptions.Count.class,
      description = "spike steps on each position, T")
  int timeSteps = 4;

  @Option(
      names = "--batch-size",
      converter = GcSnnOptions.Count.class,
      description = "windows in a batch")
  int batchSize = 32;

  @Option(names = "--epochs", converter = GcSnnOptions.Count.class, description = "most epochs")
  int epochs = 10;

  @Option(
      names = "--patience",
      converter = GcSnnOptions.Count.class,
      description = "epochs to go on without a better validation R2")
  int patience = 5;

  @Option(
      names = "--weight-decay",
      converter = GcSnnOptions.Probability.class,
      description = "of AdamW, decoupled")
  double weightDecay = 0.3;

  @Option(
      names = "--dropout",
      converter = GcSnnOptions.Probability.class,
      description = "probability to drop an input of a layer")
  double dropout = 0.1;

  @Option(
      names = "--readout",
      description = "what a Spikformer forecasts from: ${COMPLETION-CANDIDATES} position(s)")
  SpikformerForecaster.Readout readout = SpikformerForecaster.Readout.MEAN;

  /** AdamW whose rate falls along a cosine to 0 over all epochs. */
  AdamW optimizer(double learningRate) {
    return AdamW.builder()
        .learningRate(CosineSchedule.builder(ScheduleType.EPOCH, learningRate, epochs).build())
        .weightDecay(weightDecay)
        .build();
  }

  /** What tells rows of a table apart; without commas. */
  String describe(double learningRate) {
    return String.format(
        "L%d D%d blocks%d T%d batch%d epochs%d patience%d lr%s decay%s dropout%s %s",
        inputLength,
        hidden,
        blocks,
        timeSteps,
        batchSize,
        epochs,
        patience,
        learningRate,
        weightDecay,
        dropout,
        readout);
  }
}
