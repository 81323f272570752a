package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.conf.DotProductDecoderVertex;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingGraphConvVertex;
import io.github.dl4jsnn.graph.Auc;
import io.github.dl4jsnn.graph.EdgeSplit;
import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Predicts missing links of a graph: a spiking graph network gives each node firing rates, and two
 * nodes are linked if the dot product of their rates is large.
 *
 * <pre>
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java \
 *       -Dexec.mainClass=io.github.dl4jsnn.examples.LinkPrediction
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java \
 *       -Dexec.mainClass=io.github.dl4jsnn.examples.LinkPrediction -Dexec.args="--data cora"
 * </pre>
 *
 * <p>Of all links, 10 % are for the test and 5 % for validation (karate club: 20 % and 10 %), and
 * as many pairs without a link; the figure is the area under the ROC curve (AUC) at the best epoch
 * on validation links. Seconds for the karate club, minutes for Cora.
 */
@Command(
    name = "link-prediction",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Predicts missing links of a graph from firing rates.")
public final class LinkPrediction implements Callable<Integer> {

  @Option(names = "--data", defaultValue = "karate", description = "${COMPLETION-CANDIDATES}")
  private NodeData data;

  @Option(names = "--seed", defaultValue = "1", description = "seed of split and weights")
  private long seed;

  @Option(
      names = "--hidden",
      defaultValue = "128",
      converter = GcSnnOptions.Count.class,
      description = "neurons of the hidden layer")
  private int hidden;

  @Option(
      names = "--embedding",
      defaultValue = "64",
      converter = GcSnnOptions.Count.class,
      description = "firing rates of a node")
  private int embedding;

  @Option(
      names = "--time-steps",
      defaultValue = "8",
      converter = GcSnnOptions.Count.class,
      description = "steps of the spiking network")
  private int timeSteps;

  @Option(
      names = "--epochs",
      defaultValue = "100",
      converter = GcSnnOptions.Count.class,
      description = "epochs to train")
  private int epochs;

  @Option(
      names = "--learning-rate",
      defaultValue = "0.01",
      converter = GcSnnOptions.Rate.class,
      description = "step size of Adam")
  private double learningRate;

  @Option(
      names = "--dropout",
      defaultValue = "0.5",
      converter = GcSnnOptions.Probability.class,
      description = "probability to drop a feature or hidden neuron, 0 for none")
  private double dropout;

  @Spec private CommandSpec spec;

  /**
   * Runs the example; see {@code --help}.
   *
   * @param args options
   */
  public static void main(String[] args) {
    Commands.run(new LinkPrediction(), args);
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();

    // 1. Data: messages run along training links only; the others are to be found.
    GraphData graph = Commands.load(data, spec.commandLine());
    boolean small = data == NodeData.KARATE;
    EdgeSplit split =
        EdgeSplit.builder(graph)
            .validation(small ? 0.1 : 0.05)
            .test(small ? 0.2 : 0.1)
            .seed(seed)
            .build();
    MultiDataSet validation = split.dataSet(Split.VALIDATION);
    MultiDataSet test = split.dataSet(Split.TEST);
    out.printf("%s%nseed %d, %s%n", graph, seed, split);

    // 2. Training: each epoch sees all training links and as many new pairs without one.
    ComputationGraph network = network(graph);
    INDArray best = network.params().dup();
    double bestAuc = -1;
    int bestEpoch = 0;
    long nanos = 0;
    for (int epoch = 1; epoch <= epochs; epoch++) {
      MultiDataSet train = split.trainingSet(epoch, DataType.FLOAT);
      long start = System.nanoTime();
      network.fit(train);
      nanos += System.nanoTime() - start;
      double auc = auc(network, validation);
      if (auc > bestAuc) {
        bestAuc = auc;
        bestEpoch = epoch;
        best.assign(network.params());
      }
      if (epoch % Math.max(1, epochs / 10) == 0) {
        out.printf(
            ROOT, "epoch %4d   loss %.4f   validation AUC %.4f%n", epoch, network.score(), auc);
      }
    }

    // 3. Result
    network.setParams(best);
    out.printf(
        ROOT,
        "best epoch %d, %.1f ms an epoch: validation AUC %.4f, test AUC %.4f%n",
        bestEpoch,
        nanos / 1e6 / epochs,
        bestAuc,
        auc(network, test));
    out.printf(
        ROOT,
        "firing rate of the embeddings %.3f%n",
        network.feedForward(test.getFeatures(), false).get("rate").meanNumber().doubleValue());
    return 0;
  }

  private static double auc(ComputationGraph network, MultiDataSet pairs) {
    return Auc.of(pairs.getLabels(0), network.output(pairs.getFeatures())[0]);
  }

  /** Two spiking graph convolutions, firing rates, and their dot products. */
  private ComputationGraph network(GraphData graph) {
    LifParameters neuron =
        LifParameters.builder().decay(0.5).threshold(0.25).surrogate(new ArctanSurrogate()).build();
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(learningRate))
                .graphBuilder()
                .addInputs("features", "edges", "pairs")
                .addVertex(
                    "hidden",
                    new SpikingGraphConvVertex.Builder()
                        .nOut(hidden)
                        .timeSteps(timeSteps)
                        .neuron(neuron)
                        .dropOut(1 - dropout)
                        .build(),
                    "features",
                    "edges")
                .addVertex(
                    "embedding",
                    new SpikingGraphConvVertex.Builder()
                        .nOut(embedding)
                        .neuron(neuron)
                        .dropOut(1 - dropout)
                        .build(),
                    "hidden",
                    "edges")
                .addLayer("rate", new SpikeReadoutLayer.Builder().build(), "embedding")
                .addVertex(
                    "decoder",
                    new DotProductDecoderVertex.Builder()
                        .bias(-3)
                        .trainScale(true)
                        .trainBias(true)
                        .build(),
                    "rate",
                    "pairs")
                .addLayer(
                    "loss",
                    new LossLayer.Builder(LossFunction.XENT).activation(Activation.SIGMOID).build(),
                    "decoder")
                .setOutputs("loss")
                .setInputTypes(
                    InputType.feedForward(graph.numFeatures()),
                    InputType.feedForward(3),
                    InputType.feedForward(2))
                .build());
    network.init();
    return network;
  }
}
