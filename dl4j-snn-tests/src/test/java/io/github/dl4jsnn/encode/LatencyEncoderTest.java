package io.github.dl4jsnn.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LatencyEncoderTest {

  @ParameterizedTest(name = "T={0}, x={1}: step {2}")
  @CsvSource({
    "1, 1, 0",
    "1, 0.001, 0",
    "2, 0.75, 0",
    "2, 0.5, 1",
    "5, 1, 0",
    "5, 0.75, 1",
    "5, 0.5, 2",
    "5, 0.25, 3",
    "5, 0.001, 4",
    "5, 0.7, 1",
    "5, 0.6, 2",
    "9, 0.3125, 6",
    "11, 0.3, 7"
  })
  void spikesOnceAtTheStepOfItsValue(int timeSteps, double x, int step) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      INDArray spikes =
          new LatencyEncoder().encode(Nd4j.valueArrayOf(new long[] {1, 1}, x, type), timeSteps);
      double[] expected = new double[timeSteps];
      expected[step] = 1;
      assertThat(spikes.data().asDouble()).containsExactly(expected);
    }
  }

  @Test
  void everyFeatureHasItsOwnStep() {
    INDArray x = Nd4j.createFromArray(new float[][] {{1, 0.5f, 0}, {0, 0.25f, 0.75f}});
    assertThat(new LatencyEncoder().encode(x, 5).data().asFloat())
        .containsExactly(
            1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, //
            0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0);
  }

  @Test
  void valuesUpToTheThresholdAreSilent() {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      INDArray x = Nd4j.createFromArray(new double[][] {{0, 0.1, 0.3, 0.3000001, 1}}).castTo(type);
      INDArray spikes = new LatencyEncoder(0.3).encode(x, 8);
      assertThat(spikes.sum(1).castTo(DataType.DOUBLE).data().asDouble())
          .as("%s", type)
          .containsExactly(0, 0, 0, 1, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN, Double.POSITIVE_INFINITY})
  void rejectsThresholdsThatSilenceNothingOrEverything(double threshold) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LatencyEncoder(threshold))
        .withMessageContaining("threshold must be in [0, 1), got " + threshold);
  }
}
