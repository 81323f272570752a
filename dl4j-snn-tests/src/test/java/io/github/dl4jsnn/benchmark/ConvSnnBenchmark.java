package io.github.dl4jsnn.benchmark;

import io.github.dl4jsnn.zoo.BpsaNetwork;
import io.github.dl4jsnn.zoo.TrainingRule;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
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
 * One training iteration of the small {@link BpsaNetwork} on images of 28x28 pixels, AdamW. The
 * peer {@code convsnn_torch.py} trains the same layers, without dropout.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"-Xms6g", "-Xmx6g"})
@Warmup(iterations = 2, time = 8)
@Measurement(iterations = 3, time = 8)
public class ConvSnnBenchmark {
  /** Time steps. */
  @Param("8")
  public int timeSteps;

  /** Images. */
  @Param("16")
  public int batch;

  /** Channels of the first convolution. */
  @Param("128")
  public int width;

  /** How errors pass spikes. */
  @Param("BPSA_BPTA")
  public TrainingRule rule;

  private MultiLayerNetwork net;
  private INDArray images;
  private INDArray labels;

  /** Makes network and data. */
  @Setup
  public void setUp() {
    net = BpsaNetwork.small().width(width).timeSteps(timeSteps).rule(rule).init();
    Nd4j.getRandom().setSeed(1);
    images = Nd4j.rand(DataType.FLOAT, batch, 1, 28, 28);
    labels = Nd4j.zeros(DataType.FLOAT, batch, 10);
    for (int i = 0; i < batch; i++) {
      labels.putScalar(i, i % 10, 1);
    }
  }

  /** One iteration. */
  @Benchmark
  public double iteration() {
    net.fit(images, labels);
    return net.score();
  }
}
