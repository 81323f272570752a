package io.github.dl4jsnn.benchmark;

import io.github.dl4jsnn.internal.op.NeuronOp;
import io.github.dl4jsnn.neuron.AdaptiveLif;
import io.github.dl4jsnn.neuron.ExponentialIf;
import io.github.dl4jsnn.neuron.GatedLif;
import io.github.dl4jsnn.neuron.Izhikevich;
import io.github.dl4jsnn.neuron.KLif;
import io.github.dl4jsnn.neuron.LeakyIntegrator;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.NeuronConstant;
import io.github.dl4jsnn.neuron.ParametricLif;
import io.github.dl4jsnn.neuron.QuadraticIf;
import io.github.dl4jsnn.neuron.Recurrence;
import io.github.dl4jsnn.neuron.Sharing;
import io.github.dl4jsnn.neuron.SynapticLif;
import java.util.HashMap;
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
 * Each model of a neuron over all steps, forward and backward, to be held against {@code LIF}: all
 * with the rectangular surrogate, their defaults and currents uniform in [0, 1). {@code
 * docs/studies/neurons-speed.csv} is written by
 *
 * <pre>
 * mvn -B -q -pl dl4j-snn-tests -am -Pbenchmark -Dbench=NeuronBenchmark \
 *     -Dbench.args="-rf csv -rff ../docs/studies/neurons-speed.csv" process-test-classes
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 3,
    jvmArgs = {"-Xms2g", "-Xmx2g"})
@Warmup(iterations = 6, time = 2)
@Measurement(iterations = 6, time = 2)
public class NeuronBenchmark {
  /** T x N x F. */
  @Param({"10x2708x400"})
  public String shape;

  @Param({
    "LIF",
    "PLIF",
    "PLIF_FIXED",
    "LIF_ONE_TO_ONE",
    "KLIF",
    "ALIF",
    "SYNAPTIC",
    "GLIF",
    "QIF",
    "EIF",
    "IZHIKEVICH",
    "INTEGRATOR"
  })
  public String neuron;

  private final Map<String, INDArray> params = new HashMap<>();
  private final Map<String, INDArray> gradients = new HashMap<>();
  private NeuronOp op;
  private INDArray in;
  private INDArray gradient;
  private INDArray out;
  private INDArray dIn;

  @Setup
  public void setup() {
    String[] size = shape.split("x");
    long steps = Long.parseLong(size[0]);
    long examples = Long.parseLong(size[1]);
    long features = Long.parseLong(size[2]);
    Nd4j.getRandom().setSeed(0);
    in = Nd4j.rand(DataType.FLOAT, examples, steps, features);
    gradient = Nd4j.ones(DataType.FLOAT, examples, steps, features);
    out = Nd4j.createUninitialized(DataType.FLOAT, examples, steps, features);
    dIn = Nd4j.createUninitialized(DataType.FLOAT, examples, steps, features);
    Neuron model = model();
    Recurrence recurrence =
        neuron.equals("LIF_ONE_TO_ONE") ? Recurrence.ONE_TO_ONE : Recurrence.NONE;
    for (NeuronConstant c : model.constants()) {
      if (c.trained()) {
        long n = c.sharing() == Sharing.LAYER ? 1 : features;
        params.put(c.name(), Nd4j.valueArrayOf(n, c.range().parameter(c.value())).castTo(type()));
        gradients.put(c.name(), Nd4j.zeros(type(), n));
      }
    }
    if (recurrence != Recurrence.NONE) {
      params.put(NeuronOp.RECURRENT_WEIGHTS, Nd4j.zeros(type(), features));
      gradients.put(NeuronOp.RECURRENT_WEIGHTS, Nd4j.zeros(type(), features));
    }
    op = NeuronOp.create("NeuronBenchmark", model, recurrence, type());
  }

  private static DataType type() {
    return DataType.FLOAT;
  }

  private Neuron model() {
    switch (neuron) {
      case "LIF":
        return LifParameters.defaults();
      case "PLIF":
        return ParametricLif.builder().build();
      case "PLIF_FIXED":
      case "LIF_ONE_TO_ONE":
        return ParametricLif.of(LifParameters.defaults());
      case "KLIF":
        return KLif.builder().build();
      case "ALIF":
        return AdaptiveLif.builder().build();
      case "SYNAPTIC":
        return SynapticLif.builder().build();
      case "GLIF":
        return GatedLif.builder().build();
      case "QIF":
        return QuadraticIf.builder().build();
      case "EIF":
        return ExponentialIf.builder().build();
      case "IZHIKEVICH":
        return Izhikevich.builder().build();
      default:
        return new LeakyIntegrator(0.5);
    }
  }

  @Benchmark
  public INDArray forwardBackward() {
    op.forward(in, null, params, null, null, out);
    op.backward(in, null, params, null, gradient, gradients, dIn);
    return dIn;
  }
}
