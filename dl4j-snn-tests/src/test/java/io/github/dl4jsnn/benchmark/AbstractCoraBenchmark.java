package io.github.dl4jsnn.benchmark;

import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.Planetoid;
import io.github.dl4jsnn.graph.Split;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One training iteration on Cora, full batch: forward, backward and update, without evaluation.
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
public abstract class AbstractCoraBenchmark {
  /** Iterations after which the loss must have fallen; they belong to no measurement. */
  private static final int CHECKED_ITERATIONS = 20;

  private ComputationGraph network;
  private MultiDataSet batch;

  /** The data as the network wants them. */
  GraphData prepare(GraphData cora) {
    return cora;
  }

  abstract ComputationGraphConfiguration configuration(GraphData data);

  @Setup
  public void setup() {
    GraphData cora = prepare(cora());
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

  private GraphData cora() {
    try {
      return Planetoid.cora();
    } catch (IOException | IllegalStateException e) {
      throw new IllegalStateException(
          getClass().getSimpleName() + " needs Cora: " + e.getMessage(), e);
    }
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
