package io.github.dl4jsnn.benchmark;

import io.github.dl4jsnn.internal.blas.Gemm;
import io.github.dl4jsnn.internal.blas.Matrix;
import io.github.dl4jsnn.internal.op.GraphConvOp;
import io.github.dl4jsnn.internal.op.SpikingDenseOp;
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
 * A dense layer on spikes of a given density, forward and backward, beside the same products by
 * BLAS alone and by ND4J. {@code forward} and {@code backward} change over where {@code Densities}
 * says. With {@code -jvmArgsAppend -Ddl4j.snn.affine=rows}, or {@code product}, they do not: where
 * the two runs cross is the break-even.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 3,
    jvmArgs = {"-Xms2g", "-Xmx2g"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class SpikingDenseBenchmark {
  private static final double TOLERANCE = 1e-4;

  /** Rows (examples times steps) x inputs x outputs. */
  @Param({"4096x512x512", "27080x400x400", "1024x2048x512"})
  public String shape;

  /** Share of inputs that spike. */
  @Param({"0.01", "0.05", "0.1", "0.15", "0.2", "0.25", "1"})
  public double density;

  private SpikingDenseOp op;
  private INDArray in;
  private INDArray out;
  private INDArray gradient;
  private INDArray dIn;
  private INDArray dWeight;
  private Map<String, INDArray> params;
  private Map<String, INDArray> gradients;

  @Setup
  public void setup() {
    String[] size = shape.split("x");
    long rows = Long.parseLong(size[0]);
    long nIn = Long.parseLong(size[1]);
    long nOut = Long.parseLong(size[2]);
    Nd4j.getRandom().setSeed(0);
    in = Nd4j.rand(DataType.FLOAT, rows, nIn).lt(density).castTo(DataType.FLOAT);
    gradient = Nd4j.randn(DataType.FLOAT, rows, nOut);
    out = Nd4j.createUninitialized(DataType.FLOAT, rows, nOut);
    dIn = Nd4j.createUninitialized(DataType.FLOAT, rows, nIn);
    INDArray weight = Nd4j.randn(DataType.FLOAT, nIn, nOut).dup('f');
    dWeight = weight.dup('f');
    INDArray bias = Nd4j.zeros(DataType.FLOAT, nOut);
    params = Map.of(GraphConvOp.WEIGHT, weight, GraphConvOp.BIAS, bias);
    gradients = Map.of(GraphConvOp.WEIGHT, dWeight, GraphConvOp.BIAS, bias.dup());
    op = SpikingDenseOp.create("SpikingDenseBenchmark", DataType.FLOAT);
    check("forward", forward(), in.mmul(weight));
    check("weight gradient", backward(), in.transpose().mmul(gradient));
  }

  @Benchmark
  public INDArray forward() {
    op.forward(in, null, params, out);
    return out;
  }

  /** Of the last forward pass, whose spikes are collected. */
  @Benchmark
  public INDArray backward() {
    op.backward(in, null, params, gradient, gradients, dIn);
    return dWeight;
  }

  @Benchmark
  public INDArray forwardByBlas() {
    Matrix weight = Matrix.of(params.get(GraphConvOp.WEIGHT));
    Gemm.get().multiply(Matrix.of(out), Matrix.of(in), weight, false);
    return out;
  }

  @Benchmark
  public INDArray forwardByNd4j() {
    return in.mmuli(params.get(GraphConvOp.WEIGHT), out);
  }

  private static void check(String what, INDArray actual, INDArray expected) {
    double error = actual.sub(expected).normmaxNumber().doubleValue();
    double allowed = TOLERANCE * Math.max(1, expected.normmaxNumber().doubleValue());
    if (!(error <= allowed)) {
      throw new IllegalStateException(what + " is off by " + error + ", allowed " + allowed);
    }
  }
}
