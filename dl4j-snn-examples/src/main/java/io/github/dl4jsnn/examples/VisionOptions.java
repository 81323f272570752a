package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.learning.CosineSchedule;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.zoo.BpsaNetwork;
import io.github.dl4jsnn.zoo.TrainingRule;
import java.nio.file.Path;
import java.util.List;
import org.nd4j.linalg.schedule.ScheduleType;
import picocli.CommandLine.Option;

/** Size and training of the convolution networks of a {@link VisionStudy}. */
final class VisionOptions {

  /** SpikingJelly's default. */
  private static final double SMOOTHNESS = 2;

  @Option(
      names = "--rule",
      split = ",",
      defaultValue = "BPSA_BPTA",
      description = "training rules: ${COMPLETION-CANDIDATES}")
  List<TrainingRule> rules;

  @Option(
      names = "--time-steps",
      split = ",",
      defaultValue = "4",
      converter = GcSnnOptions.Count.class,
      description = "steps T, each a training of its own")
  List<Integer> timeSteps;

  @Option(
      names = "--width",
      defaultValue = "32",
      converter = GcSnnOptions.Count.class,
      description = "channels of the first convolution; 128 in the paper")
  int width;

  @Option(
      names = "--epochs",
      defaultValue = "2",
      converter = GcSnnOptions.Count.class,
      description = "epochs to train")
  int epochs;

  @Option(
      names = "--batch-size",
      defaultValue = "64",
      converter = GcSnnOptions.Count.class,
      description = "examples of a training step")
  int batchSize;

  @Option(
      names = "--learning-rate",
      defaultValue = "0.001",
      converter = GcSnnOptions.Rate.class,
      description = "largest step size of AdamW; falls along a cosine")
  double learningRate;

  @Option(
      names = "--warm-up",
      defaultValue = "0.05",
      converter = GcSnnOptions.Probability.class,
      description = "share of all steps in which the learning rate rises")
  double warmUp;

  @Option(
      names = "--smooth-epochs",
      defaultValue = "0",
      converter = GcSnnOptions.CountOrZero.class,
      description =
          "epochs at the beginning with an arctangent in place of the rule's surrogate, so that"
              + " neurons which do not fire yet learn, too")
  int smoothEpochs;

  @Option(
      names = "--decay",
      defaultValue = "0.01",
      converter = GcSnnOptions.Probability.class,
      description = "weight decay of AdamW")
  double decay;

  @Option(
      names = "--alpha",
      defaultValue = "0.8",
      converter = GcSnnOptions.Probability.class,
      description = "share of the error that crosses a spike in time")
  double alpha;

  @Option(
      names = "--dropout",
      defaultValue = "0.5",
      converter = GcSnnOptions.Probability.class,
      description = "probability to drop a neuron of the dense layer for all steps")
  double dropout;

  @Option(
      names = "--shift",
      defaultValue = "0",
      converter = GcSnnOptions.CountOrZero.class,
      description = "move training examples by so many pixels at most")
  int shift;

  @Option(
      names = "--train-images",
      defaultValue = "1000000",
      converter = GcSnnOptions.Count.class,
      description = "train on so many examples at most, the first ones")
  int trainImages;

  @Option(
      names = "--test-images",
      defaultValue = "1000000",
      converter = GcSnnOptions.Count.class,
      description = "validate and test on so many examples at most, the first ones")
  int testImages;

  @Option(
      names = "--runs",
      defaultValue = "target/studies/vision.csv",
      paramLabel = "FILE",
      description = "table of all runs; those that are in it are not run again")
  Path runs;

  @Option(
      names = "--checkpoints",
      defaultValue = "target/checkpoints",
      paramLabel = "DIR",
      description = "folder for checkpoints and, in the end, the models; a training goes on there")
  Path checkpoints;

  @Option(
      names = "--checkpoint-every",
      defaultValue = "500",
      converter = GcSnnOptions.Count.class,
      paramLabel = "N",
      description = "steps between checkpoints; there is one at the end of each epoch, too")
  int checkpointEvery;

  /** Puts what was chosen into a network that knows its input, as it is trained in an epoch. */
  BpsaNetwork.Builder applyTo(
      BpsaNetwork.Builder network,
      TrainingRule rule,
      int steps,
      int stepsPerEpoch,
      long seed,
      int epoch) {
    int all = epochs * stepsPerEpoch;
    int rising = (int) (warmUp * all);
    return network
        .width(width)
        .timeSteps(steps)
        .rule(rule)
        .alpha(alpha)
        .surrogate(epoch < smoothEpochs ? new ArctanSurrogate(SMOOTHNESS) : null)
        .dropProbability(dropout)
        .weightDecay(decay)
        .learningRate(
            CosineSchedule.builder(ScheduleType.ITERATION, learningRate, all - rising)
                .warmUp(rising)
                .build())
        .seed(seed);
  }

  /** What decides the result beside rule, T, width and seed; without commas. */
  String settings() {
    return String.format(
        ROOT,
        "%d epochs; %d smooth; batch %d; AdamW %s decay %s warm-up %s; alpha %s; dropout %s; shift %d",
        epochs,
        smoothEpochs,
        batchSize,
        learningRate,
        decay,
        warmUp,
        alpha,
        dropout,
        shift);
  }
}
