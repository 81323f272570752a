package io.github.dl4jsnn.benchmark;

import io.github.dl4jsnn.internal.blas.Gemm;
import io.github.dl4jsnn.internal.blas.Matrix;
import io.github.dl4jsnn.internal.op.GraphConvOp;
import io.github.dl4jsnn.internal.op.SpikingDenseOp;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
 * The second affine map of a GC-SNN trained on Cora, at the spikes of its first layer, beside the
 * dense map of equal size: at all T steps, and once, as in the equal network without spikes. Dense
 * inputs are real numbers of which none is 0; all maps have the same weights.
 *
 * <p>Needs the data: set {@code DL4J_SNN_DATA} to their folder. The network is trained once for a
 * width, and its spikes kept in the folder of temporary files.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xms2g", "-Xmx2g"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EventDrivenBenchmark {
  private static final double TOLERANCE = 1e-4;

  /** Neurons of the first hidden layer x outputs: a second hidden layer, or the classes. */
  @Param({"256x256", "400x400", "400x7"})
  public String map;

  private final Gemm gemm = Gemm.get();
  private SpikingDenseOp op;
  private INDArray spikes;
  private INDArray out;
  private INDArray gradient;
  private INDArray dIn;
  private Map<String, INDArray> params;
  private Map<String, INDArray> gradients;
  private Dense all;
  private Dense once;

  @Setup
  public void setup() throws IOException {
    String[] size = map.split("x");
    long nIn = Long.parseLong(size[0]);
    long nOut = Long.parseLong(size[1]);
    spikes = TrainedSpikes.ofCora((int) nIn);
    System.out.printf(
        "%nfiring rate %.4f of spikes %s%n",
        spikes.meanNumber().doubleValue(), Arrays.toString(spikes.shape()));
    long nodes = spikes.size(0);
    long steps = spikes.size(1);
    Nd4j.getRandom().setSeed(0);
    INDArray weight = Nd4j.randn(DataType.FLOAT, nIn, nOut).dup('f');
    INDArray bias = Nd4j.zeros(DataType.FLOAT, nOut);
    params = Map.of(GraphConvOp.WEIGHT, weight, GraphConvOp.BIAS, bias);
    gradients = Map.of(GraphConvOp.WEIGHT, weight.dup('f'), GraphConvOp.BIAS, bias.dup());
    out = Nd4j.createUninitialized(DataType.FLOAT, nodes, steps, nOut);
    gradient = Nd4j.randn(DataType.FLOAT, nodes, steps, nOut);
    dIn = Nd4j.createUninitialized(DataType.FLOAT, nodes, steps, nIn);
    all = new Dense(nodes * steps, weight);
    once = new Dense(nodes, weight);
    op = SpikingDenseOp.create("EventDrivenBenchmark", DataType.FLOAT);
    check(eventDriven(), spikes.reshape(nodes * steps, nIn).mmul(weight));
  }

  private void check(INDArray actual, INDArray expected) {
    double error = actual.reshape(expected.shape()).sub(expected).normmaxNumber().doubleValue();
    if (!(error <= TOLERANCE * Math.max(1, expected.normmaxNumber().doubleValue()))) {
      throw new IllegalStateException("event-driven and dense differ by " + error);
    }
  }

  @Benchmark
  public INDArray eventDriven() {
    op.forward(spikes, null, params, out);
    return out;
  }

  @Benchmark
  public INDArray eventDrivenBoth() {
    op.forward(spikes, null, params, out);
    op.backward(spikes, null, params, gradient, gradients, dIn);
    return dIn;
  }

  @Benchmark
  public INDArray denseAllSteps() {
    return all.forward();
  }

  @Benchmark
  public INDArray denseAllStepsBoth() {
    return all.both();
  }

  @Benchmark
  public INDArray denseOnce() {
    return once.forward();
  }

  @Benchmark
  public INDArray denseOnceBoth() {
    return once.both();
  }

  /** What DL4J's own dense layer calls. */
  @Benchmark
  public INDArray denseAllStepsByNd4j() {
    return all.in.mmuli(all.weight, all.out);
  }

  /** A dense map {@code [rows, nIn] x [nIn, nOut]} by BLAS, with its two gradients. */
  private final class Dense {
    final INDArray in;
    final INDArray weight;
    final INDArray out;
    final INDArray gradient;
    final INDArray dIn;
    final INDArray dWeight;

    Dense(long rows, INDArray weight) {
      this.weight = weight;
      in = Nd4j.rand(DataType.FLOAT, rows, weight.size(0)).addi(0.1);
      out = Nd4j.createUninitialized(DataType.FLOAT, rows, weight.size(1));
      gradient = Nd4j.randn(DataType.FLOAT, rows, weight.size(1));
      dIn = Nd4j.createUninitialized(DataType.FLOAT, in.shape());
      dWeight = weight.dup('f');
    }

    INDArray forward() {
      gemm.multiply(Matrix.of(out), Matrix.of(in), Matrix.of(weight), false);
      return out;
    }

    INDArray both() {
      forward();
      gemm.multiply(Matrix.of(dWeight), Matrix.of(in).transpose(), Matrix.of(gradient), false);
      gemm.multiply(Matrix.of(dIn), Matrix.of(gradient), Matrix.of(weight).transpose(), false);
      return dIn;
    }
  }
}
