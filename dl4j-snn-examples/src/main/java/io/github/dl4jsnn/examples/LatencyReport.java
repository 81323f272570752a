package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.monitor.SpikePlots;
import io.github.dl4jsnn.zoo.TrainingRule;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.knowm.xchart.XYChart;
import picocli.CommandLine.Option;

/**
 * Accuracy against the number of time steps: of networks trained with each number, and of the same
 * networks run with another one, without training again. The parameters are moved as they are, also
 * the statistics of batch normalisation.
 */
final class LatencyReport {

  private static final int SCORED_AT_ONCE = 100;

  private static final String HEADER =
      "data,rule,width,seed,settings,trained_steps,time_steps,test";

  @Option(
      names = "--latency",
      paramLabel = "FILE",
      description = "table of accuracies with other numbers of steps than those trained with")
  private Path csv;

  @Option(
      names = "--latency-plot",
      paramLabel = "PNG",
      description = "picture of that table; needs --latency")
  private Path plot;

  @Option(
      names = "--transfer",
      split = ",",
      paramLabel = "T",
      converter = GcSnnOptions.Count.class,
      description = "numbers of steps to run each network with; default: those of --time-steps")
  private List<Integer> transfer;

  private final Map<String, Map<Integer, Map<Integer, Sums>>> accuracies = new LinkedHashMap<>();

  /** Sum over seeds. */
  private static final class Sums {
    private double sum;
    private int count;

    private double mean() {
      return sum / count;
    }
  }

  /** Scores all networks of a study that has ended, if a table was asked for. */
  void report(VisionSetup setup, SeedOptions seeds, PrintWriter out) throws IOException {
    if (csv == null) {
      return;
    }
    RunTable table = new RunTable(csv, HEADER);
    List<Integer> steps = transfer == null ? setup.options.timeSteps : transfer;
    for (TrainingRule rule : setup.options.rules) {
      for (int trained : setup.options.timeSteps) {
        for (int used : steps) {
          for (long seed : seeds.all()) {
            add(rule, trained, used, accuracy(table, setup, rule, trained, used, seed));
          }
          print(out, rule, trained, used);
        }
      }
    }
    if (plot != null) {
      plot(setup);
    }
  }

  private static double accuracy(
      RunTable table, VisionSetup setup, TrainingRule rule, int trained, int used, long seed)
      throws IOException {
    String[] key = {
      setup.data.name(),
      VisionSetup.method(rule),
      Integer.toString(setup.options.width),
      Long.toString(seed),
      setup.settings,
      Integer.toString(trained),
      Integer.toString(used)
    };
    Optional<List<String>> before = table.find(key);
    if (before.isPresent()) {
      return Double.parseDouble(before.get().get(key.length));
    }
    Path best = setup.folder(rule, trained, seed).best();
    if (!Files.exists(best)) {
      throw new IOException("expected the network trained with T = " + trained + " in " + best);
    }
    MultiLayerNetwork network = setup.network(rule, used, seed, setup.options.epochs);
    network.setParams(MultiLayerNetwork.load(best.toFile(), false).params());
    double accuracy =
        ResumableTraining.accuracy(network, setup.data.scoring(Split.TEST, used, SCORED_AT_ONCE));
    table.add(String.format(ROOT, "%.2f", accuracy), key);
    return accuracy;
  }

  private void add(TrainingRule rule, int trained, int used, double accuracy) {
    Sums sums =
        accuracies
            .computeIfAbsent(VisionSetup.method(rule), r -> new TreeMap<>())
            .computeIfAbsent(trained, t -> new TreeMap<>())
            .computeIfAbsent(used, t -> new Sums());
    sums.sum += accuracy;
    sums.count++;
  }

  private void print(PrintWriter out, TrainingRule rule, int trained, int used) {
    String method = VisionSetup.method(rule);
    out.printf(
        ROOT,
        "%s trained at T %d, run at T %d: test %.2f %%%n",
        method,
        trained,
        used,
        accuracies.get(method).get(trained).get(used).mean());
    out.flush();
  }

  private void plot(VisionSetup setup) throws IOException {
    Map<String, double[][]> curves = new LinkedHashMap<>();
    accuracies.forEach(
        (rule, byTrained) -> {
          TreeMap<Integer, Sums> own = new TreeMap<>();
          byTrained.forEach(
              (trained, byUsed) -> {
                if (byUsed.containsKey(trained)) {
                  own.put(trained, byUsed.get(trained));
                }
              });
          if (own.size() > 1) {
            curves.put(rule + ", trained at each T", xy(own));
          }
          byTrained.forEach(
              (trained, byUsed) -> curves.put(rule + ", trained at T = " + trained, xy(byUsed)));
        });
    XYChart chart =
        SpikePlots.curves(setup.title(), "time steps T", "test accuracy, per cent", curves);
    chart.getStyler().setXAxisLogarithmic(true).setXAxisLogarithmicDecadeOnly(false);
    SpikePlots.save(plot, chart);
  }

  private static double[][] xy(Map<Integer, Sums> points) {
    return new double[][] {
      points.keySet().stream().mapToDouble(t -> t).toArray(),
      points.values().stream().mapToDouble(Sums::mean).toArray()
    };
  }
}
