package io.github.dl4jsnn.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationEnergyTest {

  /** Rates and ratios of Table 6 of the paper that {@link OperationEnergy#ratioByRate} names. */
  @ParameterizedTest
  @CsvSource({
    "0.082, 35.1", // MNIST
    "0.183, 15.7",
    "0.097, 29.6", // N-MNIST
    "0.176, 16.3",
    "0.108, 26.6", // CIFAR10
    "0.214, 13.4",
    "0.083, 34.6", // DVS-Gesture
    "0.165, 17.4",
    "0.097, 29.5", // DVS-CIFAR10
    "0.177, 16.2"
  })
  void reproducesThePublishedRatios(double rate, double published) {
    assertThat(OperationEnergy.nm45().ratioByRate(rate, 16)).isCloseTo(published, within(0.15));
  }

  @Test
  void otherHardware() {
    OperationEnergy energy = new OperationEnergy(3, 2, 0.5);
    assertThat(energy.ratioByRate(0.1, 4)).isCloseTo(15, within(1e-12));
    assertThat(energy)
        .isEqualTo(new OperationEnergy(3, 2, 0.5))
        .isNotEqualTo(OperationEnergy.nm45());
    assertThat(energy).hasSameHashCodeAs(new OperationEnergy(3, 2, 0.5));
    assertThat(energy.toString()).contains("3.0 pJ").contains("2.0 pJ").contains("0.5 pJ");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoEnergy(double picojoules) {
    assertThatThrownBy(() -> new OperationEnergy(4.6, picojoules, 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("floatAccumulate");
  }

  @Test
  void refusesARateOfNothing() {
    assertThatThrownBy(() -> OperationEnergy.nm45().ratioByRate(0, 4))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OperationEnergy.nm45().ratioByRate(Double.NaN, 4))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OperationEnergy.nm45().ratioByRate(0.1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
