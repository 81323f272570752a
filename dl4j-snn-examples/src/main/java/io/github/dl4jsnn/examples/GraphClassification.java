package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.conf.GraphReadoutVertex;
import io.github.dl4jsnn.conf.GraphReadoutVertex.Pooling;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingGraphConvVertex;
import io.github.dl4jsnn.graph.GraphBatchIterator;
import io.github.dl4jsnn.graph.GraphExample;
import io.github.dl4jsnn.graph.GraphShapes;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Classifies whole graphs with a spiking graph network: batches of many small graphs, whose nodes
 * are pooled into one row a graph.
 *
 * <pre>
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java \
 *       -Dexec.mainClass=io.github.dl4jsnn.examples.GraphClassification
 * </pre>
 *
 * <p>The data are {@link GraphShapes}, generated: is a graph built around a cycle, a star or a
 * clique? Of 600 graphs, 400 are for training, 100 for validation, 100 for the test; it takes some
 * seconds.
 */
@Command(
    name = "graph-classification",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Classifies whole graphs with a spiking graph network.")
public final class GraphClassification implements Callable<Integer> {

  @Option(
      names = "--graphs",
      defaultValue = "600",
      converter = GcSnnOptions.Count.class,
      description = "number of generated graphs")
  private int graphs;

  @Option(names = "--seed", defaultValue = "1", description = "seed of graphs and weights")
  private long seed;

  @Option(
      names = "--pooling",
      defaultValue = "MEAN",
      description = "how nodes become one row: ${COMPLETION-CANDIDATES}")
  private Pooling pooling;

  @Option(
      names = "--hidden",
      defaultValue = "32",
      converter = GcSnnOptions.Count.class,
      description = "neurons of each of the two layers")
  private int hidden;

  @Option(
      names = "--time-steps",
      defaultValue = "4",
      converter = GcSnnOptions.Count.class,
      description = "steps of the spiking network")
  private int timeSteps;

  @Option(
      names = "--epochs",
      defaultValue = "20",
      converter = GcSnnOptions.Count.class,
      description = "epochs to train")
  private int epochs;

  @Option(
      names = "--batch-size",
      defaultValue = "25",
      converter = GcSnnOptions.Count.class,
      description = "graphs in a batch")
  private int batchSize;

  @Option(
      names = "--out",
      defaultValue = "target/graph-classification",
      description = "folder for the model")
  private Path folder;

  @Spec private CommandSpec spec;

  /**
   * Runs the example; see {@code --help}.
   *
   * @param args options
   */
  public static void main(String[] args) {
    Commands.run(new GraphClassification(), args);
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();

    // 1. Data: a list of graphs, each with its label; the iterator makes block-diagonal batches.
    List<GraphExample> all = GraphShapes.generate(graphs, seed);
    int trainEnd = graphs * 2 / 3;
    int validationEnd = graphs * 5 / 6;
    if (trainEnd < 1 || validationEnd == trainEnd || validationEnd == graphs) {
      out.printf("--graphs %d: too few to split into training, validation and test%n", graphs);
      return 2;
    }
    GraphBatchIterator train = batches(all.subList(0, trainEnd)).shuffle(seed).build();
    GraphBatchIterator validation = batches(all.subList(trainEnd, validationEnd)).build();
    GraphBatchIterator test = batches(all.subList(validationEnd, graphs)).build();
    out.printf(
        "%d graphs: train/validation/test %d/%d/%d, for example %s%n",
        graphs, trainEnd, validationEnd - trainEnd, graphs - validationEnd, all.get(0));

    // 2. Network and training; the weights of the best epoch on validation graphs are kept.
    ComputationGraph network = network();
    ComputationGraph best = network.clone();
    double bestAccuracy = -1;
    int bestEpoch = 0;
    out.printf(ROOT, "seed %d, %s pooling, %,d parameters%n", seed, pooling, network.numParams());
    for (int epoch = 1; epoch <= epochs; epoch++) {
      long start = System.nanoTime();
      network.fit(train);
      double millis = (System.nanoTime() - start) / 1e6;
      double accuracy = accuracy(network, validation);
      if (accuracy > bestAccuracy) {
        bestAccuracy = accuracy;
        bestEpoch = epoch;
        best.setParams(network.params());
      }
      out.printf(
          ROOT,
          "epoch %3d   loss %.4f   validation accuracy %6.2f %%   %6.0f ms%n",
          epoch,
          network.score(),
          100 * accuracy,
          millis);
    }

    // 3. Result, and the saved model
    Evaluation evaluation = best.evaluate(test);
    out.printf(
        ROOT,
        "best epoch %d: test accuracy %.2f %% of %d graphs%n",
        bestEpoch,
        100 * evaluation.accuracy(),
        graphs - validationEnd);
    Files.createDirectories(folder);
    Path model = folder.resolve("model.zip");
    best.save(model.toFile(), false);
    boolean equal =
        accuracy(ComputationGraph.load(model.toFile(), false), test) == evaluation.accuracy();
    out.printf("wrote %s; %s%n", model, equal ? "restored, the same" : "FAILED: restored, another");
    return equal ? 0 : 1;
  }

  private GraphBatchIterator.Builder batches(List<GraphExample> part) {
    return new GraphBatchIterator.Builder(part).batchSize(batchSize);
  }

  private static double accuracy(ComputationGraph network, GraphBatchIterator graphs) {
    graphs.reset();
    Evaluation evaluation = network.evaluate(graphs);
    return evaluation.accuracy();
  }

  /** Two spiking graph convolutions; the spikes of a graph's nodes are pooled at every step. */
  private ComputationGraph network() {
    LifParameters neuron =
        LifParameters.builder().decay(0.6).threshold(0.4).surrogate(new ArctanSurrogate()).build();
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(0.01))
                .graphBuilder()
                .addInputs("features", "edges", "membership")
                .addVertex(
                    "hidden1",
                    new SpikingGraphConvVertex.Builder()
                        .nOut(hidden)
                        .timeSteps(timeSteps)
                        .neuron(neuron)
                        .build(),
                    "features",
                    "edges")
                .addVertex(
                    "hidden2",
                    new SpikingGraphConvVertex.Builder().nOut(hidden).neuron(neuron).build(),
                    "hidden1",
                    "edges")
                .addVertex(
                    "graphs",
                    new GraphReadoutVertex.Builder(pooling).build(),
                    "hidden2",
                    "membership")
                .addLayer("rate", new SpikeReadoutLayer.Builder().build(), "graphs")
                .addLayer(
                    "classes",
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(GraphShapes.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build(),
                    "rate")
                .setOutputs("classes")
                .setInputTypes(
                    InputType.feedForward(GraphShapes.FEATURES),
                    InputType.feedForward(3),
                    InputType.feedForward(1))
                .build());
    network.init();
    return network;
  }
}
