package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Time to the first spike: fused kernel, definition and a search for the first spike agree. */
@ExtendWith(QuietSameDiff.class)
class FirstSpikeReadoutTest {

  private static final double SCALE = 3;

  static Stream<Arguments> cases() {
    return Stream.of(
        arguments(RNNFormat.NWC, new int[] {3, 5, 7}, false),
        arguments(RNNFormat.NWC, new int[] {3, 5, 7}, true),
        arguments(RNNFormat.NCW, new int[] {2, 7, 3}, true),
        arguments(RNNFormat.NCW, new int[] {67, 2, 5}, false),
        arguments(RNNFormat.NWC, new int[] {1, 1, 1}, false),
        arguments(RNNFormat.NWC, new int[] {5, 1, 3}, false),
        arguments(RNNFormat.NCW, new int[] {1, 6, 1}, true));
  }

  private static SpikeReadoutLayer.Builder builder() {
    return new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.FIRST_SPIKE).scale(SCALE);
  }

  private static LayerRun run(
      SpikeReadoutLayer layer, RNNFormat format, INDArray nwc, INDArray mask) {
    INDArray input = format == RNNFormat.NCW ? nwc.permute(0, 2, 1).dup('c') : nwc;
    return Backends.layer(
        layer, InputType.recurrent(nwc.size(2), nwc.size(1), format), input, mask);
  }

  @ParameterizedTest(name = "{0} {1} masked {2}")
  @MethodSource("cases")
  void fusedEqualsDefinition(RNNFormat format, int[] size, boolean masked) {
    for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      INDArray mask = masked ? Values.mask(size[0], size[1], type) : null;
      for (INDArray x :
          new INDArray[] {
            Values.binary(1, 0.3, type, size[0], size[1], size[2]),
            Values.uniform(1, 0, 1, type, size[0], size[1], size[2])
          }) {
        SpikeReadoutLayer.Builder b = builder().trainScale(true);
        LayerRun fused = run(b.backend(Backend.FUSED).build(), format, x, mask);
        LayerRun defined = run(b.backend(Backend.SAMEDIFF).build(), format, x, mask);
        Tolerances.assertClose("output", fused.output, defined.output, Tolerances.of(type));
        fused.assertGradientsClose(defined, Tolerances.of(type));
      }
    }
  }

  @ParameterizedTest(name = "{0} {1} masked {2}")
  @MethodSource("cases")
  void readsTheFirstSpike(RNNFormat format, int[] size, boolean masked) {
    INDArray mask = masked ? Values.mask(size[0], size[1], DataType.DOUBLE) : null;
    INDArray x = Values.binary(2, 0.25, DataType.DOUBLE, size[0], size[1], size[2]);
    INDArray out = run(builder().build(), format, x, mask).output;
    for (int n = 0; n < size[0]; n++) {
      for (int f = 0; f < size[2]; f++) {
        assertThat(out.getDouble(n, f)).isEqualTo(score(x, mask, n, f), within());
      }
    }
  }

  /** The gradient at a step is what the score gains by a spike there, or loses without it. */
  @ParameterizedTest(name = "{0} {1} masked {2}")
  @MethodSource("cases")
  void gradientIsTheEffectOfEachSpike(RNNFormat format, int[] size, boolean masked) {
    INDArray mask = masked ? Values.mask(size[0], size[1], DataType.DOUBLE) : null;
    INDArray x = Values.binary(3, 0.25, DataType.DOUBLE, size[0], size[1], size[2]);
    LayerRun ones = run(builder().build(), format, x, mask);
    INDArray d = format == RNNFormat.NCW ? ones.inputGradient.permute(0, 2, 1) : ones.inputGradient;
    INDArray g = Backends.fromAbove(ones.output);
    for (int n = 0; n < size[0]; n++) {
      for (int f = 0; f < size[2]; f++) {
        for (int t = 0; t < size[1]; t++) {
          INDArray with = x.dup();
          INDArray without = x.dup();
          with.putScalar(n, t, f, 1);
          without.putScalar(n, t, f, 0);
          double effect = score(with, mask, n, f) - score(without, mask, n, f);
          assertThat(d.getDouble(n, t, f)).isEqualTo(g.getDouble(n, f) * effect, within());
        }
      }
    }
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-12);
  }

  /** {@code s (T - k) / T} of the steps that are there, by search. */
  private static double score(INDArray x, INDArray mask, int n, int f) {
    int steps = 0;
    int first = -1;
    for (int t = 0; t < x.size(1); t++) {
      if (mask == null || mask.getDouble(n, t) != 0) {
        first = first < 0 && x.getDouble(n, t, f) == 1 ? steps : first;
        steps++;
      }
    }
    return first < 0 ? 0 : SCALE * (steps - first) / steps;
  }

  @Test
  void currentsAreRefused() {
    INDArray x = Values.uniform(1, -1, 1, DataType.FLOAT, 2, 3, 4);
    assertThatThrownBy(() -> run(builder().name("ttfs").build(), RNNFormat.NWC, x, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ttfs")
        .hasMessageContaining("spiking neurons");
  }

  @Test
  void nothingIsNotANumber() {
    INDArray x = Values.binary(1, 0.3, DataType.FLOAT, 2, 3, 4);
    x.putScalar(1, 2, 3, Float.NaN);
    assertThatThrownBy(() -> run(builder().build(), RNNFormat.NWC, x, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }
}
