package io.github.dl4jsnn.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.internal.kernel.CounterRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@link BernoulliEncoder} and {@link PoissonEncoder}: rates, draws, streams. */
class RandomEncoderTest {

  private static final int N = 200;
  private static final int T = 100;
  private static final float[] VALUES = {0, 0.01f, 0.25f, 0.5f, 0.75f, 0.99f, 1};

  static Stream<SpikeEncoder> encoders() {
    return Stream.of(new BernoulliEncoder(11), new PoissonEncoder(11, 2));
  }

  private static INDArray constant(double value) {
    return Nd4j.valueArrayOf(new long[] {40, 25}, value, DataType.FLOAT);
  }

  @Test
  void bernoulliSpikesWithTheProbabilityOfTheValue() {
    assertRates(new BernoulliEncoder(5), x -> x);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1, 3.5})
  void poissonSpikesWithTheProbabilityOfAtLeastOneEvent(double maxRate) {
    assertRates(new PoissonEncoder(5, maxRate), x -> 1 - Math.exp(-maxRate * x));
  }

  /**
   * Every value fills one column; over N*T coins the rate lies within 4 standard deviations of its
   * expectation.
   */
  private static void assertRates(SpikeEncoder encoder, DoubleUnaryOperator probability) {
    INDArray x = Nd4j.createFromArray(VALUES).reshape(1, VALUES.length).repeat(0, N);
    INDArray rates = encoder.encode(x, T, 1).mean(0, 1);
    for (int f = 0; f < VALUES.length; f++) {
      double p = probability.applyAsDouble(VALUES[f]);
      double sigma = Math.sqrt(p * (1 - p) / (N * T));
      assertThat(rates.getDouble(f)).as("rate at %s", VALUES[f]).isCloseTo(p, within(4 * sigma));
    }
  }

  @Test
  void spikeComparesTheValueWithTheNumberOfItsFlatPosition() {
    double[][] x = {{0.2, 0.7, 0.4}, {0.9, 0.5, 0.1}};
    INDArray spikes = new BernoulliEncoder(3).encode(Nd4j.createFromArray(x), 4, 6);
    long stream = CounterRandom.mix(3, 6);
    for (int n = 0; n < 2; n++) {
      for (int t = 0; t < 4; t++) {
        for (int f = 0; f < 3; f++) {
          boolean spike = CounterRandom.uniform(stream, (n * 4 + t) * 3 + f) < x[n][f];
          assertThat(spikes.getDouble(n, t, f)).isEqualTo(spike ? 1 : 0);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void drawsAreIndependentSamples(SpikeEncoder encoder) {
    INDArray one = encoder.encode(constant(0.4), T, 0);
    INDArray next = encoder.encode(constant(0.4), T, 1);
    assertIndependent(one, next);
  }

  @Test
  void seedsAreIndependentSamples() {
    INDArray x = constant(0.4);
    assertIndependent(
        new BernoulliEncoder(0).encode(x, T, 0), new BernoulliEncoder(1).encode(x, T, 0));
    assertIndependent(
        new PoissonEncoder(0, 1).encode(x, T, 0), new PoissonEncoder(1, 1).encode(x, T, 0));
  }

  /**
   * Coincidences of independent spikes: their share is the product of the rates, within 4 standard
   * deviations.
   */
  private static void assertIndependent(INDArray a, INDArray b) {
    assertThat(a).isNotEqualTo(b);
    double expected = a.meanNumber().doubleValue() * b.meanNumber().doubleValue();
    double sigma = Math.sqrt(expected * (1 - expected) / a.length());
    assertThat(a.mul(b).meanNumber().doubleValue()).isCloseTo(expected, within(4 * sigma));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void poissonRejectsARateThatIsNone(double maxRate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PoissonEncoder(1, maxRate))
        .withMessageContaining("maxRate")
        .withMessageContaining(Double.toString(maxRate));
  }
}
