package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.learning.AdamW;
import io.github.dl4jsnn.learning.CosineSchedule;
import io.github.dl4jsnn.position.CpgCode;
import io.github.dl4jsnn.position.PositionalCode;
import io.github.dl4jsnn.position.PositionalEncoding;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.schedule.ScheduleType;
import picocli.CommandLine.Option;

/** Size and training of the Spikformers that classify, the same for every encoding. */
final class SpikformerOptions {

  /** Share of all iterations in which the learning rate rises. */
  private static final double WARM_UP = 0.05;

  @Option(
      names = "--time-steps",
      defaultValue = "2",
      converter = GcSnnOptions.Count.class,
      description = "spike steps T on each position")
  int timeSteps;

  @Option(
      names = "--hidden",
      defaultValue = "64",
      converter = GcSnnOptions.Count.class,
      description = "features D of each position")
  int hidden;

  @Option(
      names = "--blocks",
      defaultValue = "1",
      converter = GcSnnOptions.Count.class,
      description = "encoder blocks")
  int blocks;

  @Option(
      names = "--heads",
      defaultValue = "8",
      converter = GcSnnOptions.Count.class,
      description = "heads of the attention")
  int heads;

  @Option(
      names = "--cpg-pairs",
      defaultValue = "5",
      converter = GcSnnOptions.Count.class,
      description = "pairs P of neurons of CPG-PE")
  int cpgPairs;

  @Option(
      names = "--cpg-period",
      defaultValue = "100",
      converter = GcSnnOptions.Rate.class,
      description = "base period tau of CPG-PE")
  double cpgPeriod;

  @Option(
      names = "--mlp-ratio",
      defaultValue = "1",
      converter = GcSnnOptions.Count.class,
      description = "width of the MLP of a block, times D")
  int mlpRatio;

  @Option(
      names = "--drop-out",
      defaultValue = "0.1",
      converter = GcSnnOptions.Probability.class,
      description = "probability to drop an input of a linear layer")
  double dropOut;

  @Option(
      names = "--batch-size",
      defaultValue = "64",
      converter = GcSnnOptions.Count.class,
      description = "examples in a batch")
  int batchSize;

  @Option(
      names = "--epochs",
      defaultValue = "8",
      converter = GcSnnOptions.Count.class,
      description = "epochs to train")
  int epochs;

  @Option(
      names = "--learning-rate",
      defaultValue = "0.003",
      converter = GcSnnOptions.Rate.class,
      description = "largest step size of AdamW; falls along a cosine")
  double learningRate;

  @Option(
      names = "--weight-decay",
      defaultValue = "0.01",
      converter = GcSnnOptions.Probability.class,
      description = "weight decay of AdamW")
  double weightDecay;

  @Option(
      names = "--label-smoothing",
      defaultValue = "0",
      converter = GcSnnOptions.Probability.class,
      description = "share of a label that goes to all classes alike")
  double labelSmoothing;

  /** The code of an encoding, or null for its default. */
  PositionalCode code(PositionalEncoding pe) {
    return pe == PositionalEncoding.CPG || pe == PositionalEncoding.CPG_FULL
        ? CpgCode.builder().pairs(cpgPairs).period(cpgPeriod).eta(1).build()
        : null;
  }

  /** AdamW with a cosine schedule over all iterations. */
  AdamW adamW(int examples) {
    int iterations = epochs * ((examples + batchSize - 1) / batchSize);
    return AdamW.builder()
        .learningRate(
            CosineSchedule.builder(ScheduleType.ITERATION, learningRate, iterations)
                .warmUp((int) (WARM_UP * iterations))
                .build())
        .weightDecay(weightDecay)
        .decayBias(false)
        .build();
  }

  /** Smooths labels of training batches; null if there is nothing to do. */
  DataSetPreProcessor smoothing() {
    return labelSmoothing == 0
        ? null
        : batch ->
            batch.setLabels(
                batch
                    .getLabels()
                    .mul(1 - labelSmoothing)
                    .addi(labelSmoothing / batch.getLabels().size(1)));
  }

  @Override
  public String toString() {
    return String.format(
        ROOT,
        "T %d, D %d, %d blocks of %d heads and MLP %dD, CPG of %d pairs and period %s, dropout %s, batch %d, %d epochs, AdamW %s"
            + " decay %s, label smoothing %s",
        timeSteps,
        hidden,
        blocks,
        heads,
        mlpRatio,
        cpgPairs,
        cpgPeriod,
        dropOut,
        batchSize,
        epochs,
        learningRate,
        weightDecay,
        labelSmoothing);
  }
}
