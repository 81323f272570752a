package io.github.dl4jsnn.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstSpikeTest {

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.5, 0.8, 0.9, 0.99, 1})
  void isWhereTheRecurrenceCrosses(double decay) {
    LifParameters neuron = LifParameters.builder().decay(decay).threshold(0.7).build();
    for (double current = 0.0005; current < 1; current += 0.0005) {
      assertThat(FirstSpike.step(neuron, current))
          .as("current %s", current)
          .isEqualTo(simulated(decay, 0.7, current));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.8, 0.99, 1})
  void currentOfAStepIsItsInverse(double decay) {
    LifParameters neuron = LifParameters.builder().decay(decay).threshold(2).build();
    for (int n = 1; n <= 30; n++) {
      assertThat(FirstSpike.step(neuron, FirstSpike.current(neuron, n))).isEqualTo(n);
    }
  }

  @Test
  void exactTiesFire() {
    LifParameters half = LifParameters.builder().decay(0.5).threshold(1).build();
    assertThat(FirstSpike.step(half, 1)).isEqualTo(1);
    assertThat(FirstSpike.step(half, 0.5 / 0.75)).isEqualTo(2); // u = I (1 + 1/2) = Vth
    assertThat(FirstSpike.step(half, 0.5)).isEqualTo(FirstSpike.NEVER); // 1 only in the limit
    LifParameters integrator = LifParameters.builder().decay(1).threshold(1).build();
    assertThat(FirstSpike.step(integrator, 0.25)).isEqualTo(4);
    assertThat(FirstSpike.step(integrator, 0)).isEqualTo(FirstSpike.NEVER);
    assertThat(FirstSpike.step(integrator, -1)).isEqualTo(FirstSpike.NEVER);
    assertThat(FirstSpike.step(integrator, 1e-12)).isBetween(999_999_999_999L, 1_000_000_000_001L);
  }

  @Test
  void refusesWhatIsNoNumber() {
    LifParameters neuron = LifParameters.defaults();
    assertThatThrownBy(() -> FirstSpike.step(neuron, Double.NaN)).hasMessageContaining("current");
    assertThatThrownBy(() -> FirstSpike.current(neuron, 0)).hasMessageContaining("step");
  }

  private static long simulated(double decay, double threshold, double current) {
    double u = 0;
    for (int n = 1; n <= 5000; n++) {
      u = decay * u + current;
      if (u >= threshold) {
        return n;
      }
    }
    return FirstSpike.NEVER;
  }
}
