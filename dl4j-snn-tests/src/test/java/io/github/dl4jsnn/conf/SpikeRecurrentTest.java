package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.ParametricLif;
import io.github.dl4jsnn.neuron.Reset;
import io.github.dl4jsnn.neuron.ResetGradient;
import io.github.dl4jsnn.neuron.Sharing;
import io.github.dl4jsnn.position.CpgCode;
import io.github.dl4jsnn.position.PositionalCode;
import io.github.dl4jsnn.position.SinusoidalCode;
import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.PlainSpikeRecurrent;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Recurrence over positions: fused kernels equal the SameDiff definition and plain loops, and the
 * two axes, T and L, are not exchanged.
 */
@ExtendWith(QuietSameDiff.class)
class SpikeRecurrentTest {
  private static final LifParameters LIF =
      LifParameters.builder()
          .decay(0.7)
          .threshold(0.4)
          .surrogate(new ArctanSurrogate())
          .resetGradient(ResetGradient.EXACT)
          .build();
  private static final LifParameters SOFT = LIF.toBuilder().reset(Reset.SOFT).build();
  private static final LifParameters DETACHED =
      LIF.toBuilder().resetGradient(ResetGradient.DETACHED).build();
  private static final Neuron PLIF =
      ParametricLif.builder()
          .threshold(0.4)
          .trainDecay(Sharing.FEATURE)
          .trainThreshold(Sharing.LAYER)
          .build();
  private static final PositionalCode CPG = CpgCode.builder().pairs(3).period(20).eta(1).build();

  /** N, T, L, nIn, nOut. */
  static Stream<Arguments> cases() {
    return Stream.of(
        arguments(LIF, new int[] {3, 2, 5, 4, 7}, true, true, CPG),
        arguments(DETACHED, new int[] {2, 3, 4, 11, 5}, true, false, null),
        arguments(SOFT, new int[] {5, 4, 3, 1, 2}, false, true, CPG),
        arguments(PLIF, new int[] {2, 3, 7, 5, 4}, true, true, null),
        arguments(PLIF, new int[] {2, 1, 3, 2, 3}, false, true, CPG),
        arguments(LIF, new int[] {1, 1, 1, 1, 1}, false, true, new SinusoidalCode(1)),
        arguments(LIF, new int[] {1, 1, 4, 1, 1}, true, false, null),
        arguments(LIF, new int[] {7, 5, 1, 3, 2}, false, true, null));
  }

  @ParameterizedTest(name = "{0} {1} masked {2} bias {3} {4}")
  @MethodSource("cases")
  void fusedEqualsDefinition(
      Neuron neuron, int[] size, boolean masked, boolean bias, PositionalCode code) {
    for (RNNFormat format : RNNFormat.values()) {
      int length = size[1] * size[2];
      INDArray x = Values.uniform(1, -1, 2, DataType.DOUBLE, size[0], length, size[3]);
      INDArray mask = masked ? Values.mask(size[0], length, DataType.DOUBLE) : null;
      SpikeRecurrent.Builder b =
          new SpikeRecurrent.Builder()
              .nOut(size[4])
              .timeSteps(size[1])
              .neuron(neuron)
              .hasBias(bias)
              .positionalCode(code);
      InputType type = InputType.recurrent(size[3], length, format);
      INDArray in = format == RNNFormat.NCW ? x.permute(0, 2, 1).dup('c') : x;
      LayerRun fused = Backends.layer(b.backend(Backend.FUSED).build(), type, in, mask);
      LayerRun defined = Backends.layer(b.backend(Backend.SAMEDIFF).build(), type, in, mask);
      Tolerances.assertClose("output", fused.output, defined.output, Tolerances.DOUBLE);
      fused.assertGradientsClose(defined, Tolerances.DOUBLE);
    }
  }

  @ParameterizedTest(name = "{0} {1} masked {2} bias {3} {4}")
  @MethodSource("cases")
  void fusedEqualsPlainLoops(
      Neuron neuron, int[] size, boolean masked, boolean bias, PositionalCode code) {
    if (!(neuron instanceof LifParameters)) {
      return;
    }
    Plain plain = new Plain(size, code, bias, masked);
    LayerRun fused = plain.fused((LifParameters) neuron, DataType.DOUBLE);
    plain.run((LifParameters) neuron);
    // H(x) of a spike has no tolerance
    assertThat(Values.of(fused.output)).isEqualTo(Values.of(plain.output));
    Tolerances.assertClose("dx", fused.inputGradient, plain.dx, Tolerances.DOUBLE);
    plain.gradients.forEach(
        (name, g) -> Tolerances.assertClose(name, fused.gradients.get(name), g, Tolerances.DOUBLE));
    assertThat(fused.gradients.keySet()).isEqualTo(plain.gradients.keySet());
  }

  @Test
  void inFloatAsInDouble() {
    Plain plain = new Plain(new int[] {3, 2, 5, 13, 7}, CPG, true, true);
    LayerRun single = plain.fused(LIF, DataType.FLOAT);
    LayerRun twice = plain.fused(LIF, DataType.DOUBLE);
    assertThat(Values.of(single.output)).isEqualTo(Values.of(twice.output));
    twice.gradients.forEach(
        (name, g) ->
            Tolerances.assertClose(
                name,
                single.gradients.get(name).castTo(DataType.DOUBLE),
                g,
                10 * Tolerances.FLOAT));
  }

  /** Weights, data and plain results of one case. */
  private static final class Plain {
    private final int N;
    private final int T;
    private final int S;
    private final int H;
    private final INDArray x;
    private final INDArray mask;
    private final PositionalCode code;
    private final Map<String, INDArray> params = new LinkedHashMap<>();
    private final Map<String, INDArray> gradients = new LinkedHashMap<>();
    private final INDArray g;
    private INDArray output;
    private INDArray dx;

    private Plain(int[] size, PositionalCode code, boolean bias, boolean masked) {
      DataType type = DataType.DOUBLE;
      N = size[0];
      T = size[1];
      S = T * size[2];
      H = size[4];
      this.code = code;
      x = Values.uniform(1, -1, 2, type, N, S, size[3]);
      mask = masked ? Values.mask(N, S, type) : Nd4j.ones(type, N, S);
      g = Values.uniform(9, -1, 1, type, N, S, H);
      params.put("W", Values.uniform(2, -0.5, 0.7, type, size[3], H));
      params.put("RW", Values.uniform(3, -0.8, 1, type, H, H));
      if (bias) {
        params.put("b", Values.uniform(4, -0.2, 0.3, type, H));
      }
      if (code != null) {
        params.put("W2", Values.uniform(5, -0.4, 0.4, type, code.width(), H));
      }
    }

    private LayerRun fused(LifParameters neuron, DataType type) {
      Map<String, INDArray> cast = new LinkedHashMap<>();
      params.forEach((name, p) -> cast.put(name, p.castTo(type)));
      return Backends.layer(
          new SpikeRecurrent.Builder()
              .nOut(H)
              .timeSteps(T)
              .neuron(neuron)
              .hasBias(params.containsKey("b"))
              .positionalCode(code)
              .backend(Backend.FUSED)
              .build(),
          InputType.recurrent(x.size(2), S, RNNFormat.NWC),
          x.castTo(type),
          mask.castTo(type),
          cast,
          g.castTo(type));
    }

    private void run(LifParameters neuron) {
      double[][] w = params.get("W").toDoubleMatrix();
      double[][] u = params.get("RW").toDoubleMatrix();
      INDArray offset = Nd4j.zeros(DataType.DOUBLE, S, H);
      INDArray codes = code == null ? null : code.codes(S, DataType.DOUBLE);
      if (codes != null) {
        offset.addi(codes.mmul(params.get("W2")));
      }
      if (params.containsKey("b")) {
        offset.addiRowVector(params.get("b"));
      }
      params.forEach((name, p) -> gradients.put(name, p.like()));
      output = g.like();
      dx = x.like();
      for (int n = 0; n < N; n++) {
        boolean[] present = new boolean[S];
        for (int p = 0; p < S; p++) {
          present[p] = mask.getDouble(n, p) != 0;
        }
        PlainSpikeRecurrent one =
            new PlainSpikeRecurrent(
                neuron, T, matrix(x, n), w, u, offset.toDoubleMatrix(), present);
        one.backward(matrix(g, n));
        put(output, n, one.spikes);
        put(dx, n, one.dx);
        gradients.get("W").addi(Nd4j.createFromArray(one.dw));
        gradients.get("RW").addi(Nd4j.createFromArray(one.du));
        INDArray dz = Nd4j.createFromArray(one.dz);
        if (params.containsKey("b")) {
          gradients.get("b").addi(dz.sum(0));
        }
        if (codes != null) {
          gradients.get("W2").addi(codes.transpose().mmul(dz));
        }
      }
    }

    private static double[][] matrix(INDArray a, int n) {
      return a.slice(n).dup('c').toDoubleMatrix();
    }

    private static void put(INDArray a, int n, double[][] m) {
      a.slice(n).assign(Nd4j.createFromArray(m));
    }
  }

  /** Each neuron fires at its own impulse and hands the spike on, step by step, to the right. */
  @Test
  void theRecurrenceRunsOverPositionsAndTheMembraneOverSteps() {
    int T = 3;
    int L = 4;
    INDArray x = Nd4j.zeros(DataType.FLOAT, 1, T * L, 1);
    x.putScalar(0, 1 * L + 1, 0, 1); // step 1 at position 1
    SpikeRecurrent layer =
        new SpikeRecurrent.Builder()
            .nOut(1)
            .timeSteps(T)
            .neuron(LifParameters.builder().decay(0.6).threshold(1).build())
            .build();
    Map<String, INDArray> copies =
        Map.of(
            "W", Values.array(new double[] {1}, DataType.FLOAT, 1, 1),
            "RW", Values.array(new double[] {1}, DataType.FLOAT, 1, 1));
    double[] out = Values.of(run(layer, x, copies));
    double[] expected = new double[T * L];
    expected[L + 1] = 1;
    expected[L + 2] = 1;
    expected[L + 3] = 1;
    assertThat(out).isEqualTo(expected);

    // half of the threshold twice: in two steps of one position, not at two positions of one step
    x.assign(0);
    x.putScalar(0, 2, 0, 0.7);
    x.putScalar(0, L + 2, 0, 0.7);
    x.putScalar(0, 2 * L, 0, 0.7);
    x.putScalar(0, 2 * L + 1, 0, 0.7);
    double[] twice = new double[T * L];
    twice[L + 2] = 1; // 0.6 * 0.7 + 0.7
    twice[L + 3] = 1;
    assertThat(Values.of(run(layer, x, copies))).isEqualTo(twice);
  }

  private static INDArray run(SpikeRecurrent layer, INDArray x, Map<String, INDArray> params) {
    InputType type = InputType.recurrent(x.size(2), x.size(1), RNNFormat.NWC);
    INDArray g = Nd4j.zeros(x.dataType(), x.size(0), x.size(1), layer.getNOut());
    return Backends.layer(layer, type, x, params, g).output;
  }

  /** Wide enough for row sums and products to be chosen. */
  @Test
  void examplesDoNotDependOnThoseBesideThem() {
    SpikeRecurrent layer = layer(97, 3).build();
    INDArray x = Values.binary(1, 0.1, DataType.FLOAT, 7, 3 * 5, 53);
    InputType type = InputType.recurrent(53, 15, RNNFormat.NWC);
    INDArray whole = Backends.layer(layer, type, x, null).output;
    for (int[] part : new int[][] {{0, 2}, {2, 7}, {6, 7}}) {
      INDArray some = x.get(NDArrayIndex.interval(part[0], part[1])).dup();
      Tolerances.assertIdentical(
          "examples from " + part[0],
          Backends.layer(layer, type, some, null).output,
          whole.get(NDArrayIndex.interval(part[0], part[1])).dup());
    }
  }

  private static SpikeRecurrent.Builder layer(int nOut, int timeSteps) {
    return new SpikeRecurrent.Builder()
        .nOut(nOut)
        .timeSteps(timeSteps)
        .neuron(LIF)
        .positionalCode(null)
        .backend(Backend.FUSED);
  }

  /** Padding at the end and at the start, whatever it holds. */
  @Test
  void paddedExamplesAreWhatTheyAreAtTheirOwnLength() {
    int T = 3;
    int L = 7;
    int[] lengths = {7, 4, 1};
    SpikeRecurrent layer = layer(5, T).build();
    INDArray x = Values.uniform(1, -1, 2, DataType.DOUBLE, 3, T * L, 4);
    for (boolean atEnd : new boolean[] {true, false}) {
      INDArray mask = Nd4j.zeros(DataType.DOUBLE, 3, T * L);
      INDArray padded = x.dup();
      for (int n = 0; n < 3; n++) {
        for (int p = 0; p < T * L; p++) {
          int l = p % L;
          boolean there = atEnd ? l < lengths[n] : l >= L - lengths[n];
          mask.putScalar(n, p, there ? 1 : 0);
          if (!there) {
            padded.putScalar(n, p, 2, Double.NaN);
          }
        }
      }
      LayerRun all = Backends.layer(layer, type(4, T * L), padded, mask);
      assertThat(all.inputGradient.sumNumber().doubleValue()).isFinite();
      for (int n = 0; n < 3; n++) {
        int first = atEnd ? 0 : L - lengths[n];
        INDArray own = positions(x, n, T, L, first, lengths[n]);
        LayerRun alone = Backends.layer(layer, type(4, T * lengths[n]), own, null);
        Tolerances.assertIdentical(
            "example " + n, positions(all.output, n, T, L, first, lengths[n]), alone.output);
        assertThat(all.output.slice(n).sumNumber()).isEqualTo(alone.output.sumNumber());
      }
    }
  }

  private static InputType type(int features, int length) {
    return InputType.recurrent(features, length, RNNFormat.NWC);
  }

  private static INDArray positions(INDArray a, int n, int T, int L, int first, int count) {
    INDArray steps = a.slice(n).dup('c').reshape(T, L, a.size(2));
    return steps
        .get(NDArrayIndex.all(), NDArrayIndex.interval(first, first + count), NDArrayIndex.all())
        .dup('c')
        .reshape(1, (long) T * count, a.size(2));
  }

  @Test
  void errorsNameTheLayer() {
    SpikeRecurrent layer = layer(5, 4).name("rnn").build();
    INDArray odd = Nd4j.ones(DataType.FLOAT, 2, 10, 3);
    assertThatThrownBy(() -> layer.getOutputType(0, type(3, 10)))
        .hasMessageContainingAll("\"rnn\"", "T = 4", "length 10");
    assertThatThrownBy(() -> Backends.layer(layer, type(3, 8), odd, null))
        .hasMessageContainingAll("\"rnn\"", "T = 4", "length 10");
    assertThatThrownBy(() -> layer.getOutputType(0, InputType.feedForward(3)))
        .hasMessageContainingAll("\"rnn\"", "sequence");
    INDArray nan = Nd4j.ones(DataType.FLOAT, 2, 8, 3);
    nan.putScalar(1, 7, 2, Double.NaN);
    assertThatThrownBy(() -> Backends.layer(layer, type(3, 8), nan, null))
        .hasMessageContainingAll("\"rnn\"", "example 1", "NaN");
  }
}
