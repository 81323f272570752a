package io.github.dl4jsnn.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.testing.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class PopulationEncoderTest {
  private static final DataType TYPE = DataType.DOUBLE;

  /** Centres of 8 neurons as in figure 1 of Bohte et al., for the range 0 to 6. */
  @Test
  void receptiveFieldsAreThoseOfTheSource() {
    PopulationEncoder encoder = new PopulationEncoder(8, 0, 6, 1.5, new LatencyEncoder(0.1));
    for (int i = 1; i <= 8; i++) {
      assertThat(encoder.centre(i - 1)).isCloseTo((2 * i - 3) / 2.0 * 6 / (8 - 2), within(1e-12));
    }
    assertThat(encoder.width()).isCloseTo(1 / 1.5, within(1e-12));
  }

  @Test
  void activitiesAreGaussiansSideBySide() {
    PopulationEncoder encoder = new PopulationEncoder(4, -1, 2, 1.2, new DirectEncoder());
    INDArray x = Values.uniform(3, -1, 2, TYPE, 5, 3);
    INDArray a = encoder.encode(x, 2);
    assertThat(a.shape()).containsExactly(5, 2, 12);
    for (int n = 0; n < 5; n++) {
      for (int i = 0; i < 12; i++) {
        double distance = (x.getDouble(n, i / 4) - (-1 + (2 * (i % 4) - 1) * 0.75)) / (1.5 / 1.2);
        double expected = Math.exp(-distance * distance / 2);
        assertThat(a.getDouble(n, 0, i)).isCloseTo(expected, within(1e-7));
        assertThat(a.getDouble(n, 1, i)).isEqualTo(a.getDouble(n, 0, i));
      }
    }
  }

  @Test
  void theNearestNeuronSpikesFirstAndFarOnesNever() {
    PopulationEncoder encoder = new PopulationEncoder(6);
    INDArray spikes = encoder.encode(Values.array(new double[] {0.4}, TYPE, 1, 1), 20);
    int[] first = new int[6];
    for (int p = 0; p < 6; p++) {
      first[p] = firstSpike(spikes, p);
    }
    assertThat(encoder.centre(2)).isCloseTo(0.375, within(1e-12));
    for (int p = 0; p < 6; p++) {
      assertThat(first[p]).isGreaterThanOrEqualTo(first[2]);
    }
    assertThat(first[5]).as("silent").isEqualTo(20);
    assertThat(spikes.sum(1).maxNumber().intValue()).isEqualTo(1);
  }

  private static int firstSpike(INDArray spikes, int feature) {
    int t = 0;
    while (t < spikes.size(1) && spikes.getDouble(0, t, feature) == 0) {
      t++;
    }
    return t;
  }

  /** The logarithms of two activities differ by a linear function of the value. */
  @ParameterizedTest
  @ValueSource(doubles = {-3, -2.1, 0.3, 0.5, 1.7, 4, 5})
  void theValueComesBackFromTheTwoEarliestSpikes(double x) {
    int steps = 20_001;
    PopulationEncoder encoder = new PopulationEncoder(7, -3, 5, 1.5, new LatencyEncoder(0.01));
    INDArray spikes = encoder.encode(Values.array(new double[] {x}, TYPE, 1, 1), steps);
    int i = 0;
    for (int p = 1; p < 6; p++) {
      if (firstSpike(spikes, p) + firstSpike(spikes, p + 1)
          < firstSpike(spikes, i) + firstSpike(spikes, i + 1)) {
        i = p;
      }
    }
    double a = encoder.centre(i);
    double b = encoder.centre(i + 1);
    double logs = Math.log(activity(spikes, i, steps)) - Math.log(activity(spikes, i + 1, steps));
    double decoded = (a + b) / 2 - encoder.width() * encoder.width() * logs / (b - a);
    assertThat(decoded).isCloseTo(x, within(1e-3));
  }

  private static double activity(INDArray spikes, int feature, int steps) {
    return 1 - firstSpike(spikes, feature) / (steps - 1.0);
  }

  @Test
  void gradientIsTheFiniteDifference() {
    PopulationEncoder encoder = new PopulationEncoder(5, -1, 1, 1.4, new PoissonEncoder(3, 2));
    INDArray x = Values.uniform(1, -0.9, 0.9, TYPE, 3, 2);
    INDArray g = Values.uniform(2, -1, 1, TYPE, 3, 10);
    INDArray dIn = Values.uniform(9, 5, 6, TYPE, 3, 2);
    encoder.inputGradient(dIn, g.dup(), x);
    for (int n = 0; n < 3; n++) {
      for (int f = 0; f < 2; f++) {
        double sum = 0;
        for (int p = 0; p < 5; p++) {
          double h = 1e-5;
          double above = expected(encoder, x.getDouble(n, f) + h, p);
          double below = expected(encoder, x.getDouble(n, f) - h, p);
          sum += g.getDouble(n, 5 * f + p) * (above - below) / (2 * h);
        }
        assertThat(dIn.getDouble(n, f)).isCloseTo(sum, within(1e-6));
      }
    }
  }

  /** Expected spike of a Poisson neuron of rate 2. */
  private static double expected(PopulationEncoder encoder, double x, int p) {
    double z = (x - encoder.centre(p)) / encoder.width();
    return 1 - Math.exp(-2 * Math.exp(-z * z / 2));
  }

  @Test
  void rejectsValuesOutsideItsRange() {
    PopulationEncoder encoder = new PopulationEncoder(3, -2, 5, 1.5, new RateEncoder());
    encoder.encode(Values.array(new double[] {-2, 5}, TYPE, 1, 2), 4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder.encode(Values.array(new double[] {0, 5.01}, TYPE, 1, 2), 4))
        .withMessageContaining("PopulationEncoder: input[0, 1] = 5.01 is not in [-2.0, 5.0]");
  }

  @Test
  void rejectsWrongSettings() {
    SpikeEncoder rate = new RateEncoder();
    assertRejected(() -> new PopulationEncoder(2), "neurons must be >= 3, got 2");
    assertRejected(() -> new PopulationEncoder(3, 1, 1, 1.5, rate), "min must be < max");
    assertRejected(() -> new PopulationEncoder(3, Double.NaN, 1, 1.5, rate), "NaN");
    assertRejected(() -> new PopulationEncoder(3, 0, 1 / 0.0, 1.5, rate), "Infinity");
    assertRejected(() -> new PopulationEncoder(3, 0, 1, 0, rate), "beta");
    assertRejected(() -> new PopulationEncoder(3, 0, 1, 1, new DeltaEncoder(1)), "DeltaEncoder");
    assertRejected(
        () -> new PopulationEncoder(3, 0, 1, 1, new PopulationEncoder(3)), "PopulationEncoder");
    assertThatNullPointerException().isThrownBy(() -> new PopulationEncoder(3, 0, 1, 1, null));
    INDArray x = Values.array(new double[] {0}, TYPE, 1, 1);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> new PopulationEncoder(3).multiplyByExpectedSlope(x, x))
        .withMessageContaining("inputGradient");
  }

  private static void assertRejected(Runnable action, String part) {
    assertThatIllegalArgumentException()
        .isThrownBy(action::run)
        .withMessageContaining("PopulationEncoder: ")
        .withMessageContaining(part);
  }
}
