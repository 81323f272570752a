package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.conf.LabelledLossLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingGraphConvVertex;
import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.monitor.SpikePlots;
import io.github.dl4jsnn.monitor.SpikingStatsListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Draws how the firing rates of the neurons are distributed in each layer of a trained GC-SNN whose
 * output neurons spike, too, and are read by their rate.
 *
 * <pre>
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java \
 *       -Dexec.mainClass=io.github.dl4jsnn.examples.RateHistogramPicture \
 *       -Dexec.args='--data cora --hidden 64 --time-steps 32 --out docs'
 * </pre>
 *
 * <p>The rates are those of the last training step. A long window makes them fine: with T steps
 * there are {@code T + 1} rates. Writes {@code images/rate-histogram.png}.
 */
@Command(
    name = "rate-histogram",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Draws the firing rates of the layers of a trained GC-SNN.")
public final class RateHistogramPicture implements Callable<Integer> {

  /** Of rates between 0 and 1, so that the classes can be told apart. */
  private static final double LOGIT_SCALE = 5;

  @Option(names = "--data", defaultValue = "karate", description = "${COMPLETION-CANDIDATES}")
  private NodeData data;

  @Option(names = "--seed", defaultValue = "1", description = "seed of weights and dropout")
  private long seed;

  @Option(names = "--out", defaultValue = "target/studies", description = "folder for the picture")
  private Path folder;

  @Mixin private GcSnnOptions options;
  @Spec private CommandSpec spec;

  /**
   * Draws the picture; see {@code --help}.
   *
   * @param args options
   */
  public static void main(String[] args) {
    Commands.run(new RateHistogramPicture(), args);
  }

  @Override
  public Integer call() throws IOException {
    GcSnnSettings settings = options.applyTo(GcSnnSettings.of(data));
    GraphData graph = settings.prepare(Commands.load(data, spec.commandLine()));
    MultiDataSet train = graph.dataSet(Split.TRAIN);
    ComputationGraph network = network(graph, settings);
    for (int epoch = 1; epoch < settings.epochs; epoch++) {
      network.fit(train);
    }
    SpikingStatsListener stats = new SpikingStatsListener.Builder().frequency(1).build();
    network.addListeners(stats);
    network.fit(train);
    Path png = folder.resolve("images/rate-histogram.png");
    SpikePlots.saveRateHistogram(
        png,
        stats.last(),
        "Firing rates after "
            + settings.epochs
            + " epochs, T = "
            + settings.timeSteps
            + ", "
            + data);
    spec.commandLine().getOut().printf("%s%nwrote %s%n", stats.last().report(), png);
    return 0;
  }

  private ComputationGraph network(GraphData graph, GcSnnSettings s) {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(s.learningRate))
                .graphBuilder()
                .addInputs("features", "edges")
                .addVertex(
                    "hidden",
                    conv(s, s.hidden, s.featureDropout, s.l2).timeSteps(s.timeSteps).build(),
                    "features",
                    "edges")
                .addVertex(
                    "classes",
                    conv(s, graph.numClasses(), s.dropout, s.l2Output).build(),
                    "hidden",
                    "edges")
                .addLayer(
                    "rates", new SpikeReadoutLayer.Builder().scale(LOGIT_SCALE).build(), "classes")
                .addLayer("loss", new LabelledLossLayer.Builder().build(), "rates")
                .setOutputs("loss")
                .setInputTypes(InputType.feedForward(graph.numFeatures()), InputType.feedForward(3))
                .build());
    network.init();
    return network;
  }

  private static SpikingGraphConvVertex.Builder conv(
      GcSnnSettings s, int nOut, double dropout, double l2) {
    return new SpikingGraphConvVertex.Builder()
        .nOut(nOut)
        .neuron(s.neuron)
        .stfn(s.stfn)
        .dropOut(1 - dropout)
        .l2(l2);
  }
}
