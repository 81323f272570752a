package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.monitor.OverSmoothing;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * How graph networks bear depth: accuracy, and how alike the embeddings of the last hidden layer
 * are, of spiking and other networks of 2 to 32 graph convolutions.
 *
 * <pre>
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java \
 *       -Dexec.mainClass=io.github.dl4jsnn.examples.DepthStudy \
 *       -Dexec.args='--data cora --csv docs/studies/depth.csv --plot docs/images/depth.png'
 * </pre>
 *
 * <p>Rate against temporal coding is the same study with other read-outs, {@code --readouts
 * potential,rate,first-spike --depths 2,8 --csv docs/studies/coding.csv}, and attention with
 * another network, {@code --models gcsnn,gcsnn-attention --depths 2 --csv
 * docs/studies/attention.csv}.
 *
 * <p>All networks have the same width and no shortcuts. The epoch is that of the best validation
 * accuracy ({@link BestEpoch}); accuracies are those of the test nodes at this epoch. Embeddings of
 * the spiking network are firing rates; the distance is explained in {@link OverSmoothing}.
 */
@Command(
    name = "depth-study",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Trains graph networks of different depths.")
public final class DepthStudy implements Callable<Integer> {

  /** One training run. */
  private static final class Run {
    final BestEpoch best;
    final OverSmoothing smoothing;
    final double rate;

    Run(BestEpoch best, INDArray embeddings) {
      this.best = best;
      smoothing = OverSmoothing.of(embeddings, RNNFormat.NWC);
      rate = embeddings.meanNumber().doubleValue();
    }
  }

  @Option(names = "--data", defaultValue = "cora", description = "${COMPLETION-CANDIDATES}")
  private NodeData data;

  @Option(
      names = "--depths",
      defaultValue = "2,4,8,16,32",
      split = ",",
      converter = Depth.class,
      description = "numbers of graph convolutions, 2 at least")
  private List<Integer> depths;

  @Option(
      names = "--models",
      defaultValue = "gcsnn,gcn",
      split = ",",
      converter = ModelName.class,
      description = "gcsnn, gcn, gcn-stfn or gcsnn-attention")
  private List<DeepModel> models;

  @Option(
      names = "--readouts",
      defaultValue = "potential",
      split = ",",
      converter = ReadoutName.class,
      description = "of the spiking network: potential, rate or first-spike")
  private List<DeepModel.Readout> readouts;

  @Option(
      names = "--seeds",
      defaultValue = "10",
      converter = GcSnnOptions.Count.class,
      description = "number of training runs")
  private int seeds;

  @Option(names = "--csv", description = "table of results to put these into")
  private Path csv;

  @Option(names = "--plot", description = "picture of the table's results for this graph")
  private Path plot;

  @Mixin private DeepSettings.Options options;
  @Spec private CommandSpec spec;

  /**
   * Runs the study; see {@code --help}.
   *
   * @param args options
   */
  public static void main(String[] args) {
    Commands.run(new DepthStudy(), args);
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (plot != null && csv == null) {
      throw new ParameterException(spec.commandLine(), "--plot draws the table: give --csv, too");
    }
    for (DeepModel model : models) {
      for (DeepModel.Readout readout : model.spiking() ? readouts : readouts.subList(0, 1)) {
        study(out, model, readout);
      }
    }
    if (plot != null) {
      DepthPlot.save(plot, csv, data);
      out.printf("wrote %s%n", plot);
    }
    return 0;
  }

  private void study(PrintWriter out, DeepModel model, DeepModel.Readout readout)
      throws IOException {
    DeepSettings settings = options.applyTo(DeepSettings.of(model));
    GraphData graph = Commands.load(data, spec.commandLine());
    if (!model.spiking()) {
      graph = graph.rowNormalizedFeatures();
    }
    String method = model.spiking() ? "STBP; read-out " + readout : "BP";
    out.printf("%s on %s%n%s; %s%n%n", model.system, graph, method, settings);
    out.printf(
        "depth  validation %%   test %%        distance         silent  mean    epoch  ms%n");
    MultiDataSet train = graph.dataSet(Split.TRAIN);
    for (int depth : depths) {
      List<Run> runs = new ArrayList<>();
      long start = System.nanoTime();
      for (long seed = 1; seed <= seeds; seed++) {
        ComputationGraph network = model.network(graph, settings, depth, readout, seed);
        BestEpoch best = BestEpoch.train(network, graph, train, settings.epochs, settings.patience);
        String last = DeepModel.hiddenName(depth - 1);
        runs.add(new Run(best, network.feedForward(train.getFeatures(), false).get(last)));
      }
      report(out, model, method, depth, runs, (System.nanoTime() - start) / 1e6 / seeds);
    }
    out.println();
  }

  private void report(
      PrintWriter out, DeepModel model, String method, int depth, List<Run> runs, double millis)
      throws IOException {
    Sample validation = Sample.of(runs, r -> r.best.accuracy(Split.VALIDATION));
    Sample test = Sample.of(runs, r -> r.best.accuracy(Split.TEST));
    Sample distance = Sample.of(runs, r -> r.smoothing.meanCosineDistance());
    Sample silent = Sample.of(runs, r -> r.smoothing.zeroVectors() / (double) r.smoothing.nodes());
    Sample rate = Sample.of(runs, r -> r.rate);
    out.printf(
        ROOT,
        "%5d  %s  %s  %s  %6.3f  %6.3f  %5.0f  %.0f%n",
        depth,
        validation.format("%5.2f"),
        test.format("%5.2f"),
        distance.format("%5.3f"),
        silent.mean(),
        rate.mean(),
        Sample.of(runs, r -> r.best.epoch).mean(),
        millis);
    out.flush();
    if (csv != null) {
      put(model, method, depth, "accuracy", "%.2f", test);
      put(model, method, depth, "validation", "%.2f", validation);
      put(model, method, depth, "distance", "%.4f", distance);
      put(model, method, depth, "silent", "%.4f", silent);
      if (model.spiking()) {
        put(model, method, depth, "rate", "%.4f", rate);
      }
    }
  }

  private void put(
      DeepModel model, String method, int depth, String metric, String format, Sample sample)
      throws IOException {
    ResultsCsv.put(
        csv,
        model.system,
        data.toString(),
        metric,
        String.format(ROOT, format, sample.mean()),
        String.format(ROOT, format, sample.deviation()),
        Integer.toString(seeds),
        Integer.toString(depth),
        "none",
        method,
        Commands.maven(spec.commandLine()));
  }

  static final class Depth implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      int depth = Integer.parseInt(value);
      if (depth < 2) {
        throw new TypeConversionException("expected a depth of 2 or more, got " + value);
      }
      return depth;
    }
  }

  static final class ModelName implements ITypeConverter<DeepModel> {
    @Override
    public DeepModel convert(String value) {
      return DeepModel.valueOf(constant(value));
    }
  }

  static final class ReadoutName implements ITypeConverter<DeepModel.Readout> {
    @Override
    public DeepModel.Readout convert(String value) {
      return DeepModel.Readout.valueOf(constant(value));
    }
  }

  private static String constant(String value) {
    return value.toUpperCase(ROOT).replace('-', '_');
  }
}
