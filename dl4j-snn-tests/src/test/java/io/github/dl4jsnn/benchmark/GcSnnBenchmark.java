package io.github.dl4jsnn.benchmark;

import io.github.dl4jsnn.conf.LabelledLossLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingGraphConvVertex;
import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.Planetoid;
import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.ResetGradient;
import io.github.dl4jsnn.neuron.StfnParameters;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One training iteration of GC-SNN on Cora, full batch: two spiking graph convolutions with STFN
 * (one lambda and gamma a layer), dropout between them drawn anew each step, firing rates times 5,
 * softmax and cross-entropy of the labelled nodes, Adam with L2. The peer {@code gcsnn_torch.py}
 * trains the same network.
 *
 * <p>Needs the data: set {@code DL4J_SNN_DATA} to their folder.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 3,
    jvmArgs = {"-Xms2g", "-Xmx2g"})
@Warmup(iterations = 10, time = 2)
@Measurement(iterations = 10, time = 2)
public class GcSnnBenchmark {
  /** Iterations after which the loss must have fallen; they belong to no measurement. */
  private static final int CHECKED_ITERATIONS = 20;

  /** Neurons of the hidden layer. */
  @Param("400")
  public int hidden;

  /** Time steps. */
  @Param("10")
  public int timeSteps;

  private ComputationGraph network;
  private MultiDataSet batch;

  @Setup
  public void setup() {
    GraphData cora = cora();
    batch = cora.dataSet(Split.TRAIN);
    network = new ComputationGraph(configuration(cora));
    network.init();
    checkThatItLearns();
  }

  @Benchmark
  public ComputationGraph iteration() {
    network.fit(batch);
    return network;
  }

  private static GraphData cora() {
    try {
      return Planetoid.cora();
    } catch (IOException | IllegalStateException e) {
      throw new IllegalStateException("GcSnnBenchmark needs Cora: " + e.getMessage(), e);
    }
  }

  private ComputationGraphConfiguration configuration(GraphData data) {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(new Adam(0.01))
        .l2(5e-4)
        .graphBuilder()
        .addInputs("features", "edges")
        .addVertex("gc1", conv(hidden).timeSteps(timeSteps).build(), "features", "edges")
        .addVertex(
            "gc2",
            conv(data.numClasses()).dropOut(0.5).dropOutPerStep(true).build(),
            "gc1",
            "edges")
        .addLayer("rates", new SpikeReadoutLayer.Builder().scale(5).build(), "gc2")
        .addLayer("out", new LabelledLossLayer.Builder().build(), "rates")
        .setOutputs("out")
        .setInputTypes(InputType.feedForward(data.numFeatures()), InputType.feedForward(3))
        .build();
  }

  private static SpikingGraphConvVertex.Builder conv(int nOut) {
    return new SpikingGraphConvVertex.Builder()
        .nOut(nOut)
        .stfn(StfnParameters.builder().affine(StfnParameters.Affine.SCALAR).build())
        .neuron(
            LifParameters.builder()
                .decay(0.5)
                .threshold(1)
                .surrogate(new ArctanSurrogate())
                .resetGradient(ResetGradient.EXACT)
                .build());
  }

  private void checkThatItLearns() {
    network.fit(batch);
    double first = network.score();
    for (int i = 1; i < CHECKED_ITERATIONS; i++) {
      network.fit(batch);
    }
    if (!(network.score() < first)) {
      throw new IllegalStateException(
          String.format(
              "the loss was %s at first and %s after %d iterations",
              first, network.score(), CHECKED_ITERATIONS));
    }
  }
}
