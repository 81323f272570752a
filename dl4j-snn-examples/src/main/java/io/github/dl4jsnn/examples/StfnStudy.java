package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.neuron.StfnParameters;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.nd4j.linalg.dataset.MultiDataSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Trains a GC-SNN with and without spatial-temporal feature normalisation: how training loss and
 * validation accuracy go from epoch to epoch, and the accuracy in the end.
 *
 * <pre>
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java \
 *       -Dexec.mainClass=io.github.dl4jsnn.examples.StfnStudy \
 *       -Dexec.args='--data cora --hidden 64 --seeds 10 --out docs'
 * </pre>
 *
 * <p>Each of the two gets the learning rate and the threshold that are best for it on the
 * validation nodes, of the same few values; all else is equal. Every seed trains for all epochs,
 * and its test accuracy is that of its best epoch on the validation nodes. Writes {@code
 * studies/stfn.csv}, a row an epoch, {@code studies/stfn-accuracy.csv} and {@code images/stfn.png}.
 * The karate club, the default, takes seconds.
 */
@Command(
    name = "stfn-study",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Trains a GC-SNN with and without STFN.")
public final class StfnStudy implements Callable<Integer> {

  @Option(names = "--data", defaultValue = "karate", description = "${COMPLETION-CANDIDATES}")
  private NodeData data;

  @Option(
      names = "--seeds",
      defaultValue = "3",
      converter = GcSnnOptions.Count.class,
      description = "number of training runs")
  private int seeds;

  @Option(
      names = "--tuning-seeds",
      defaultValue = "2",
      converter = GcSnnOptions.Count.class,
      description = "training runs for each learning rate and threshold that is tried")
  private int tuningSeeds;

  @Option(
      names = "--learning-rates",
      split = ",",
      defaultValue = "0.003,0.01,0.03",
      description = "step sizes of Adam to choose from")
  private double[] learningRates;

  @Option(
      names = "--thresholds",
      split = ",",
      defaultValue = "0.05,0.25,1",
      description = "thresholds of the neurons to choose from")
  private double[] thresholds;

  @Option(names = "--out", defaultValue = "target/studies", description = "folder for the results")
  private Path folder;

  @Mixin private GcSnnOptions options;
  @Spec private CommandSpec spec;

  private GraphData graph;
  private MultiDataSet train;

  /**
   * Runs the study; see {@code --help}.
   *
   * @param args options
   */
  public static void main(String[] args) {
    Commands.run(new StfnStudy(), args);
  }

  /** The network with or without STFN, at the settings chosen for it. */
  private static final class Variant {
    final String name;
    final GcSnnSettings settings;
    final List<TrainingRun> runs = new ArrayList<>();

    Variant(String name, GcSnnSettings settings) {
      this.name = name;
      this.settings = settings;
    }

    Sample sample(ToDoubleFunction<TrainingRun> value) {
      return Sample.of(runs, value);
    }

    /** Mean over the seeds, for each epoch. */
    double[] meanByEpoch(Function<TrainingRun, double[]> values) {
      double[] means = new double[settings.epochs];
      for (int e = 0; e < means.length; e++) {
        int epoch = e;
        means[e] = sample(r -> values.apply(r)[epoch]).mean();
      }
      return means;
    }

    double threshold() {
      return settings.neuron.getThreshold();
    }
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    GcSnnSettings defaults = options.applyTo(GcSnnSettings.of(data));
    graph = defaults.prepare(Commands.load(data, spec.commandLine()));
    train = graph.dataSet(Split.TRAIN);
    out.printf("GC-SNN on %s%n%s%n%n", graph, defaults);
    List<Variant> variants = new ArrayList<>();
    for (boolean stfn : new boolean[] {true, false}) {
      Variant variant =
          new Variant(stfn ? "with STFN" : "without STFN", tune(out, stfn ? defaults.stfn : null));
      for (long seed = 1; seed <= seeds; seed++) {
        variant.runs.add(run(variant.settings, seed));
      }
      report(out, variant);
      variants.add(variant);
    }
    save(variants);
    out.printf(
        "wrote studies/stfn.csv, studies/stfn-accuracy.csv, images/stfn.png in %s%n", folder);
    return 0;
  }

  private TrainingRun run(GcSnnSettings settings, long seed) {
    return new TrainingRun(
        GcSnnNodeClassification.network(graph, settings, seed), graph, train, settings.epochs);
  }

  /** The settings whose validation accuracy, mean of the best epochs, is the highest. */
  private GcSnnSettings tune(PrintWriter out, StfnParameters stfn) {
    GcSnnSettings best = null;
    double bestAccuracy = Double.NEGATIVE_INFINITY;
    for (double learningRate : learningRates) {
      for (double threshold : thresholds) {
        GcSnnSettings settings = options.applyTo(GcSnnSettings.of(data));
        settings.stfn = stfn;
        settings.learningRate = learningRate;
        settings.neuron = settings.neuron.toBuilder().threshold(threshold).build();
        double[] accuracies = new double[tuningSeeds];
        for (int s = 0; s < tuningSeeds; s++) {
          // seeds that the study itself does not use
          accuracies[s] = run(settings, -1 - s).accuracy(Split.VALIDATION);
        }
        double accuracy = new Sample(accuracies).mean();
        out.printf(
            ROOT,
            "%s STFN, learning rate %s, threshold %s: validation accuracy %.2f %%%n",
            stfn == null ? "without" : "with",
            learningRate,
            threshold,
            accuracy);
        out.flush();
        if (accuracy > bestAccuracy) {
          bestAccuracy = accuracy;
          best = settings;
        }
      }
    }
    return best;
  }

  private void report(PrintWriter out, Variant v) {
    Sample test = v.sample(r -> r.accuracy(Split.TEST));
    out.printf(
        ROOT,
        "%s, learning rate %s, threshold %s: test accuracy %.2f +- %.2f %%, best epoch %.0f, rate %.3f%n%n",
        v.name,
        v.settings.learningRate,
        v.threshold(),
        test.mean(),
        test.deviation(),
        v.sample(TrainingRun::bestEpoch).mean(),
        v.sample(TrainingRun::hiddenRate).mean());
    out.flush();
  }

  private void save(List<Variant> variants) throws IOException {
    List<String> curves =
        new ArrayList<>(
            List.of("variant,epoch,train_loss,train_loss_std,validation_accuracy,validation_std"));
    List<String> finals =
        new ArrayList<>(
            List.of(
                "variant,data,hidden,time_steps,learning_rate,threshold,seeds,epochs,best_epoch,"
                    + "test_accuracy,test_std,hidden_rate"));
    XYChart loss = StudyPictures.chart("Loss of the training nodes", "epoch", "cross-entropy");
    XYChart accuracy = StudyPictures.chart("Validation accuracy", "epoch", "per cent");
    for (Variant v : variants) {
      addEpochs(curves, v);
      finals.add(finalRow(v));
      StudyPictures.curve(loss, v.name, v.meanByEpoch(TrainingRun::trainLoss));
      StudyPictures.curve(accuracy, v.name, v.meanByEpoch(r -> r.accuracies(Split.VALIDATION)));
    }
    StudyPictures.saveTable(folder.resolve("studies/stfn.csv"), curves);
    StudyPictures.saveTable(folder.resolve("studies/stfn-accuracy.csv"), finals);
    StudyPictures.save(folder.resolve("images/stfn.png"), List.of(loss, accuracy));
  }

  private static void addEpochs(List<String> lines, Variant v) {
    for (int e = 0; e < v.settings.epochs; e++) {
      int epoch = e;
      Sample loss = v.sample(r -> r.trainLoss()[epoch]);
      Sample accuracy = v.sample(r -> r.accuracies(Split.VALIDATION)[epoch]);
      lines.add(
          String.format(
              ROOT,
              "%s,%d,%.4f,%.4f,%.2f,%.2f",
              v.name,
              epoch + 1,
              loss.mean(),
              loss.deviation(),
              accuracy.mean(),
              accuracy.deviation()));
    }
  }

  private String finalRow(Variant v) {
    Sample test = v.sample(r -> r.accuracy(Split.TEST));
    return String.format(
        ROOT,
        "%s,%s,%d,%d,%s,%s,%d,%d,%.1f,%.2f,%.2f,%.3f",
        v.name,
        data,
        v.settings.hidden,
        v.settings.timeSteps,
        v.settings.learningRate,
        v.threshold(),
        seeds,
        v.settings.epochs,
        v.sample(TrainingRun::bestEpoch).mean(),
        test.mean(),
        test.deviation(),
        v.sample(TrainingRun::hiddenRate).mean());
  }
}
