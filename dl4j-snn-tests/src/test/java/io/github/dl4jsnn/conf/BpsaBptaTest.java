package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.neuron.BpsaSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Values;
import org.assertj.core.data.Offset;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;

/** BPSA and BPTA on one neuron over four steps, worked out by hand. */
@ExtendWith(QuietSameDiff.class)
class BpsaBptaTest {

  /**
   * {@code k = 0.5, vTh = 1, alpha = 0.8}, so {@code c = k * alpha = 0.4}.
   *
   * <pre>
   *   t   x      u                          o   s' = o/u
   *   1   0.8    0.8                        0   0
   *   2   0.85   0.5 * 0.8 + 0.85 = 1.25    1   0.8
   *   3   2      0 + 2 = 2                  1   0.5
   *   4   0.4    0 + 0.4 = 0.4              0   0
   *
   *   d4 = 0
   *   d3 = 0.5 * (g3 + 0.4 * 0)  + 0         = 0.5 * g3
   *   d2 = 0.8 * (g2 + 0.4 * d3) + 0         = 0.8 * g2 + 0.16 * g3
   *   d1 = 0                     + 0.5 * d2  = 0.4 * g2 + 0.08 * g3
   * </pre>
   */
  @ParameterizedTest
  @EnumSource(names = {"FUSED", "SAMEDIFF"})
  void errorCrossesSpikes(Backend backend) {
    LifParameters p =
        LifParameters.builder()
            .decay(0.5)
            .threshold(1)
            .surrogate(new BpsaSurrogate())
            .bpta(0.8)
            .build();
    LayerRun run =
        Backends.layer(
            new LifLayer.Builder().neuron(p).backend(backend).build(),
            InputType.recurrent(1, 4, RNNFormat.NWC),
            Values.array(new double[] {0.8, 0.85, 2, 0.4}, DataType.DOUBLE, 1, 4, 1),
            null);
    double[] g = Values.of(Backends.fromAbove(run.output));
    assertThat(Values.of(run.output)).containsExactly(0, 1, 1, 0);
    assertThat(Values.of(run.inputGradient))
        .containsExactly(
            new double[] {0.4 * g[1] + 0.08 * g[2], 0.8 * g[1] + 0.16 * g[2], 0.5 * g[2], 0},
            Offset.offset(1e-12));
  }
}
