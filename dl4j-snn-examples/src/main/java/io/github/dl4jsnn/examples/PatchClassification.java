package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.position.PositionalEncoding;
import io.github.dl4jsnn.vision.ChannelStatistics;
import io.github.dl4jsnn.vision.ImageData;
import io.github.dl4jsnn.vision.ImageIterator;
import io.github.dl4jsnn.vision.ImageSet;
import io.github.dl4jsnn.zoo.SpikformerImageClassifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Classifies images, cut into patches, with Spikformers, with and without positional encodings.
 *
 * <pre>
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java \
 *       -Dexec.mainClass=io.github.dl4jsnn.examples.PatchClassification \
 *       -Dexec.args='--data mnist --patch-size 7 --train-images 10000 --epochs 4 --heads 4 --cpg-pairs 10 \
 *           --csv docs/results.csv --seeds-csv docs/studies/patches.csv'
 * </pre>
 *
 * <p>The same with {@code --data cifar10 --patch-size 8 --train-images 15000 --epochs 8}.
 *
 * <p>The default data are {@link GeneratedSquares}, which only the places of the patches tell
 * apart: without an encoding the network, which then does not see them, is left to guess.
 *
 * <p>Protocol: the last 5,000 training images validate and pick the epoch; images are normalised by
 * mean and deviation of the training part; CIFAR-10 is moved by up to four pixels and mirrored. All
 * encodings have the same settings. A table of all runs is written as they end; a study that was
 * stopped goes on from it.
 */
@Command(
    name = "patch-classification",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Classifies patches of images with Spikformers.")
public final class PatchClassification implements Callable<Integer> {

  private static final int SCORED_AT_ONCE = 200;
  private static final int CIFAR_BORDER = 4;

  @Option(names = "--data", defaultValue = "squares", description = "${COMPLETION-CANDIDATES}")
  private PictureSet set;

  @Option(
      names = "--patch-size",
      defaultValue = "4",
      converter = GcSnnOptions.Count.class,
      description = "height and width of a patch")
  private int patchSize;

  @Option(
      names = "--train-images",
      defaultValue = "1000000",
      converter = GcSnnOptions.Count.class,
      description = "train on so many images at most, the first ones")
  private int trainImages;

  @Option(
      names = "--test-images",
      defaultValue = "1000000",
      converter = GcSnnOptions.Count.class,
      description = "validate and test on so many images at most, the first ones")
  private int testImages;

  @Mixin private SpikformerOptions options;
  @Mixin private StudyOptions study;
  @Spec private CommandSpec spec;

  private ImageData data;
  private ChannelStatistics statistics;

  /**
   * Runs the example; see {@code --help}.
   *
   * @param args options
   */
  public static void main(String[] args) {
    Commands.run(new PatchClassification(), args);
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      data = set.load();
    } catch (IllegalStateException e) {
      throw new ParameterException(spec.commandLine(), "--data " + set + ": " + e.getMessage(), e);
    }
    statistics = new ChannelStatistics(data.part(Split.TRAIN));
    out.printf("%s%n", data);
    for (PositionalEncoding pe : study.encodings) {
      StudyOptions.Arm arm =
          new StudyOptions.Arm(
              "Spikformer",
              set.toString(),
              StudyOptions.name(pe),
              options.blocks,
              "STBP",
              settings(pe),
              Commands.maven(spec.commandLine()));
      out.printf("%s%n", settings(pe));
      study.arm(arm, seed -> run(pe, seed), out);
    }
    return 0;
  }

  private SeedResult run(PositionalEncoding pe, long seed) {
    ImageIterator train = training(seed);
    ComputationGraph network = network(pe, seed, train.numExamples());
    ClassifierTraining training =
        new ClassifierTraining(
            network, train, scoring(Split.VALIDATION), options.epochs, spec.commandLine().getOut());
    return new SeedResult(
        seed,
        training.bestEpoch,
        training.validationAccuracy,
        ClassifierTraining.accuracy(network, scoring(Split.TEST)),
        Double.NaN,
        training.medianMillis);
  }

  private ComputationGraph network(PositionalEncoding pe, long seed, int examples) {
    ImageSet images = data.part(Split.TRAIN);
    InputType type = InputType.convolutional(images.height(), images.width(), images.channels());
    return options.init(
        SpikformerImageClassifier.builder(type, patchSize, data.numClasses())
            .timeSteps(options.timeSteps)
            .hidden(options.hidden)
            .blocks(options.blocks)
            .heads(options.heads)
            .scale(options.attentionScale)
            .mlpRatio(options.mlpRatio)
            .dropOut(1 - options.dropOut)
            .positionalEncoding(pe)
            .code(options.code(pe))
            .seed(seed)
            .adamW(options.adamW(examples))
            .build());
  }

  private ImageIterator training(long seed) {
    ImageIterator.Builder train =
        images(Split.TRAIN).batchSize(options.batchSize).limit(trainImages).shuffle(seed);
    if (set == PictureSet.CIFAR10) {
      train.augment(CIFAR_BORDER, true, seed);
    }
    return train.build();
  }

  private ImageIterator scoring(Split split) {
    return images(split).batchSize(SCORED_AT_ONCE).limit(testImages).build();
  }

  private ImageIterator.Builder images(Split split) {
    return new ImageIterator.Builder(data.part(split), data.numClasses()).normalize(statistics);
  }

  private String settings(PositionalEncoding pe) {
    return String.format(
        ROOT,
        "%s, patches of %d, %d training images",
        options.settings(pe),
        patchSize,
        Math.min(trainImages, data.part(Split.TRAIN).size()));
  }
}
