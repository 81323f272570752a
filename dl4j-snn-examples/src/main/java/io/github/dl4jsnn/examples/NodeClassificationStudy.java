package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.graph.GraphData;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Trains a node classifier from many seeds and reports mean and deviation of its test accuracy.
 *
 * <pre>
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java \
 *       -Dexec.mainClass=io.github.dl4jsnn.examples.NodeClassificationStudy \
 *       -Dexec.args='--data cora --model gcsnn --seeds 10'
 * </pre>
 *
 * <p>Protocol: the Planetoid split; the epoch with the best validation accuracy (of equals, the one
 * with the lower validation loss) is chosen, and the test accuracy is that of this epoch. The
 * deviation is that of a sample (n - 1). The seed decides weights and dropout; seeds are 1, 2, ...
 *
 * <p>Pubmed has generated features ({@link GeneratedWords}), so its accuracy says nothing beside
 * published ones: its rows are named so, hold the time of an epoch too, and are kept out of a table
 * of results.
 */
@Command(
    name = "node-classification-study",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Trains a node classifier from many seeds.")
public final class NodeClassificationStudy implements Callable<Integer> {

  /** The table of figures that stand beside published ones. */
  private static final Path HEADLINES = Path.of("results.csv");

  @Option(names = "--data", defaultValue = "cora", description = "${COMPLETION-CANDIDATES}")
  private NodeData data;

  @Option(names = "--model", defaultValue = "gcsnn", description = "${COMPLETION-CANDIDATES}")
  private NodeModel model;

  @Mixin private SeedOptions seeds = new SeedOptions(10);

  @Mixin private GcSnnOptions options;
  @Spec private CommandSpec spec;

  /**
   * Runs the study; see {@code --help}.
   *
   * @param args options
   */
  public static void main(String[] args) {
    Commands.run(new NodeClassificationStudy(), args);
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    refuseHeadlines();
    GcSnnSettings settings = options.applyTo(model.settings(data));
    GraphData graph = settings.prepare(Commands.load(data, spec.commandLine()));
    NodeTraining training = new NodeTraining(model, graph, settings);
    out.printf("%s on %s%n%s%n%n", model.system, graph, settings);
    out.printf("seed  epoch  validation %%  test %%   rate  ms/epoch%n");
    List<SeedResult> results = new ArrayList<>();
    for (long seed : seeds.all()) {
      SeedResult r = training.run(seed);
      results.add(r);
      out.printf(
          ROOT,
          "%4d  %5d  %12.2f  %6.2f  %5s  %8.1f%n",
          r.seed,
          r.epoch,
          r.validationAccuracy,
          r.testAccuracy,
          Double.isNaN(r.rate) ? "-" : String.format(ROOT, "%.3f", r.rate),
          r.medianMillis);
    }
    report(out, results);
    return 0;
  }

  /** Accuracies on generated features must not stand between those on real ones. */
  private void refuseHeadlines() {
    if (data.generated() && seeds.csv != null && seeds.csv.endsWith(HEADLINES)) {
      throw new ParameterException(
          spec.commandLine(),
          String.format(
              "--csv %s: %s has generated features; expected a table other than %s, such as"
                  + " docs/studies/%s-generated.csv",
              seeds.csv, data, HEADLINES, data));
    }
  }

  private void report(PrintWriter out, List<SeedResult> results) throws IOException {
    out.printf(
        ROOT,
        "%nvalidation accuracy %.2f %%%n",
        Sample.of(results, r -> r.validationAccuracy).mean());
    put(out, "accuracy", "%.2f", Sample.of(results, r -> r.testAccuracy));
    if (model.spiking) {
      put(out, "rate", "%.3f", Sample.of(results, r -> r.rate));
    }
    if (data.generated()) {
      put(out, "epoch-ms", "%.0f", Sample.of(results, r -> r.medianMillis));
    }
    if (seeds.csv != null) {
      out.printf("wrote %s%n", seeds.csv);
    }
  }

  private void put(PrintWriter out, String metric, String format, Sample result)
      throws IOException {
    String mean = String.format(ROOT, format, result.mean());
    String deviation = String.format(ROOT, format, result.deviation());
    out.printf("%s %s +- %s%n", metric, mean, deviation);
    if (seeds.csv != null) {
      ResultsCsv.put(
          seeds.csv,
          model.system,
          data.generated() ? data + " (generated features)" : data.toString(),
          metric,
          mean,
          deviation,
          Integer.toString(seeds.seeds),
          "2",
          "none",
          model.method(),
          Commands.maven(spec.commandLine()));
    }
  }
}
