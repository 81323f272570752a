package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.conf.LabelledLossLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingGraphConvVertex;
import io.github.dl4jsnn.graph.CsrGraph;
import io.github.dl4jsnn.graph.NeighborSampler;
import io.github.dl4jsnn.graph.NeighborSamplingIterator;
import io.github.dl4jsnn.graph.PowerLawGraph;
import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.StfnParameters;
import java.io.IOException;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.adapter.SingletonMultiDataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.learning.config.Adam;

/**
 * One measurement of {@link ScaleStudy}, in a process of its own, since the peak memory of a
 * process never falls.
 *
 * <p>A small graph is trained on first, so that the compiler has seen the code; the sizes of the
 * arrays are new to the first epoch that counts.
 */
final class ScaleRun {
  private static final int WARM_UP_NODES = 5_000;
  private static final int WARM_UP_EPOCHS = 5;
  private static final int WARM_UP_BATCH = 256;
  private static final int CLASSES = 8;

  private ScaleRun() {}

  /**
   * Runs one measurement and prints it as {@link ScalePoint#toString()} after any other output.
   *
   * @param args nodes, edges, features, hidden neurons, time steps, mode, batch size, epochs
   */
  public static void main(String[] args) throws IOException {
    ScalePoint point = new ScalePoint();
    point.nodes = Integer.parseInt(args[0]);
    point.edges = Integer.parseInt(args[1]);
    point.features = Integer.parseInt(args[2]);
    point.hidden = Integer.parseInt(args[3]);
    point.timeSteps = Integer.parseInt(args[4]);
    point.mode = ScaleMode.valueOf(args[5]);
    int batchSize = Integer.parseInt(args[6]);
    run(point, batchSize, Integer.parseInt(args[7]));
    System.out.println(point);
  }

  private static void run(ScalePoint point, int batchSize, int epochs) throws IOException {
    int perNode = Math.max(1, point.edges / point.nodes);
    CsrGraph small =
        PowerLawGraph.builder(WARM_UP_NODES, WARM_UP_NODES * perNode)
            .features(point.features)
            .classes(CLASSES)
            .build();
    network(point).fit(batches(small, point.mode, WARM_UP_BATCH), WARM_UP_EPOCHS);
    long start = System.nanoTime();
    CsrGraph graph =
        PowerLawGraph.builder(point.nodes, point.edges)
            .features(point.features)
            .classes(CLASSES)
            .build();
    point.generateSeconds = secondsSince(start);
    MultiDataSetIterator batches = batches(graph, point.mode, batchSize);
    ComputationGraph network = network(point);
    double[] seconds = new double[epochs];
    for (int epoch = 0; epoch < epochs; epoch++) {
      start = System.nanoTime();
      network.fit(batches);
      seconds[epoch] = secondsSince(start);
    }
    point.firstSeconds = seconds[0];
    double[] later = Arrays.stream(seconds, 1, epochs).sorted().toArray();
    point.laterSeconds = (later[(later.length - 1) / 2] + later[later.length / 2]) / 2;
    point.score = network.score();
    point.residentBytes = PeakMemory.resident();
    point.heapBytes = PeakMemory.heap();
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static MultiDataSetIterator batches(CsrGraph graph, ScaleMode mode, int batchSize) {
    if (mode == ScaleMode.FULL) {
      MultiDataSet all = graph.dataSet(Split.TRAIN, DataType.FLOAT);
      return new SingletonMultiDataSetIterator(all);
    }
    return new NeighborSamplingIterator.Builder(graph, NeighborSampler.fanOuts(10, 5))
        .nodes(Split.TRAIN)
        .batchSize(batchSize)
        .build();
  }

  /** Two spiking graph convolutions and the firing rates of the last as logits. */
  static ComputationGraph network(ScalePoint p) {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.01))
                .graphBuilder()
                .addInputs("features", "edges")
                .addVertex(
                    "hidden", conv(p.hidden).timeSteps(p.timeSteps).build(), "features", "edges")
                .addVertex("classes", conv(CLASSES).build(), "hidden", "edges")
                .addLayer("rates", new SpikeReadoutLayer.Builder().scale(5).build(), "classes")
                .addLayer("loss", new LabelledLossLayer.Builder().build(), "rates")
                .setOutputs("loss")
                .setInputTypes(InputType.feedForward(p.features), InputType.feedForward(3))
                .build());
    network.init();
    return network;
  }

  private static SpikingGraphConvVertex.Builder conv(int nOut) {
    return new SpikingGraphConvVertex.Builder()
        .nOut(nOut)
        .stfn(StfnParameters.defaults())
        .neuron(
            LifParameters.builder()
                .decay(0.5)
                .threshold(0.5)
                .surrogate(new ArctanSurrogate())
                .build());
  }
}
