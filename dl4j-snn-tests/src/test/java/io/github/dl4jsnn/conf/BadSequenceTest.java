package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.Values;
import java.util.Arrays;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Sequences that normalisation, dropout and rate regularisation cannot take. */
class BadSequenceTest {
  private static final int N = 3;
  private static final int T = 4;
  private static final int F = 5;
  private static final DataType TYPE = DataType.FLOAT;

  static Stream<Layer> layers() {
    return Stream.concat(
        Arrays.stream(BatchNormEquivalenceTest.Kind.values())
            .map(kind -> (Layer) kind.builder().name("it").build()),
        Stream.of(
            new SpikeDropoutLayer.Builder().name("it").build(),
            new FiringRateRegularizationLayer.Builder().name("it").build()));
  }

  private static void assertRefused(Layer layer, INDArray x, INDArray mask, String... message) {
    for (boolean training : new boolean[] {true, false}) {
      assertThatThrownBy(
              () ->
                  Backends.layer(
                      layer.clone(), InputType.recurrent(F, T, RNNFormat.NWC), x, mask, training))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("\"it\"")
          .hasMessageContainingAll(message);
    }
  }

  private static INDArray sequence() {
    return Values.uniform(1, 0, 1, TYPE, N, T, F);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void rankTwo(Layer layer) {
    assertRefused(layer, Nd4j.ones(TYPE, N, F), null, "rank [3]", "[3, 5]");
  }

  /** Dropout multiplies whatever comes; what follows notices. */
  static Stream<Arguments> checkedValues() {
    return layers()
        .filter(l -> !(l instanceof SpikeDropoutLayer))
        .flatMap(
            l ->
                Stream.of(Double.NaN, Double.NEGATIVE_INFINITY, 1 / 0.0).map(v -> arguments(l, v)));
  }

  @ParameterizedTest
  @MethodSource("checkedValues")
  void notANumber(Layer layer, double value) {
    assertRefused(layer, sequence().putScalar(2, 3, 4, value), null, "NaN", "infinite");
  }

  /** What is masked is not looked at. */
  @ParameterizedTest
  @MethodSource("checkedValues")
  void notANumberInAMissingStep(Layer layer, double value) {
    INDArray mask = Nd4j.ones(TYPE, N, T).putScalar(2, 3, 0);
    INDArray out =
        Backends.layer(
                layer.clone(),
                InputType.recurrent(F, T, RNNFormat.NWC),
                sequence().putScalar(2, 3, 4, value),
                mask)
            .output;
    if (!(layer instanceof FiringRateRegularizationLayer)) {
      org.assertj.core.api.Assertions.assertThat(Values.of(out)).doesNotContain(value, Double.NaN);
    }
  }

  static Stream<Layer> batchNorms() {
    return layers().filter(l -> l instanceof AbstractTemporalBatchNormLayer);
  }

  @ParameterizedTest
  @MethodSource("batchNorms")
  void otherNumberOfFeatures(Layer layer) {
    assertRefused(
        layer, Nd4j.ones(TYPE, N, T, 2), null, "expected 5 features", "got 2", "[3, 4, 2]", "NWC");
  }

  @ParameterizedTest
  @MethodSource("batchNorms")
  void maskOfAnotherShape(Layer layer) {
    assertRefused(layer, sequence(), Nd4j.ones(TYPE, N, F), "[N, T] = [3, 4]", "[3, 5]");
  }

  @ParameterizedTest
  @MethodSource("batchNorms")
  void otherNumberOfSteps(Layer layer) {
    INDArray x = Nd4j.ones(TYPE, N, 6, F);
    if (layer instanceof AbstractStepwiseBatchNormLayer) {
      assertRefused(layer, x, null, "expected 4 time steps", "got 6", "[3, 6, 5]", "NWC");
    } else {
      Backends.layer(layer.clone(), InputType.recurrent(F, T, RNNFormat.NWC), x, null);
    }
  }

  /** Squares beyond the range of a float would otherwise come out as a current of 0. */
  @ParameterizedTest
  @MethodSource("batchNorms")
  void tooLargeToSquare(Layer layer) {
    INDArray x = sequence().muli(1e30);
    assertThatThrownBy(
            () -> Backends.layer(layer.clone(), InputType.recurrent(F, T, RNNFormat.NWC), x, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("\"it\"", "too large");
  }
}
