package io.github.dl4jsnn.benchmark;

import io.github.dl4jsnn.internal.kernel.Workers;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import java.nio.FloatBuffer;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.ndarray.INDArray;
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
 * LIF neurons over all steps, forward and backward, and beside it the time it takes to copy as many
 * bytes: the limit of anything that reads and writes sequences.
 *
 * <p>Arrays and neuron are those of {@link LifPass}, with the arctan surrogate. The time is linear
 * in T: run {@code -p shape=16x64x16384,128x64x16384}, which should be 8 times as far apart.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 3,
    jvmArgs = {
      "-Xms2g",
      "-Xmx2g",
      "-Dorg.bytedeco.javacpp.maxbytes=4g",
      "-Dorg.bytedeco.javacpp.maxphysicalbytes=8g"
    })
@Warmup(iterations = 10, time = 2)
@Measurement(iterations = 10, time = 2)
public class LifBenchmark {
  /** Floats of one piece of a copy: far above the cost of handing it out, below the caches. */
  private static final int PIECE = 1 << 16;

  /** Relative error of a gradient of a few additions and products in float. */
  private static final double TOLERANCE = 1e-5;

  /** T x N x F. */
  @Param({"10x2708x400", "16x64x65536", "128x32x4096"})
  public String shape;

  private LifPass pass;
  private INDArray in;
  private INDArray gradient;
  private INDArray out;
  private INDArray dIn;

  @Setup
  public void setup() {
    pass = new LifPass(shape, new ArctanSurrogate());
    in = pass.in;
    out = pass.out;
    gradient = pass.gradient;
    dIn = pass.dIn;
    pass.run();
    checkNeuron(0, 0);
    checkNeuron(in.size(0) - 1, in.size(2) - 1);
  }

  @Benchmark
  public INDArray lif() {
    return pass.run();
  }

  /** Three arrays read, three written: forward one each, backward two. */
  @Benchmark
  public INDArray copy() {
    copy(in, out);
    copy(in, dIn);
    copy(gradient, dIn);
    return dIn;
  }

  private static void copy(INDArray from, INDArray to) {
    FloatBuffer source = from.data().asNioFloat();
    FloatBuffer target = to.data().asNioFloat();
    int n = (int) from.length();
    Workers.run(
        (n + PIECE - 1) / PIECE,
        n,
        (task, worker) -> {
          int start = task * PIECE;
          int end = Math.min(n, start + PIECE);
          FloatBuffer piece = source.duplicate();
          piece.position(start).limit(end);
          FloatBuffer dest = target.duplicate();
          dest.position(start);
          dest.put(piece);
        });
  }

  /** Compares one neuron with its equations, written as they stand. */
  private void checkNeuron(long n, long f) {
    int steps = (int) in.size(1);
    double[] u = new double[steps];
    double[] o = new double[steps];
    for (int t = 0; t < steps; t++) {
      float before = t == 0 ? 0 : (float) (u[t - 1] * (1 - o[t - 1]));
      u[t] = LifPass.DECAY * before + in.getFloat(n, t, f);
      o[t] = u[t] >= 1 ? 1 : 0;
      check("spike", n, t, f, o[t], out.getDouble(n, t, f), 0);
    }
    double d = 0;
    for (int t = steps - 1; t >= 0; t--) {
      double x = Math.PI * (u[t] - 1);
      d = 1 / (1 + x * x) + LifPass.DECAY * (1 - o[t]) * d;
      check("gradient", n, t, f, d, dIn.getDouble(n, t, f), TOLERANCE * Math.abs(d));
    }
  }

  private static void check(
      String what, long n, long t, long f, double expected, double actual, double tolerance) {
    if (!(Math.abs(expected - actual) <= tolerance)) {
      throw new IllegalStateException(
          String.format("%s [%d, %d, %d]: expected %s, got %s", what, n, t, f, expected, actual));
    }
  }
}
