package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.Split;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.MultiDataSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Gives a spiking graph network (GC-SNN) what random walks know: DeepWalk vectors beside the
 * features of the nodes.
 *
 * <pre>
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java \
 *       -Dexec.mainClass=io.github.dl4jsnn.examples.DeepWalkFeatures
 * </pre>
 *
 * <p>Trains the network twice, with the features alone and with both, and prints the accuracies at
 * the epoch that validation picks. On the karate club, where the features only say who a member is,
 * this takes seconds.
 */
@Command(
    name = "deep-walk-features",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Trains GC-SNN on features and DeepWalk vectors, and on features alone.")
public final class DeepWalkFeatures implements Callable<Integer> {

  @Option(names = "--data", defaultValue = "karate", description = "${COMPLETION-CANDIDATES}")
  private NodeData data;

  @Option(names = "--seed", defaultValue = "1", description = "seed of walks, weights, dropout")
  private long seed;

  @Mixin private DeepWalkOptions walks;
  @Mixin private GcSnnOptions options;
  @Spec private CommandSpec spec;

  /**
   * Runs the example; see {@code --help}.
   *
   * @param args options
   */
  public static void main(String[] args) {
    Commands.run(new DeepWalkFeatures(), args);
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    GcSnnSettings settings = options.applyTo(GcSnnSettings.of(data));
    GraphData graph = settings.prepare(Commands.load(data, spec.commandLine()));
    out.printf("DeepWalk (seed %d): %s%n%n", seed, walks);
    GraphData both = walks.model(seed).fit(graph).appendTo(graph);
    out.printf("inputs of a node              epoch  validation %%  test %%%n");
    report(out, graph.numFeatures() + " features", graph, settings);
    report(out, both.numFeatures() + " with DeepWalk vectors", both, settings);
    return 0;
  }

  private void report(PrintWriter out, String inputs, GraphData graph, GcSnnSettings settings) {
    MultiDataSet train = graph.dataSet(Split.TRAIN);
    ComputationGraph network = GcSnnNodeClassification.network(graph, settings, seed);
    EpochScores scores = new EpochScores(graph, train.getFeatures());
    double best = Double.NEGATIVE_INFINITY;
    int bestEpoch = 0;
    for (int epoch = 1; epoch <= settings.epochs; epoch++) {
      network.fit(train);
      double score = scores.calculateScore(network);
      if (score > best) {
        best = score;
        bestEpoch = epoch;
      } else if (epoch - bestEpoch >= settings.patience) {
        break;
      }
    }
    out.printf(
        ROOT,
        "%-28s  %5d  %12.2f  %6.2f%n",
        inputs,
        bestEpoch,
        scores.accuracies(Split.VALIDATION)[bestEpoch - 1],
        scores.accuracies(Split.TEST)[bestEpoch - 1]);
  }
}
