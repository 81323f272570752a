package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.learning.AdamW;
import io.github.dl4jsnn.learning.CosineSchedule;
import io.github.dl4jsnn.position.CpgCode;
import io.github.dl4jsnn.position.PositionalCode;
import io.github.dl4jsnn.position.PositionalEncoding;
import io.github.dl4jsnn.position.RandomCode;
import io.github.dl4jsnn.zoo.ForecastReadout;
import io.github.dl4jsnn.zoo.SeriesLevel;
import org.nd4j.linalg.schedule.ScheduleType;
import picocli.CommandLine.Option;

/**
 * Sizes and training of a forecasting network: the same for all systems and encodings that are
 * compared. Defaults were chosen on the validation part of METR-LA.
 */
final class ForecastSettings {

  /** As many random spikes as CPG-PE has: the share of angles whose cosine is above 0.8. */
  private static final double RANDOM_RATE = 0.2;

  @Option(
      names = "--input-length",
      converter = GcSnnOptions.Count.class,
      description = "rows that go in, L")
  int inputLength = 12;

  @Option(
      names = "--hidden",
      converter = GcSnnOptions.Count.class,
      description = "features of a position, D")
  int hidden = 16;

  @Option(
      names = "--blocks",
      converter = GcSnnOptions.Count.class,
      description = "blocks or layers behind the embedding")
  int blocks = 1;

  @Option(
      names = "--heads",
      converter = GcSnnOptions.Count.class,
      description = "of the attention, a divisor of D")
  int heads = 2;

  @Option(
      names = "--time-steps",
      converter = GcSnnOptions.Count.class,
      description = "spike steps on each position, T")
  int timeSteps = 4;

  @Option(
      names = "--batch-size",
      converter = GcSnnOptions.Count.class,
      description = "examples in a batch")
  int batchSize = 128;

  @Option(names = "--epochs", converter = GcSnnOptions.Count.class, description = "most epochs")
  int epochs = 10;

  @Option(
      names = "--examples",
      converter = GcSnnOptions.Count.class,
      description = "of the training part, drawn anew for each epoch")
  int examples = 8192;

  @Option(
      names = "--patience",
      converter = GcSnnOptions.Count.class,
      description = "with --best-epoch, epochs to go on without a better validation R2")
  int patience = 10;

  @Option(
      names = "--best-epoch",
      arity = "1",
      description = "keeps the epoch of the best validation R2; else the last")
  boolean bestEpoch = false;

  @Option(
      names = "--weight-decay",
      converter = GcSnnOptions.Probability.class,
      description = "of AdamW, decoupled")
  double weightDecay = 0.01;

  @Option(
      names = "--dropout",
      converter = GcSnnOptions.Probability.class,
      description = "probability to drop an input of a layer")
  double dropout = 0;

  @Option(
      names = "--readout",
      description = "what is forecast from: ${COMPLETION-CANDIDATES} position(s)")
  ForecastReadout readout = ForecastReadout.MEAN;

  @Option(
      names = "--level",
      description =
          "of a window: the network sees and forecasts differences from it;"
              + " ${COMPLETION-CANDIDATES}")
  SeriesLevel level = SeriesLevel.MEAN;

  @Option(
      names = "--channel-independent",
      arity = "1",
      description = "each channel of a window is an example of its own")
  boolean channelIndependent = true;

  @Option(
      names = "--validate-every",
      converter = GcSnnOptions.Count.class,
      description = "n: every n-th window of the validation part is evaluated after an epoch")
  int validateEvery = 16;

  @Option(
      names = "--cpg-pairs",
      converter = GcSnnOptions.Count.class,
      description = "pairs of neurons of CPG-PE; Random-PE is as wide")
  int pairs = 32;

  @Option(names = "--cpg-period", description = "base period of CPG-PE")
  double period = 10_000;

  @Option(names = "--cpg-eta", description = "angle of CPG-PE from one position to the next")
  double eta = 2 * Math.PI;

  /** The code of an encoding, null for that of the network. */
  PositionalCode code(PositionalEncoding encoding) {
    switch (encoding) {
      case CPG:
      case CPG_FULL:
        return cpg();
      case RANDOM:
        return new RandomCode(cpg().width(), RANDOM_RATE, 0);
      default:
        return null;
    }
  }

  /** The code of CPG-PE. */
  CpgCode cpg() {
    return CpgCode.builder().pairs(pairs).period(period).eta(eta).build();
  }

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
        "L%d D%d blocks%d heads%d T%d batch%d epochs%d of %d %s lr%s decay%s dropout%s %s level %s%s"
            + " validate%d CPG %d %s %.4g",
        inputLength,
        hidden,
        blocks,
        heads,
        timeSteps,
        batchSize,
        epochs,
        examples,
        bestEpoch ? "best of patience " + patience : "last",
        learningRate,
        weightDecay,
        dropout,
        readout,
        level,
        channelIndependent ? " channel-independent" : "",
        validateEvery,
        pairs,
        period,
        eta);
  }
}
