package io.github.dl4jsnn.benchmark;

import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.BpsaSurrogate;
import io.github.dl4jsnn.neuron.ErfSurrogate;
import io.github.dl4jsnn.neuron.FakeNumericalGradientSurrogate;
import io.github.dl4jsnn.neuron.FastSigmoidSurrogate;
import io.github.dl4jsnn.neuron.LeakyKReluSurrogate;
import io.github.dl4jsnn.neuron.LogTailedReluSurrogate;
import io.github.dl4jsnn.neuron.NonzeroSignLogAbsSurrogate;
import io.github.dl4jsnn.neuron.PiecewiseExpSurrogate;
import io.github.dl4jsnn.neuron.PiecewiseLeakyReluSurrogate;
import io.github.dl4jsnn.neuron.QPseudoSpikeSurrogate;
import io.github.dl4jsnn.neuron.RectangularSurrogate;
import io.github.dl4jsnn.neuron.S2nnSurrogate;
import io.github.dl4jsnn.neuron.SigmoidSurrogate;
import io.github.dl4jsnn.neuron.SoftSignSurrogate;
import io.github.dl4jsnn.neuron.SquarewaveFourierSurrogate;
import io.github.dl4jsnn.neuron.StraightThroughSurrogate;
import io.github.dl4jsnn.neuron.SuperSpikeSurrogate;
import io.github.dl4jsnn.neuron.Surrogate;
import io.github.dl4jsnn.neuron.TriangularSurrogate;
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
 * LIF neurons, forward and backward, with each surrogate at its default constants; to be read
 * relative to the rectangular one. {@code docs/studies/surrogates-speed.csv} is written by
 *
 * <pre>
 * mvn -B -q -pl dl4j-snn-tests -am -Pbenchmark -Dbench=SurrogateBenchmark \
 *     -Dbench.args="-rf csv -rff ../docs/studies/surrogates-speed.csv" process-test-classes
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 3,
    jvmArgs = {"-Xms2g", "-Xmx2g"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SurrogateBenchmark {

  /** The library's surrogates. */
  public enum Kind {
    RECTANGULAR(new RectangularSurrogate()),
    ARCTAN(new ArctanSurrogate()),
    SIGMOID(new SigmoidSurrogate()),
    FAST_SIGMOID(new FastSigmoidSurrogate()),
    SUPER_SPIKE(new SuperSpikeSurrogate()),
    SOFT_SIGN(new SoftSignSurrogate()),
    TRIANGULAR(new TriangularSurrogate()),
    PIECEWISE_EXP(new PiecewiseExpSurrogate()),
    ERF(new ErfSurrogate()),
    NONZERO_SIGN_LOG_ABS(new NonzeroSignLogAbsSurrogate()),
    PIECEWISE_LEAKY_RELU(new PiecewiseLeakyReluSurrogate()),
    SQUAREWAVE_FOURIER(new SquarewaveFourierSurrogate()),
    S2NN(new S2nnSurrogate()),
    Q_PSEUDO_SPIKE(new QPseudoSpikeSurrogate()),
    LEAKY_K_RELU(new LeakyKReluSurrogate()),
    FAKE_NUMERICAL_GRADIENT(new FakeNumericalGradientSurrogate()),
    LOG_TAILED_RELU(new LogTailedReluSurrogate()),
    STRAIGHT_THROUGH(new StraightThroughSurrogate()),
    BPSA(new BpsaSurrogate());

    private final Surrogate surrogate;

    Kind(Surrogate surrogate) {
      this.surrogate = surrogate;
    }
  }

  /** All. */
  @Param public Kind surrogate;

  /** T x N x F. */
  @Param("10x2708x400")
  public String shape;

  private LifPass pass;

  @Setup
  public void setup() {
    pass = new LifPass(shape, surrogate.surrogate);
  }

  @Benchmark
  public INDArray lif() {
    return pass.run();
  }
}
