package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.convert.Conversion;
import io.github.dl4jsnn.convert.ConversionReport;
import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.vision.ImageData;
import io.github.dl4jsnn.vision.ImageIterator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Trains a convolutional network with rectifiers, converts it into a spiking one without further
 * training, and shows how accuracy grows with the number of time steps.
 *
 * <p>1. Data: digits drawn by the example itself, or MNIST. 2. A small network is trained as any of
 * DL4J. 3. It is converted with thresholds at several percentiles of its activations on training
 * images; the percentile with the best validation accuracy after 32 steps is kept. 4. Both networks
 * are scored on the test part, once.
 */
@Command(
    name = "ann-to-snn",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Converts a trained convolutional network into a spiking one.")
public final class AnnToSnn implements Callable<Integer> {

  private static final int SCORED_AT_ONCE = 50;

  /** Steps after which accuracies are read. */
  private static final int[] STEPS = {1, 2, 4, 8, 16, 32, 64};

  /** Steps for which the percentile is chosen. */
  private static final int CHOSEN_AT = 32;

  @Option(names = "--data", defaultValue = "drawn", description = "${COMPLETION-CANDIDATES}")
  private DigitSet set;

  @Mixin private DigitNetwork digits;

  @Option(
      names = "--percentiles",
      split = ",",
      defaultValue = "99.9,99.99,100",
      converter = GcSnnOptions.Rate.class,
      description = "percentiles of activations to try as thresholds")
  private List<Double> percentiles;

  @Option(
      names = "--calibration",
      defaultValue = "500",
      converter = GcSnnOptions.Count.class,
      description = "calibrate on so many training images, the first ones")
  private int calibration;

  @Option(
      names = "--test-images",
      defaultValue = "1000000",
      converter = GcSnnOptions.Count.class,
      description = "validate and test on so many images at most, the first ones")
  private int testImages;

  @Option(names = "--seed", defaultValue = "1", description = "seed of weights and order")
  private long seed;

  @Option(names = "--plot", paramLabel = "PNG", description = "save accuracies as a picture")
  private Path plot;

  @Option(names = "--csv", paramLabel = "FILE", description = "write results into this table")
  private Path csv;

  @Spec private CommandSpec spec;

  private ImageData data;

  /**
   * Runs the example; see {@code --help}.
   *
   * @param args options
   */
  public static void main(String[] args) {
    Commands.run(new AnnToSnn(), args);
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    data = Commands.load(set, spec.commandLine());
    out.printf("%s%n%s%n", data, digits);
    MultiLayerNetwork network = digits.train(data, seed, out);
    Conversion<MultiLayerNetwork> spiking = convert(network, out);
    out.printf("thresholds %s%n", spiking.thresholds());
    ConversionReport report = ConversionReport.of(spiking, images(Split.TEST, testImages), STEPS);
    out.printf("%nTest%n%s", report);
    if (plot != null) {
      report.savePlot(plot, "Accuracy of the converted network on " + set);
    }
    if (csv != null) {
      write(report);
    }
    return 0;
  }

  /** The conversion with the percentile that validates best, the first of equals. */
  private Conversion<MultiLayerNetwork> convert(MultiLayerNetwork network, PrintWriter out) {
    Conversion<MultiLayerNetwork> best = null;
    double bestAccuracy = -1;
    for (double percentile : percentiles) {
      Conversion<MultiLayerNetwork> conversion =
          io.github.dl4jsnn.convert.AnnToSnn.builder(network, images(Split.TRAIN, calibration))
              .percentile(percentile)
              .timeSteps(STEPS[STEPS.length - 1])
              .convert();
      ConversionReport report =
          ConversionReport.of(conversion, images(Split.VALIDATION, testImages), CHOSEN_AT);
      double accuracy = report.accuracy(CHOSEN_AT);
      out.printf(
          ROOT,
          "percentile %6.2f   validation accuracy after %d steps %6.2f %%   ANN %6.2f %%%n",
          percentile,
          CHOSEN_AT,
          100 * accuracy,
          100 * report.annAccuracy());
      out.flush();
      if (accuracy > bestAccuracy) {
        bestAccuracy = accuracy;
        best = conversion;
      }
    }
    return best;
  }

  private ImageIterator images(Split split, int limit) {
    return new ImageIterator.Builder(data.part(split), data.numClasses())
        .batchSize(SCORED_AT_ONCE)
        .limit(limit)
        .build();
  }

  private void write(ConversionReport report) throws IOException {
    put("CNN", "accuracy", report.annAccuracy(), "BP");
    for (int steps : report.timeSteps()) {
      String metric = steps == CHOSEN_AT ? "accuracy" : "accuracy T=" + steps;
      put("Converted", metric, report.accuracy(steps), "ANN-SNN");
    }
  }

  private void put(String system, String metric, double accuracy, String method)
      throws IOException {
    ResultsCsv.put(
        csv,
        system,
        set.toString(),
        metric,
        String.format(ROOT, "%.2f", 100 * accuracy),
        "0.00",
        "1",
        Integer.toString(DigitNetwork.LAYERS),
        "none",
        method,
        Commands.maven(spec.commandLine()));
  }
}
