package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

@ExtendWith(QuietSameDiff.class)
class VotingLayerTest {

  @ParameterizedTest
  @CsvSource({"NWC, 5, 3", "NCW, 5, 3", "NWC, 1, 1", "NCW, 1, 2"})
  void fusedEqualsDefined(RNNFormat format, int steps, int votes) {
    INDArray x =
        format == RNNFormat.NWC
            ? Values.uniform(1, 0, 1, DataType.DOUBLE, 4, steps, 6)
            : Values.uniform(1, 0, 1, DataType.DOUBLE, 4, 6, steps);
    LayerRun fused = run(Backend.FUSED, format, steps, votes, x);
    LayerRun defined = run(Backend.SAMEDIFF, format, steps, votes, x);
    Tolerances.assertClose("output", fused.output, defined.output, Tolerances.DOUBLE);
    fused.assertGradientsClose(defined, Tolerances.DOUBLE);
  }

  private static LayerRun run(Backend b, RNNFormat format, int steps, int votes, INDArray x) {
    return Backends.layer(
        new VotingLayer.Builder().votes(votes).backend(b).build(),
        InputType.recurrent(6, steps, format),
        x,
        null);
  }

  @Test
  void neighboursVote() {
    INDArray x = Values.array(new double[] {1, 0, 1, 0, 0, 1, 1, 1}, DataType.FLOAT, 1, 2, 4);
    INDArray y =
        Backends.layer(
                new VotingLayer.Builder().votes(2).backend(Backend.FUSED).build(),
                InputType.recurrent(4, 2, RNNFormat.NWC),
                x,
                null)
            .output;
    assertThat(Values.of(y)).containsExactly(0.5, 0.5, 0.5, 1);
  }

  @Test
  void badInputIsAnError() {
    VotingLayer layer = new VotingLayer.Builder().votes(4).name("v").build();
    assertThatThrownBy(() -> layer.getOutputType(0, InputType.recurrent(6, 2, RNNFormat.NWC)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("VotingLayer \"v\"", "6");
    assertThatThrownBy(() -> layer.getOutputType(0, InputType.feedForward(8)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new VotingLayer.Builder().votes(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
