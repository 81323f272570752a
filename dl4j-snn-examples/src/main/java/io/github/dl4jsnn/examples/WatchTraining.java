package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.conf.LabelledLossLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingGraphConvVertex;
import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.monitor.MembranePotentials;
import io.github.dl4jsnn.monitor.SpikePlots;
import io.github.dl4jsnn.monitor.SpikingStatsListener;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Reset;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Watches the neurons of a network while it learns, and draws what they did: firing rates and dead
 * neurons over the iterations, how the rates are distributed, membrane potentials and spikes.
 *
 * <pre>
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java \
 *       -Dexec.mainClass=io.github.dl4jsnn.examples.WatchTraining
 * </pre>
 *
 * <p>The data are the karate club, a few seconds.
 */
@Command(
    name = "watch-training",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Draws what the neurons of a network do while it learns.")
public final class WatchTraining implements Callable<Integer> {

  @Option(names = "--seed", defaultValue = "1", description = "seed of the weights")
  private long seed;

  @Option(names = "--hidden", defaultValue = "32", description = "hidden neurons a node")
  private int hidden;

  @Option(names = "--time-steps", defaultValue = "20", description = "steps a node's features last")
  private int timeSteps;

  @Option(names = "--iterations", defaultValue = "150", description = "steps of the optimiser")
  private int iterations;

  @Option(names = "--out", defaultValue = "target/watch", description = "folder for the results")
  private Path folder;

  @Spec private CommandSpec spec;

  /**
   * Runs the example; see {@code --help}.
   *
   * @param args options
   */
  public static void main(String[] args) {
    Commands.run(new WatchTraining(), args);
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    GraphData club = Commands.load(NodeData.KARATE, spec.commandLine());
    ComputationGraph network = network(club);

    // All spiking layers and vertices of the network, at every iteration.
    SpikingStatsListener stats = new SpikingStatsListener.Builder().frequency(1).build();
    network.setListeners(stats);
    for (int i = 0; i < iterations; i++) {
      network.fit(club.dataSet(Split.TRAIN));
    }
    out.printf("Before: %s%n%n", stats.history().get(0).report());
    out.printf("After: %s%n%n", stats.last().report());
    stats.toCsv(folder.resolve("stats.csv"));

    // Over the iterations
    SpikePlots.saveFiringRates(folder.resolve("firing-rates.png"), stats, "Firing rates");
    SpikePlots.saveDeadNeurons(folder.resolve("dead-neurons.png"), stats, "Dead neurons");

    // In the last iteration
    SpikePlots.saveRateHistogram(
        folder.resolve("rate-histogram.png"), stats.last(), "Firing rates of the neurons");

    // Step by step, of the trained network, for one member of the club
    MembranePotentials trained =
        MembranePotentials.of(network, "hidden", club.features(), club.edges());
    SpikePlots.saveMembrane(
        folder.resolve("membrane.png"), trained, 0, livelyNeurons(trained), "Neurons of a node");
    SpikePlots.saveRaster(
        folder.resolve("raster.png"), trained.spikes(), 0, hidden, "All neurons of that node");
    out.printf("Pictures and stats.csv are in %s%n", folder.toAbsolutePath());
    return 0;
  }

  /** The three neurons of the first node that come nearest to firing at every other step. */
  private int[] livelyNeurons(MembranePotentials trained) {
    INDArray counts = trained.spikes().slice(0, 0).sum(0);
    return IntStream.range(0, hidden)
        .boxed()
        .sorted(Comparator.comparingInt(f -> Math.abs(2 * counts.getInt(f) - timeSteps)))
        .limit(3)
        .mapToInt(f -> f)
        .toArray();
  }

  private ComputationGraph network(GraphData club) {
    LifParameters neuron = LifParameters.builder().decay(0.9).reset(Reset.SOFT).build();
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(0.01))
                .graphBuilder()
                .addInputs("features", "edges")
                .addVertex(
                    "hidden",
                    new SpikingGraphConvVertex.Builder()
                        .nOut(hidden)
                        .timeSteps(timeSteps)
                        .neuron(neuron)
                        .build(),
                    "features",
                    "edges")
                .addVertex(
                    "classes",
                    new SpikingGraphConvVertex.Builder()
                        .nOut(club.numClasses())
                        .neuron(neuron)
                        .build(),
                    "hidden",
                    "edges")
                .addLayer("rate", new SpikeReadoutLayer.Builder().scale(4).build(), "classes")
                .addLayer("loss", new LabelledLossLayer.Builder().build(), "rate")
                .setOutputs("loss")
                .setInputTypes(InputType.feedForward(club.numFeatures()), InputType.feedForward(3))
                .build());
    network.init();
    return network;
  }
}
