package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;

/** DL4J's LossLayer says, with a warning in the log, that its output has size 0. */
class LabelledLossLayerOutputTypeTest {

  private final LabelledLossLayer layer = new LabelledLossLayer.Builder().build();

  @Test
  void outputIsAsWideAsInput() {
    assertThat(layer.getOutputType(0, InputType.feedForward(7)))
        .isEqualTo(InputType.feedForward(7));
  }

  @Test
  void refusesSequences() {
    assertThatThrownBy(() -> layer.getOutputType(0, InputType.recurrent(7)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("LabelledLossLayer")
        .hasMessageContaining("[N, C]");
  }
}
