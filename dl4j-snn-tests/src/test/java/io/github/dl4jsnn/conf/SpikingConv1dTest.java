package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.conf.SpikingConv1d.Padding;
import io.github.dl4jsnn.testing.Backends;
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
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** SpikingConv1d: fused kernels, SameDiff definition and plain loops agree. */
@ExtendWith(QuietSameDiff.class)
class SpikingConv1dTest {

  static Stream<Arguments> cases() {
    // N, T, L, nIn, nOut, taps, dilation
    int[][] sizes = {
      {3, 2, 5, 7, 4, 3, 1},
      {1, 1, 1, 3, 2, 3, 1},
      {1, 4, 2, 2, 1, 2, 3},
      {2, 3, 7, 1, 5, 4, 2},
      {2, 1, 6, 4, 3, 1, 5}
    };
    List<Arguments> cases = new ArrayList<>();
    for (int[] size : sizes) {
      for (int i = 0; i < 8; i++) {
        cases.add(
            arguments(
                size,
                Padding.values()[i % 2],
                i % 3 == 0 ? RNNFormat.NCW : RNNFormat.NWC,
                i % 4 < 2,
                i % 5 == 2,
                i % 3 != 1));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0} {1} {2} masked {3} repeated {4} weight norm {5}")
  @MethodSource("cases")
  void fusedEqualsDefinition(
      int[] size,
      Padding padding,
      RNNFormat format,
      boolean masked,
      boolean repeat,
      boolean weightNorm) {
    SpikingConv1d.Builder b =
        conv(size[5], size[6], padding)
            .weightNorm(weightNorm)
            .nOut(size[4])
            .timeSteps(size[1])
            .repeatInput(repeat);
    SpikingMaps.assertFusedEqualsDefinition(b, size, format, masked, true, DataType.DOUBLE);
  }

  @Test
  void inFloatAtInference() {
    SpikingConv1d.Builder b = conv(3, 2, Padding.SAME).weightNorm(true).nOut(6).timeSteps(3);
    int[] size = {5, 3, 7, 4};
    SpikingMaps.assertFusedEqualsDefinition(b, size, RNNFormat.NWC, true, false, DataType.FLOAT);
  }

  static Stream<Arguments> offsets() {
    return Stream.of(
        arguments(3, 1, Padding.CAUSAL, new int[] {-2, -1, 0}, false),
        arguments(3, 1, Padding.SAME, new int[] {-1, 0, 1}, true),
        arguments(2, 3, Padding.CAUSAL, new int[] {-3, 0}, true),
        arguments(2, 3, Padding.SAME, new int[] {-1, 2}, false),
        arguments(4, 2, Padding.SAME, new int[] {-3, -1, 1, 3}, true),
        arguments(4, 5, Padding.CAUSAL, new int[] {-15, -10, -5, 0}, false));
  }

  @ParameterizedTest(name = "{0} taps, dilation {1} {2} masked {4}")
  @MethodSource("offsets")
  void equalsPlainLoops(int taps, int dilation, Padding padding, int[] offsets, boolean masked) {
    int[] size = {3, 4, 6, 2, 5};
    SpikingMaps.assertFusedEqualsPlainLoops(conv(taps, dilation, padding), size, offsets, masked);
  }

  /** Sparse enough for row sums, and for none. */
  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.2, 0.9})
  void spikesOfAnyDensity(double density) {
    SpikingConv1d layer = conv(3, 1, Padding.CAUSAL).nOut(40).timeSteps(3).build();
    INDArray x = Values.binary(1, density, DataType.DOUBLE, 7, 33, 19);
    InputType type = InputType.recurrent(19, RNNFormat.NWC);
    SpikingConv1d defined =
        conv(3, 1, Padding.CAUSAL).nOut(40).timeSteps(3).backend(Backend.SAMEDIFF).build();
    Backends.layer(layer, type, x, null)
        .assertGradientsClose(Backends.layer(defined, type, x, null), 3 * Tolerances.DOUBLE);
  }

  /** No later position, and none of another step or example, has an effect. */
  @Test
  void causalPositionsDoNotSeeWhatFollows() {
    int T = 2;
    int L = 5;
    INDArray x = Values.uniform(1, -1, 2, DataType.DOUBLE, 3, T * L, 4);
    INDArray y = infer(x);
    INDArray changed = x.dup();
    changed
        .get(NDArrayIndex.point(1), NDArrayIndex.point(L + 2), NDArrayIndex.all())
        .addi(3); // step 1, position 2 of example 1
    INDArray difference = infer(changed).sub(y).reshape('c', 3, T, L, 6);
    for (int n = 0; n < 3; n++) {
      for (int l = 0; l < L; l++) {
        INDArray steps = SpikingMaps.position(difference, n, l);
        boolean reached = n == 1 && l >= 2 && l <= 4;
        assertThat(steps.getRow(0).amaxNumber().doubleValue()).as("step 0").isZero();
        if (!reached) {
          assertThat(steps.amaxNumber().doubleValue()).as(n + ", " + l).isZero();
        }
      }
    }
    assertThat(difference.amaxNumber().doubleValue()).isPositive();
  }

  private static INDArray infer(INDArray x) {
    return Backends.layer(
            conv(3, 1, Padding.CAUSAL).nOut(6).timeSteps(2).build(),
            InputType.recurrent(4, x.size(1), RNNFormat.NWC),
            x,
            null,
            false)
        .output;
  }

  private static SpikingConv1d.Builder conv(int taps, int dilation, Padding padding) {
    return new SpikingConv1d.Builder()
        .kernelSize(taps)
        .dilation(dilation)
        .padding(padding)
        .backend(Backend.FUSED);
  }
}
