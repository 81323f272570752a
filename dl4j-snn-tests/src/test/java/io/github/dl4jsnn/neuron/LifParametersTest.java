package io.github.dl4jsnn.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Neuron constants that depend on each other. */
class LifParametersTest {

  @Test
  void bptaHasTheStrengthOfItsPaperByDefault() {
    LifParameters p = LifParameters.builder().resetGradient(ResetGradient.BPTA).build();
    assertThat(p.getBptaAlpha()).isEqualTo(0.8);
    assertThat(p).isEqualTo(LifParameters.builder().bpta(0.8).build());
    assertThat(p.toString()).contains("BPTA(0.8)");
  }

  @Test
  void theLastChoiceOfAResetGradientCounts() {
    LifParameters.Builder b = LifParameters.builder().bpta(0.5);
    assertThat(b.build().getResetGradient()).isEqualTo(ResetGradient.BPTA);
    LifParameters exact = b.resetGradient(ResetGradient.EXACT).build();
    assertThat(exact.getResetGradient()).isEqualTo(ResetGradient.EXACT);
    assertThat(exact.toBuilder().build()).isEqualTo(exact);
  }

  @ParameterizedTest
  @EnumSource(names = {"SOFT", "NONE"})
  void bptaNeedsAHardReset(Reset reset) {
    assertThatThrownBy(() -> LifParameters.builder().reset(reset).bpta(0.8).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("BPTA")
        .hasMessageContaining("hard reset only")
        .hasMessageContaining("reset is " + reset);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.8, Double.NaN, Double.POSITIVE_INFINITY})
  void aStrengthOutsideItsRangeIsRefused(double alpha) {
    assertThatThrownBy(() -> LifParameters.builder().bpta(alpha).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("alpha of BPTA")
        .hasMessageContaining("was " + alpha);
  }

  /** JSON written before BPTA existed. */
  @Test
  void jsonOfEarlierModelsIsRead() throws Exception {
    LifParameters p = LifParameters.builder().resetGradient(ResetGradient.EXACT).build();
    String json = NeuralNetConfiguration.mapper().writeValueAsString(p);
    String earlier = json.replaceAll("\\s*\"bptaAlpha\"\\s*:\\s*0.8\\s*,", "");
    assertThat(json).contains("bptaAlpha");
    assertThat(earlier).doesNotContain("bptaAlpha");
    assertThat(NeuralNetConfiguration.mapper().readValue(earlier, LifParameters.class))
        .isEqualTo(p);
  }
}
