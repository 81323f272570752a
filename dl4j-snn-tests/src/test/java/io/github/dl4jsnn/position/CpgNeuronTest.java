package io.github.dl4jsnn.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.github.dl4jsnn.neuron.LifParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpgNeuronTest {
  private static final int MOST = 32;

  @ParameterizedTest
  @ValueSource(doubles = {0.8, 0.9, 0.99, 1})
  void isSilentForRStepsAndFiresForK(double decay) {
    LifParameters neuron = CpgPairs.neuron(decay);
    double[] emitter = new double[MOST * MOST];
    double[] resetter = new double[MOST * MOST];
    for (int i = 0; i < emitter.length; i++) {
      CpgNeuron pair = new CpgNeuron(silent(i), burst(i), decay);
      emitter[i] = pair.getEmitterCurrent();
      resetter[i] = pair.getResetterCurrent();
    }
    CpgPairs pairs = new CpgPairs(neuron, emitter, resetter);
    for (int t = 0; t < 3 * 2 * MOST; t++) {
      boolean[] spikes = pairs.step();
      for (int i = 0; i < spikes.length; i++) {
        if (spikes[i] != (t % (silent(i) + burst(i)) >= silent(i))) {
          fail("R %d, K %d, step %d: %s", silent(i), burst(i), t, spikes[i]);
        }
      }
    }
  }

  @Test
  void onePairAlone() {
    assertThat(new CpgNeuron(2, 3, 0.9).run(12))
        .containsExactly(
            false, false, true, true, true, false, false, true, true, true, false, false);
  }

  private static int silent(int pair) {
    return 1 + pair / MOST;
  }

  private static int burst(int pair) {
    return 1 + pair % MOST;
  }

  @Test
  void refusesWhatFloatCannotKeepApart() {
    assertThatThrownBy(() -> new CpgNeuron(500, 1, 0.5)).hasMessageContaining("decay");
    assertThatThrownBy(() -> new CpgNeuron(0, 1, 0.9)).hasMessageContaining("silent");
    assertThatThrownBy(() -> new CpgNeuron(1, 0, 0.9)).hasMessageContaining("burst");
  }
}
