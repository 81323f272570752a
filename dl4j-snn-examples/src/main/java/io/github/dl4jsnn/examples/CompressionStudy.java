package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.monitor.SnnCost;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.MultiDataSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * How many operations GC-SNN saves, at which accuracy.
 *
 * <pre>
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java \
 *       -Dexec.mainClass=io.github.dl4jsnn.examples.CompressionStudy \
 *       -Dexec.args='--data cora --layers 3 --hidden 16'
 * </pre>
 *
 * <p>The compression ratio is that of {@link SnnCost}: multiply-accumulates of all affine maps of
 * the equal non-spiking network, run once on dense features, by the accumulates that the spiking
 * network does in all T steps on the whole graph. The protocol is that of {@link
 * NodeClassificationStudy}: the epoch is chosen on validation, the ratio is that of the network of
 * this epoch.
 */
@Command(
    name = "compression-study",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Counts the operations of a spiking graph network beside those of a dense one.")
public final class CompressionStudy implements Callable<Integer> {

  @Option(names = "--data", defaultValue = "cora", description = "${COMPLETION-CANDIDATES}")
  private NodeData data;

  @Option(names = "--layers", defaultValue = "2", description = "graph convolutions, 2 or 3")
  private int layers;

  @Mixin private SeedOptions seeds = new SeedOptions(10);

  @Option(names = "--curve", description = "table of the curve to put this point into")
  private Path curve;

  @Option(names = "--plot", description = "picture of the table given as --curve, PNG")
  private Path plot;

  @Mixin private GcSnnOptions options;
  @Mixin private CompressionOptions compression;
  @Spec private CommandSpec spec;

  /**
   * Runs the study; see {@code --help}.
   *
   * @param args options
   */
  public static void main(String[] args) {
    Commands.run(new CompressionStudy(), args);
  }

  @Override
  public Integer call() throws IOException {
    if (layers != 2 && layers != 3) {
      throw new ParameterException(spec.commandLine(), "--layers: expected 2 or 3, got " + layers);
    }
    if (plot != null && curve == null) {
      throw new ParameterException(spec.commandLine(), "--plot needs --curve");
    }
    PrintWriter out = spec.commandLine().getOut();
    CompressionSettings settings = settings();
    GraphData graph = settings.training.prepare(Commands.load(data, spec.commandLine()));
    out.printf("GC-SNN on %s%n%s%n%n", graph, settings);
    out.printf(
        "seed  epoch  validation %%  test %%   rate  ratio  later maps  sent each step  with"
            + " propagation%n");
    List<CompressionResult> results = new ArrayList<>();
    SnnCost cost = null;
    for (long seed : seeds.all()) {
      ComputationGraph network = CompressionNetwork.of(graph, settings, seed);
      cost = train(graph, network, settings, seed, results);
      print(out, results.get(results.size() - 1));
    }
    out.printf("%nThe last one:%n%s", cost.report());
    report(out, settings, results);
    return 0;
  }

  /** Twice, as the defaults of the others depend on the width. */
  private CompressionSettings settings() {
    int hidden = options.applyTo(CompressionSettings.of(data, layers, 16).training).hidden;
    CompressionSettings s = CompressionSettings.of(data, layers, hidden);
    options.applyTo(s.training);
    return compression.applyTo(s);
  }

  private static SnnCost train(
      GraphData graph,
      ComputationGraph network,
      CompressionSettings settings,
      long seed,
      List<CompressionResult> results) {
    MultiDataSet train = graph.dataSet(Split.TRAIN);
    BestEpoch best =
        BestEpoch.train(
            network, graph, train, settings.training.epochs, settings.training.patience);
    SnnCost cost = SnnCost.of(network, train.getFeatures());
    results.add(
        new CompressionResult(
            seed, best.epoch, best.accuracy(Split.VALIDATION), best.accuracy(Split.TEST), cost));
    return cost;
  }

  private static void print(PrintWriter out, CompressionResult r) {
    out.printf(
        ROOT,
        "%4d  %5d  %12.2f  %6.2f  %5.3f  %5.1f  %10.2f  %14.2f  %16.2f%n",
        r.seed,
        r.epoch,
        r.validationAccuracy,
        r.testAccuracy,
        r.rate,
        r.ratio,
        r.laterRatio,
        r.ratioSentEachStep,
        r.ratioWithPropagation);
    out.flush();
  }

  private void report(
      PrintWriter out, CompressionSettings settings, List<CompressionResult> results)
      throws IOException {
    Sample accuracy = Sample.of(results, r -> r.testAccuracy);
    Sample ratio = Sample.of(results, r -> r.ratio);
    out.printf("%nhidden %d, T %d%n", settings.training.hidden, settings.training.timeSteps);
    out.printf(
        "validation    %s %%%n", Sample.of(results, r -> r.validationAccuracy).format("%.3f"));
    out.printf("test accuracy %s %%%n", accuracy.format("%.3f"));
    out.printf("firing rate   %s%n", Sample.of(results, r -> r.rate).format("%.3f"));
    out.printf("ratio         %s%n", ratio.format("%.3f"));
    out.printf("  later maps  %s%n", Sample.of(results, r -> r.laterRatio).format("%.3f"));
    if (seeds.csv != null) {
      put("compression", ratio);
      put("compression-accuracy", accuracy);
      out.printf("wrote %s%n", seeds.csv);
    }
    if (curve != null) {
      CompressionCurve.put(curve, data, settings, results, Commands.maven(spec.commandLine()));
      out.printf("wrote %s%n", curve);
    }
    if (plot != null) {
      CompressionCurve.plot(curve, plot);
      out.printf("wrote %s%n", plot);
    }
  }

  private void put(String metric, Sample s) throws IOException {
    ResultsCsv.put(
        seeds.csv,
        "GC-SNN",
        data.toString(),
        metric,
        String.format(ROOT, "%.2f", s.mean()),
        String.format(ROOT, "%.2f", s.deviation()),
        Integer.toString(seeds.seeds),
        Integer.toString(layers),
        "none",
        "STBP",
        Commands.maven(spec.commandLine()));
  }
}
