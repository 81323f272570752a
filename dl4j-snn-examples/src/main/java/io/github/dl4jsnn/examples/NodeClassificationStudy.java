package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.conf.GraphConvVertex;
import io.github.dl4jsnn.conf.LabelledLossLayer;
import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.Split;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
 */
@Command(
    name = "node-classification-study",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Trains a node classifier from many seeds.")
public final class NodeClassificationStudy implements Callable<Integer> {

  /** The networks that can be compared. */
  enum Model {
    /** Spiking graph convolution, trained with STBP. */
    GCSNN("GC-SNN", "STBP"),
    /** Graph convolutional network (Kipf and Welling, 2017). */
    GCN("GCN", "BP");

    final String system;
    final String method;

    Model(String system, String method) {
      this.system = system;
      this.method = method;
    }

    GcSnnSettings settings(NodeData data) {
      return this == GCN ? GcSnnSettings.gcn() : GcSnnSettings.of(data);
    }

    ComputationGraph network(GraphData graph, GcSnnSettings settings, long seed) {
      return this == GCN
          ? gcn(graph, settings, seed)
          : GcSnnNodeClassification.network(graph, settings, seed);
    }

    @Override
    public String toString() {
      return name().toLowerCase(ROOT);
    }
  }

  @Option(names = "--data", defaultValue = "cora", description = "${COMPLETION-CANDIDATES}")
  private NodeData data;

  @Option(names = "--model", defaultValue = "gcsnn", description = "${COMPLETION-CANDIDATES}")
  private Model model;

  @Option(
      names = "--seeds",
      defaultValue = "10",
      converter = GcSnnOptions.Count.class,
      description = "number of training runs")
  private int seeds;

  @Option(names = "--csv", description = "table of results to put this one into")
  private Path csv;

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
    GcSnnSettings settings = options.applyTo(model.settings(data));
    GraphData graph = settings.prepare(Commands.load(data, spec.commandLine()));
    MultiDataSet train = graph.dataSet(Split.TRAIN);
    out.printf("%s on %s%n%s%n%n", model.system, graph, settings);
    out.printf("seed  epoch  validation %%  test %%   rate  ms/epoch%n");
    List<SeedResult> results = new ArrayList<>();
    for (long seed = 1; seed <= seeds; seed++) {
      SeedResult r = train(graph, train, settings, seed);
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

  private SeedResult train(GraphData graph, MultiDataSet train, GcSnnSettings settings, long seed) {
    INDArray[] inputs = train.getFeatures();
    ComputationGraph network = model.network(graph, settings, seed);
    EpochScores scores = new EpochScores(graph, inputs);
    EpochTimer timer = new EpochTimer();
    INDArray bestParameters = network.params().dup();
    double bestScore = Double.NEGATIVE_INFINITY;
    int bestEpoch = 0;
    for (int epoch = 1; epoch <= settings.epochs; epoch++) {
      timer.onEpochStart(network);
      network.fit(train);
      timer.onEpochEnd(network);
      double score = scores.calculateScore(network);
      if (score > bestScore) {
        bestScore = score;
        bestEpoch = epoch;
        bestParameters.assign(network.params());
      } else if (epoch - bestEpoch >= settings.patience) {
        break;
      }
    }
    network.params().assign(bestParameters);
    return new SeedResult(
        seed,
        bestEpoch,
        scores.accuracies(Split.VALIDATION)[bestEpoch - 1],
        scores.accuracies(Split.TEST)[bestEpoch - 1],
        rate(network, inputs),
        timer.medianMillis());
  }

  private double rate(ComputationGraph network, INDArray[] inputs) {
    return model == Model.GCN
        ? Double.NaN
        : network.feedForward(inputs, false).get("hidden").meanNumber().doubleValue();
  }

  private void report(PrintWriter out, List<SeedResult> results) throws IOException {
    Sample accuracy = sample(results, r -> r.testAccuracy);
    out.printf(ROOT, "%ntest accuracy %.2f +- %.2f %%%n", accuracy.mean(), accuracy.deviation());
    put("accuracy", "%.2f", accuracy);
    if (model == Model.GCSNN) {
      Sample rate = sample(results, r -> r.rate);
      out.printf(ROOT, "hidden firing rate %.3f +- %.3f%n", rate.mean(), rate.deviation());
      put("rate", "%.3f", rate);
    }
    if (csv != null) {
      out.printf("wrote %s%n", csv);
    }
  }

  private void put(String metric, String format, Sample result) throws IOException {
    if (csv == null) {
      return;
    }
    ResultsCsv.put(
        csv,
        model.system,
        data.toString(),
        metric,
        String.format(ROOT, format, result.mean()),
        String.format(ROOT, format, result.deviation()),
        Integer.toString(seeds),
        "2",
        "none",
        model.method,
        Commands.maven(spec.commandLine()));
  }

  private static Sample sample(List<SeedResult> results, ToDoubleFunction<SeedResult> value) {
    return new Sample(results.stream().mapToDouble(value).toArray());
  }

  /** Two graph convolutions, as in Kipf and Welling, 2017. */
  static ComputationGraph gcn(GraphData graph, GcSnnSettings s, long seed) {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(s.learningRate))
                .graphBuilder()
                .addInputs("features", "edges")
                .addVertex(
                    "hidden",
                    new GraphConvVertex.Builder()
                        .nOut(s.hidden)
                        .activation(Activation.RELU)
                        .dropOut(1 - s.featureDropout)
                        .l2(s.l2)
                        .build(),
                    "features",
                    "edges")
                .addVertex(
                    "classes",
                    new GraphConvVertex.Builder()
                        .nOut(graph.numClasses())
                        .activation(Activation.IDENTITY)
                        .dropOut(1 - s.dropout)
                        .build(),
                    "hidden",
                    "edges")
                .addLayer("loss", new LabelledLossLayer.Builder().build(), "classes")
                .setOutputs("loss")
                .setInputTypes(InputType.feedForward(graph.numFeatures()), InputType.feedForward(3))
                .build());
    network.init();
    return network;
  }
}
