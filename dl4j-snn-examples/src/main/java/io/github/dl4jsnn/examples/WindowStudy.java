package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.Split;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.knowm.xchart.XYChart;
import org.nd4j.linalg.dataset.MultiDataSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Trains a GC-SNN with windows of 1, 2, 4, ... time steps: what they do to accuracy, firing rate
 * and the time of an epoch.
 *
 * <pre>
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java \
 *       -Dexec.mainClass=io.github.dl4jsnn.examples.WindowStudy \
 *       -Dexec.args='--data cora --hidden 64 --seeds 10 --out docs'
 * </pre>
 *
 * <p>All else is equal; the settings are those tuned at the default window of {@link
 * GcSnnSettings}. Every seed trains for all epochs, and its test accuracy is that of its best epoch
 * on the validation nodes. The time of an epoch is that of training without evaluation, the median
 * of the epochs of each seed and of those the median. Writes {@code studies/window.csv} and {@code
 * images/window.png}. The karate club, the default, takes seconds.
 */
@Command(
    name = "window-study",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Trains a GC-SNN with windows of several lengths.")
public final class WindowStudy implements Callable<Integer> {

  @Option(names = "--data", defaultValue = "karate", description = "${COMPLETION-CANDIDATES}")
  private NodeData data;

  @Option(
      names = "--seeds",
      defaultValue = "3",
      converter = GcSnnOptions.Count.class,
      description = "number of training runs")
  private int seeds;

  @Option(
      names = "--windows",
      split = ",",
      defaultValue = "1,2,4,8,16,32",
      converter = GcSnnOptions.Count.class,
      description = "lengths of the window in time steps")
  private int[] windows;

  @Option(names = "--out", defaultValue = "target/studies", description = "folder for the results")
  private Path folder;

  @Mixin private GcSnnOptions options;
  @Spec private CommandSpec spec;

  /**
   * Runs the study; see {@code --help}.
   *
   * @param args options
   */
  public static void main(String[] args) {
    Commands.run(new WindowStudy(), args);
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    GcSnnSettings settings = options.applyTo(GcSnnSettings.of(data));
    GraphData graph = settings.prepare(Commands.load(data, spec.commandLine()));
    out.printf("GC-SNN on %s%n%s%n%n", graph, settings);
    out.printf("   T  test %%    +-   rate  ms/epoch%n");
    List<List<TrainingRun>> runs = new ArrayList<>();
    for (int window : windows) {
      settings.timeSteps = window;
      List<TrainingRun> ofWindow = train(graph, settings);
      runs.add(ofWindow);
      Sample test = Sample.of(ofWindow, r -> r.accuracy(Split.TEST));
      out.printf(
          ROOT,
          "%4d  %6.2f  %4.2f  %5.3f  %8.1f%n",
          window,
          test.mean(),
          test.deviation(),
          Sample.of(ofWindow, TrainingRun::hiddenRate).mean(),
          millis(ofWindow));
      out.flush();
    }
    save(runs, settings);
    out.printf("wrote studies/window.csv, images/window.png in %s%n", folder);
    return 0;
  }

  private List<TrainingRun> train(GraphData graph, GcSnnSettings settings) {
    MultiDataSet train = graph.dataSet(Split.TRAIN);
    List<TrainingRun> runs = new ArrayList<>();
    for (long seed = 1; seed <= seeds; seed++) {
      runs.add(
          new TrainingRun(
              GcSnnNodeClassification.network(graph, settings, seed),
              graph,
              train,
              settings.epochs));
    }
    return runs;
  }

  private static double millis(List<TrainingRun> runs) {
    double[] sorted = runs.stream().mapToDouble(TrainingRun::medianMillis).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private void save(List<List<TrainingRun>> runs, GcSnnSettings settings) throws IOException {
    int n = windows.length;
    double[] accuracies = new double[n];
    double[] deviations = new double[n];
    double[] rates = new double[n];
    double[] rateDeviations = new double[n];
    double[] millis = new double[n];
    List<String> lines =
        new ArrayList<>(
            List.of(
                "data,hidden,time_steps,seeds,epochs,test_accuracy,test_std,hidden_rate,rate_std,"
                    + "ms_per_epoch"));
    for (int i = 0; i < n; i++) {
      Sample test = Sample.of(runs.get(i), r -> r.accuracy(Split.TEST));
      Sample rate = Sample.of(runs.get(i), TrainingRun::hiddenRate);
      accuracies[i] = test.mean();
      deviations[i] = test.deviation();
      rates[i] = rate.mean();
      rateDeviations[i] = rate.deviation();
      millis[i] = millis(runs.get(i));
      lines.add(
          String.format(
              ROOT,
              "%s,%d,%d,%d,%d,%.2f,%.2f,%.3f,%.3f,%.1f",
              data,
              settings.hidden,
              windows[i],
              seeds,
              settings.epochs,
              accuracies[i],
              deviations[i],
              rates[i],
              rateDeviations[i],
              millis[i]));
    }
    StudyPictures.saveTable(folder.resolve("studies/window.csv"), lines);
    XYChart accuracy = StudyPictures.chart("Test accuracy", "time steps T", "per cent");
    StudyPictures.points(accuracy, windows, accuracies, deviations);
    XYChart rate = StudyPictures.chart("Firing rate, hidden layer", "time steps T", "rate");
    StudyPictures.points(rate, windows, rates, rateDeviations);
    XYChart time = StudyPictures.chart("Training time", "time steps T", "ms an epoch");
    StudyPictures.points(time, windows, millis, null);
    StudyPictures.save(folder.resolve("images/window.png"), List.of(accuracy, rate, time));
  }
}
