package io.github.dl4jsnn.benchmark;

import io.github.dl4jsnn.conf.LastTimeStepLayer;
import io.github.dl4jsnn.conf.MeanOverTimeLayer;
import io.github.dl4jsnn.conf.SpikingAttention;
import io.github.dl4jsnn.conf.SpikingLinear;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.ResetGradient;
import io.github.dl4jsnn.position.CpgCode;
import io.github.dl4jsnn.testing.Values;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
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
 * One training iteration of Spikformer with CPG-PE for the forecast of series: forward, backward
 * and Adam. The peer {@code spikformer_torch.py} trains the same network: its LIF neurons, of tau 2
 * and decaying input, have half our currents at half our threshold, so the same spikes and the same
 * gradients; its concatenated code is the code's own weights here.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 3,
    jvmArgs = {"-Xms2g", "-Xmx2g"})
@Warmup(iterations = 10, time = 2)
@Measurement(iterations = 10, time = 2)
public class SpikformerBenchmark {
  private static final int HEADS = 8;

  /** Iterations after which the loss must have fallen; they belong to no measurement. */
  private static final int CHECKED_ITERATIONS = 8;

  /** Positions L, steps T, width D, blocks, batch, series, horizon. */
  @Param("168x4x256x2x16x207x24")
  public String shape;

  private ComputationGraph network;
  private MultiDataSet batch;

  /** Sizes of one run. */
  private static final class Sizes {
    private final int positions;
    private final int timeSteps;
    private final int width;
    private final int blocks;
    private final int examples;
    private final int series;
    private final int horizon;

    private Sizes(String shape) {
      String[] parts = shape.split("x");
      positions = Integer.parseInt(parts[0]);
      timeSteps = Integer.parseInt(parts[1]);
      width = Integer.parseInt(parts[2]);
      blocks = Integer.parseInt(parts[3]);
      examples = Integer.parseInt(parts[4]);
      series = Integer.parseInt(parts[5]);
      horizon = Integer.parseInt(parts[6]);
    }
  }

  @Setup
  public void setup() {
    Sizes s = new Sizes(shape);
    INDArray x = Values.uniform(1, -1.7, 1.7, DataType.FLOAT, s.examples, s.positions, s.series);
    INDArray y = Values.uniform(2, -1.7, 1.7, DataType.FLOAT, s.examples, s.horizon * s.series);
    batch = new MultiDataSet(x, y);
    network = new ComputationGraph(configuration(s));
    network.init();
    checkThatItLearns();
  }

  @Benchmark
  public ComputationGraph iteration() {
    network.fit(batch);
    return network;
  }

  private void checkThatItLearns() {
    network.fit(batch);
    double first = network.score();
    for (int i = 1; i < CHECKED_ITERATIONS; i++) {
      network.fit(batch);
    }
    if (!(network.score() < first)) {
      throw new IllegalStateException(
          String.format("the loss was %s at first and is %s now", first, network.score()));
    }
  }

  private static ComputationGraphConfiguration configuration(Sizes s) {
    GraphBuilder b =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(1e-3))
            .graphBuilder()
            .addInputs("series")
            .addLayer("encoder", linear(s, s.width).repeatInput(true).build(), "series")
            .addLayer("position", linear(s, s.width).positionalCode(code()).build(), "encoder");
    String last = "position";
    for (int i = 0; i < s.blocks; i++) {
      last = addBlock(b, s, i, last);
    }
    return b.addLayer("mean", new MeanOverTimeLayer.Builder().timeSteps(s.timeSteps).build(), last)
        .addLayer("last", new LastTimeStepLayer.Builder().build(), "mean")
        .addLayer(
            "out",
            new OutputLayer.Builder(LossFunction.MSE)
                .nOut((long) s.horizon * s.series)
                .activation(Activation.IDENTITY)
                .build(),
            "last")
        .setOutputs("out")
        .setInputTypes(InputType.recurrent(s.series, s.positions, RNNFormat.NWC))
        .build();
  }

  private static String addBlock(GraphBuilder b, Sizes s, int i, String input) {
    SpikingAttention attention =
        new SpikingAttention.Builder()
            .timeSteps(s.timeSteps)
            .heads(HEADS)
            .scale(0.125)
            .neuron(neuron(0.5))
            .build();
    b.addLayer("qkv" + i, linear(s, 3 * s.width).build(), input)
        .addLayer("attention" + i, attention, "qkv" + i)
        .addLayer("projection" + i, linear(s, s.width).build(), "attention" + i)
        .addVertex("attended" + i, add(), input, "projection" + i)
        .addLayer("hidden" + i, linear(s, 4 * s.width).build(), "attended" + i)
        .addLayer("mlp" + i, linear(s, s.width).build(), "hidden" + i)
        .addVertex("block" + i, add(), "attended" + i, "mlp" + i);
    return "block" + i;
  }

  private static ElementWiseVertex add() {
    return new ElementWiseVertex(ElementWiseVertex.Op.Add);
  }

  private static SpikingLinear.Builder linear(Sizes s, int nOut) {
    return new SpikingLinear.Builder().nOut(nOut).timeSteps(s.timeSteps).neuron(neuron(1));
  }

  /** Of the given threshold at half the current. */
  private static LifParameters neuron(double threshold) {
    return LifParameters.builder()
        .decay(0.5)
        .threshold(2 * threshold)
        .surrogate(new ArctanSurrogate(1))
        .resetGradient(ResetGradient.DETACHED)
        .build();
  }

  private static CpgCode code() {
    return CpgCode.builder().pairs(20).eta(1).build();
  }
}
