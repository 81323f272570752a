package io.github.dl4jsnn.encode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RateEncoderTest {

  private static final int MAX = 32;

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void everyCountForEveryLengthIsExactAndEvenlySpaced(DataType type) {
    for (int timeSteps = 1; timeSteps <= MAX; timeSteps++) {
      INDArray spikes = new RateEncoder().encode(allFractions(timeSteps, type), timeSteps);
      for (int n = 0; n <= timeSteps; n++) {
        int count = 0;
        for (int t = 0; t < timeSteps; t++) {
          int expected = (t + 1) * n / timeSteps - t * n / timeSteps;
          assertThat(spikes.getDouble(0, t, n))
              .as("T=%d n=%d t=%d", timeSteps, n, t)
              .isEqualTo(expected);
          count += expected;
        }
        assertThat(count).isEqualTo(n);
      }
    }
  }

  /** Row 0, T, ..., T/T: the values that n spikes in T steps stand for. */
  private static INDArray allFractions(int timeSteps, DataType type) {
    INDArray x = Nd4j.create(type, 1, timeSteps + 1);
    for (int n = 0; n <= timeSteps; n++) {
      x.putScalar(0, n, (double) n / timeSteps);
    }
    return x;
  }

  @ParameterizedTest(name = "x={0}, T={1}: {2}")
  @CsvSource({
    "0.49, 1, 0",
    "0.5, 1, 1",
    "0.125, 4, 1",
    "0.124, 4, 0",
    "0.4, 8, 3",
    "0.999, 10, 10"
  })
  void countIsRoundedToTheNearestHalvesUp(double x, int timeSteps, double count) {
    INDArray spikes =
        new RateEncoder()
            .encode(Nd4j.valueArrayOf(new long[] {1, 1}, x, DataType.DOUBLE), timeSteps);
    assertThat(spikes.sumNumber().doubleValue()).isEqualTo(count);
  }

  @Test
  void everyFeatureHasItsOwnTrain() {
    INDArray x = Nd4j.createFromArray(new float[][] {{0.5f, 1}, {0.25f, 0}});
    assertThat(new RateEncoder().encode(x, 4).data().asFloat())
        .containsExactly(0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 0);
  }

  @Test
  void longTrainsKeepTheirCount() {
    INDArray x = Nd4j.createFromArray(new double[][] {{1.0 / 3}});
    assertThat(new RateEncoder().encode(x, 1_000_000).sumNumber().intValue()).isEqualTo(333_333);
  }
}
