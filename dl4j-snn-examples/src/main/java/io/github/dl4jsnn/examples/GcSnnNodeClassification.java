package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.conf.GraphConvVertex;
import io.github.dl4jsnn.conf.LabelledLossLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingGraphConvVertex;
import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.monitor.FiringRateListener;
import io.github.dl4jsnn.monitor.SnnCost;
import io.github.dl4jsnn.monitor.SpikeStatistics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.termination.ScoreImprovementEpochTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingGraphTrainer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.adapter.SingletonMultiDataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Classifies the nodes of a graph with a spiking graph convolution (GC-SNN), from data to pictures
 * and a saved model.
 *
 * <pre>
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java -Dexec.args="--data cora"
 * </pre>
 *
 * <p>The default is the karate club: who joins whose club, known for 4 of 34 members, takes a few
 * seconds. Cora and Citeseer come from the {@link io.github.dl4jsnn.graph.DataFolder} and take
 * minutes.
 */
@Command(
    name = "gc-snn",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Classifies the nodes of a graph with a spiking graph convolution (GC-SNN).")
public final class GcSnnNodeClassification implements Callable<Integer> {

  @Option(names = "--data", defaultValue = "karate", description = "${COMPLETION-CANDIDATES}")
  private NodeData data;

  @Option(names = "--seed", defaultValue = "1", description = "seed of weights and dropout")
  private long seed;

  @Option(names = "--out", defaultValue = "target/gc-snn", description = "folder for the results")
  private Path folder;

  @Mixin private GcSnnOptions options;
  @Spec private CommandSpec spec;

  /**
   * Runs the example; see {@code --help}.
   *
   * @param args options
   */
  public static void main(String[] args) {
    Commands.run(new GcSnnNodeClassification(), args);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();

    // 1. Data: one graph; a mask on the labels picks the nodes that are trained on.
    GcSnnSettings settings = options.applyTo(GcSnnSettings.of(data));
    GraphData graph = settings.prepare(Commands.load(data, spec.commandLine()));
    MultiDataSet train = graph.dataSet(Split.TRAIN);
    out.printf("1. Data%n%s%n%n", graph);

    // 2. Network
    ComputationGraph network = network(graph, settings, seed);
    out.printf("2. Network (seed %d)%n%s%n", seed, settings);
    out.printf(ROOT, "%s, STFN, %,d parameters%n%n", settings.neuron, network.numParams());

    // 3. Training: every epoch is one step on the whole graph. Validation picks the epoch.
    out.printf("3. Training%n");
    EpochScores scores = new EpochScores(graph, train.getFeatures());
    EpochTimer timer = new EpochTimer();
    FiringRateListener rates = new FiringRateListener("hidden");
    network.setListeners(timer, rates, new ScoreIterationListener(10));
    EarlyStoppingConfiguration<ComputationGraph> stopping =
        new EarlyStoppingConfiguration.Builder<ComputationGraph>()
            .scoreCalculator(scores)
            .modelSaver(new InMemoryModelSaver<>())
            .epochTerminationConditions(
                new MaxEpochsTerminationCondition(settings.epochs),
                new ScoreImprovementEpochTerminationCondition(settings.patience))
            .build();
    EarlyStoppingResult<ComputationGraph> result;
    try (TrainingProgress progress = new TrainingProgress(out, settings.epochs, scores)) {
      result =
          new EarlyStoppingGraphTrainer(
                  stopping, network, new SingletonMultiDataSetIterator(train), progress)
              .fit();
    }
    if (result.getTerminationReason() == EarlyStoppingResult.TerminationReason.Error) {
      throw new IllegalStateException("Training failed: " + result.getTerminationDetails());
    }
    ComputationGraph best = result.getBestModel();
    int bestEpoch = result.getBestModelEpoch() + 1; // DL4J counts from 0
    out.printf(
        ROOT,
        "%d epochs, median %.1f ms an epoch; best epoch %d%n%n",
        result.getTotalEpochs(),
        timer.medianMillis(),
        bestEpoch);

    // 4. Result: the network of the best epoch, on nodes it was not trained on.
    out.printf("4. Result%n");
    for (Split split : List.of(Split.TRAIN, Split.VALIDATION, Split.TEST)) {
      Evaluation evaluation =
          best.evaluate(new SingletonMultiDataSetIterator(graph.dataSet(split)));
      out.printf(
          ROOT,
          "%-10s accuracy %6.2f %% of %d nodes%n",
          split.name().toLowerCase(ROOT),
          100 * evaluation.accuracy(),
          graph.count(split));
    }

    // 5. Spikes: what they save, and what they look like.
    out.printf("%n5. Spikes%n");
    Map<String, INDArray> activations = best.feedForward(train.getFeatures(), false);
    INDArray spikes = activations.get("hidden");
    SpikeStatistics statistics = SpikeStatistics.of(spikes, RNNFormat.NWC);
    out.printf(
        ROOT,
        "hidden layer: firing rate %.3f, %.1f %% of the neurons silent%n%s%n",
        statistics.rate(),
        100 * statistics.silentShare(),
        SnnCost.of(best, train.getFeatures()).report());
    SavedPictures pictures = new SavedPictures(data, graph, folder);
    out.printf("wrote %s%n", pictures.raster(spikes));
    out.printf("wrote %s%n", pictures.accuracies(scores, bestEpoch));
    rates.toCsv(folder.resolve("firing-rates.csv"));
    out.printf("wrote %s%n%n", folder.resolve("firing-rates.csv"));

    // 6. Save, restore in a new JVM, compare the outputs bit by bit.
    out.printf("6. Saved model%n");
    Path model = folder.resolve("model.zip");
    best.save(model.toFile(), false);
    String here = SavedModel.digest(best, graph);
    String there = SavedModel.digestInNewJvm(model, data);
    boolean equal = here.equals(there);
    out.printf("wrote %s; SHA-256 of its outputs%n", model);
    out.printf("  in this JVM %s%n  in a new one %s%n", here, there);
    out.printf("%s%n", equal ? "the same to the last bit" : "FAILED: the outputs differ");
    return equal ? 0 : 1;
  }

  /** Graph convolution with spiking neurons, graph convolution of the spikes, read-out. */
  static ComputationGraph network(GraphData graph, GcSnnSettings s, long seed) {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(s.learningRate))
                .graphBuilder()
                .addInputs("features", "edges")
                .addVertex(
                    "hidden",
                    new SpikingGraphConvVertex.Builder()
                        .nOut(s.hidden)
                        .timeSteps(s.timeSteps)
                        .neuron(s.neuron)
                        .stfn(s.stfn)
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
                        .l2(s.l2Output)
                        .build(),
                    "hidden",
                    "edges")
                .addLayer(
                    "readout",
                    new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL)
                        .scale(s.readoutScale)
                        .build(),
                    "classes")
                .addLayer("loss", new LabelledLossLayer.Builder().build(), "readout")
                .setOutputs("loss")
                .setInputTypes(InputType.feedForward(graph.numFeatures()), InputType.feedForward(3))
                .build());
    network.init();
    return network;
  }
}
