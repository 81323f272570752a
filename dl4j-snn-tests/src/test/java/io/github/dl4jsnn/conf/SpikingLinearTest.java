package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.position.CpgCode;
import io.github.dl4jsnn.position.RandomCode;
import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.NeuronModels;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.SpikingMaps;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** SpikingLinear: fused kernels, SameDiff definition and plain loops agree; both axes are told. */
@ExtendWith(QuietSameDiff.class)
class SpikingLinearTest {

  static Stream<Arguments> cases() {
    // N, T, L, nIn, nOut: one, primes, all different; the last has several blocks of positions
    int[][] sizes = {
      {3, 2, 5, 7, 4},
      {1, 1, 1, 3, 2},
      {1, 4, 1, 2, 1},
      {2, 1, 3, 1, 5},
      {5, 3, 2, 4, 6},
      {2, 3, 7, 5, 521},
      {37, 2, 3, 2, 3}
    };
    List<Arguments> cases = new ArrayList<>();
    for (int[] size : sizes) {
      for (int i = 0; i < 12; i++) {
        boolean code = i % 3 == 1;
        cases.add(
            arguments(
                size,
                (cases.size() + i) % 2 == 0 ? RNNFormat.NWC : RNNFormat.NCW,
                i % 2 == 1,
                i % 4 != 3,
                i % 3 == 2,
                code,
                i % 5 != 4));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0} {1} masked {2} training {3} repeated {4} code {5} normalised {6}")
  @MethodSource("cases")
  void fusedEqualsDefinition(
      int[] size,
      RNNFormat format,
      boolean masked,
      boolean training,
      boolean repeat,
      boolean code,
      boolean norm) {
    SpikingLinear.Builder b =
        new SpikingLinear.Builder()
            .nOut(size[4])
            .timeSteps(size[1])
            .batchNorm(norm)
            .hasBias(size[0] != 3)
            .batchNormDecay(0.7)
            .repeatInput(repeat)
            .positionalCode(code ? new RandomCode(3, 0.4, 2) : null);
    SpikingMaps.assertFusedEqualsDefinition(b, size, format, masked, training, DataType.DOUBLE);
  }

  static Stream<Arguments> neurons() {
    return NeuronModels.all().stream().map(n -> arguments(NeuronModels.name(n), n));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("neurons")
  void everyNeuron(String name, Neuron neuron) {
    SpikingLinear.Builder b = new SpikingLinear.Builder().nOut(5).timeSteps(3).neuron(neuron);
    int[] size = {3, 3, 4, 2, 5};
    SpikingMaps.assertFusedEqualsDefinition(b, size, RNNFormat.NWC, true, true, DataType.DOUBLE);
    b.repeatInput(true);
    SpikingMaps.assertFusedEqualsDefinition(b, size, RNNFormat.NCW, true, true, DataType.DOUBLE);
  }

  @Test
  void inFloat() {
    SpikingLinear.Builder b = new SpikingLinear.Builder().nOut(6).timeSteps(3);
    int[] size = {5, 3, 7, 4, 6};
    SpikingMaps.assertFusedEqualsDefinition(b, size, RNNFormat.NWC, true, true, DataType.FLOAT);
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void equalsPlainLoops(boolean masked, boolean code) {
    SpikingMaps.assertFusedEqualsPlainLoops(
        new SpikingLinear.Builder()
            .positionalCode(code ? CpgCode.builder().pairs(2).build() : null),
        new int[] {3, 4, 5, 2, 6},
        new int[] {0},
        masked);
  }

  /** Of entries p = t L + l, a layer with T and L exchanged takes others for one neuron's. */
  @Test
  void stepsAndPositionsAreTold() {
    INDArray x = Values.uniform(1, -1, 2, DataType.DOUBLE, 2, 15, 4);
    LayerRun right = run(linear().timeSteps(3), x, null);
    LayerRun swapped = run(linear().timeSteps(5), x, null);
    assertThat(swapped.output.distance2(right.output)).isGreaterThan(1);
  }

  @Test
  void positionsAreTakenOneByOneAtInference() {
    int T = 3;
    int L = 5;
    INDArray x = Values.uniform(1, -1, 2, DataType.DOUBLE, 7, T * L, 4);
    INDArray whole = infer(x);
    INDArray steps = x.reshape('c', 7, T, L, 4);
    for (int n = 0; n < 7; n++) {
      for (int l = 0; l < L; l++) {
        INDArray one = SpikingMaps.position(steps, n, l).reshape('c', 1, T, 4);
        INDArray expected = SpikingMaps.position(whole.reshape('c', 7, T, L, 6), n, l);
        Tolerances.assertIdentical("spikes", infer(one).reshape('c', T, 6), expected);
      }
    }
  }

  private static INDArray infer(INDArray x) {
    return Backends.layer(
            linear().timeSteps(3).build(),
            InputType.recurrent(4, x.size(1), RNNFormat.NWC),
            x,
            null,
            false)
        .output;
  }

  /** What stands in missing entries does not count. */
  @Test
  void missingEntriesDoNotCount() {
    INDArray x = Values.uniform(1, -1, 2, DataType.DOUBLE, 3, 12, 4);
    INDArray mask = Values.mask(3, 12, DataType.DOUBLE);
    INDArray other = x.mul(mask.reshape(3, 12, 1)).add(mask.rsub(1).reshape(3, 12, 1).mul(77));
    LayerRun a = run(linear().timeSteps(4), x, mask);
    LayerRun b = run(linear().timeSteps(4), other, mask);
    a.assertIdentical(b);
    assertThat(a.output.mul(mask.rsub(1).reshape(3, 12, 1)).maxNumber().doubleValue()).isZero();
    assertThat(a.inputGradient.mul(mask.rsub(1).reshape(3, 12, 1)).amaxNumber().doubleValue())
        .isZero();
  }

  @Test
  void lengthThatTDoesNotDivideIsRefused() {
    INDArray x = Values.uniform(1, -1, 2, DataType.DOUBLE, 2, 7, 4);
    assertThatThrownBy(() -> run(linear().timeSteps(3), x, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("SpikingLinear", "timeSteps = 3", "7", "repeatInput");
  }

  @Test
  void cpgLinearIsASpikingLinearWithCpgCode() {
    SpikingLinear layer = CpgLinear.builder().nOut(3).timeSteps(2).build();
    assertThat(layer.positionalCode()).isEqualTo(CpgCode.builder().build());
  }

  private static SpikingLinear.Builder linear() {
    return new SpikingLinear.Builder().nOut(6).backend(Backend.FUSED).neuron(neuron());
  }

  private static LifParameters neuron() {
    return LifParameters.builder().decay(0.7).threshold(0.4).build();
  }

  private static LayerRun run(SpikingLinear.Builder b, INDArray x, INDArray mask) {
    InputType type = InputType.recurrent(x.size(2), RNNFormat.NWC);
    return Backends.layer(b.build(), type, x, mask);
  }
}
