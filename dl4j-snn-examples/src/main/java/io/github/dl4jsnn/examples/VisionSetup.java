package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.zoo.BpsaNetwork;
import io.github.dl4jsnn.zoo.TrainingRule;
import java.util.function.Supplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Network, data and settings of a {@link VisionStudy}, and what its runs are called. */
final class VisionSetup {

  /** The networks to train. */
  enum Size {
    SMALL("Small", 5, BpsaNetwork::small),
    MIDDLE("Middle", 6, BpsaNetwork::middle);

    final String system;

    /** With weights. */
    final int layers;

    private final Supplier<BpsaNetwork.Builder> builder;

    Size(String system, int layers, Supplier<BpsaNetwork.Builder> builder) {
      this.system = system;
      this.layers = layers;
      this.builder = builder;
    }
  }

  final Size size;
  final VisionData data;
  final VisionOptions options;
  final String settings;

  VisionSetup(Size size, VisionData data, VisionOptions options) {
    this.size = size;
    this.data = data;
    this.options = options;
    settings = options.settings() + "; " + data.settings();
  }

  /** The name of a rule in the tables. */
  static String method(TrainingRule rule) {
    return rule.name().replace("_", "+");
  }

  /** The columns of {@link VisionRun} that say which run it is. */
  String[] key(TrainingRule rule, int timeSteps, long seed) {
    return new String[] {
      data.name(),
      method(rule),
      Integer.toString(timeSteps),
      Integer.toString(options.width),
      Long.toString(seed),
      settings
    };
  }

  /** A folder for each run; settings, which are long, by their hash. */
  RunFolder folder(TrainingRule rule, int timeSteps, long seed) {
    return new RunFolder(
        options.checkpoints.resolve(
            String.format(
                ROOT,
                "%s-%s-t%d-w%d-seed%d-%08x",
                data.name(),
                rule.name().toLowerCase(ROOT).replace('_', '-'),
                timeSteps,
                options.width,
                seed,
                settings.hashCode())));
  }

  /** What pictures are called. */
  String title() {
    return size.system + " on " + data.name();
  }

  /** Training steps of an epoch. */
  int stepsPerEpoch() {
    return (data.trainingExamples() + options.batchSize - 1) / options.batchSize;
  }

  /** A network before training, as it is trained in an epoch, the first of which is 0. */
  MultiLayerNetwork network(TrainingRule rule, int timeSteps, long seed, int epoch) {
    return options
        .applyTo(data.inputOf(size.builder.get()), rule, timeSteps, stepsPerEpoch(), seed, epoch)
        .init();
  }

  @Override
  public String toString() {
    return String.format("%s%n%s of width %d; %s", data, size.system, options.width, settings);
  }
}
