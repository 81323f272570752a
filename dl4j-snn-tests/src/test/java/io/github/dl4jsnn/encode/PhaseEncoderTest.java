package io.github.dl4jsnn.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.dl4jsnn.testing.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class PhaseEncoderTest {

  @ParameterizedTest(name = "K={0}, x={1}: {2}")
  @CsvSource({
    "1, 0.2, 0",
    "1, 0.5, 1",
    "3, 0, 000",
    "3, 0.125, 001",
    "3, 0.5, 100",
    "3, 0.625, 101",
    "3, 0.74, 110",
    "3, 1, 111",
    "4, 0.6875, 1011",
    "8, 0.00390625, 00000001"
  })
  void spikesAreTheDigitsOfTheValueAndRepeat(int period, double x, String digits) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      int steps = 2 * period + 1;
      INDArray spikes =
          new PhaseEncoder(period).encode(Values.array(new double[] {x}, type, 1, 1), steps);
      for (int t = 0; t < steps; t++) {
        assertThat(spikes.getDouble(0, t, 0)).isEqualTo(digits.charAt(t % period) - '0');
      }
    }
  }

  /** Read with the weights of the phases, a period gives the value back. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8, 24})
  void theValueComesBackWithinHalfAStep(int period) {
    PhaseEncoder encoder = new PhaseEncoder(period);
    INDArray x = Values.uniform(period, 0, 1, DataType.DOUBLE, 23, 7);
    INDArray spikes = encoder.encode(x, period);
    double half = Math.scalb(1.0, -period - 1);
    for (int n = 0; n < 23; n++) {
      for (int f = 0; f < 7; f++) {
        double value = 0;
        for (int t = 0; t < period; t++) {
          value += encoder.weight(t) * spikes.getDouble(n, t, f);
        }
        double error = Math.abs(value - x.getDouble(n, f));
        assertThat(error).isLessThanOrEqualTo(x.getDouble(n, f) > 1 - 2 * half ? 2 * half : half);
      }
    }
  }

  @Test
  void aByteIsExact() {
    PhaseEncoder encoder = new PhaseEncoder();
    double[] pixels = new double[256];
    for (int p = 0; p < 256; p++) {
      pixels[p] = p / 256.0;
    }
    INDArray spikes = encoder.encode(Values.array(pixels, DataType.FLOAT, 1, 256), 8);
    for (int p = 0; p < 256; p++) {
      int value = 0;
      for (int t = 0; t < 8; t++) {
        value = 2 * value + (int) spikes.getDouble(0, t, p);
      }
      assertThat(value).isEqualTo(p);
    }
    assertThat(encoder.weight(0)).isEqualTo(0.5);
    assertThat(encoder.weight(15)).isEqualTo(1 / 256.0);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 25})
  void rejectsPeriodsOutsideTheRange(int period) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PhaseEncoder(period))
        .withMessageContaining("from 1 to 24 steps, got " + period);
  }
}
