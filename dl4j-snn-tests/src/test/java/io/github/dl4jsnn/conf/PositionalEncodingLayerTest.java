package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.position.CpgCode;
import io.github.dl4jsnn.position.PositionalCode;
import io.github.dl4jsnn.position.RandomCode;
import io.github.dl4jsnn.position.SinusoidalCode;
import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Positional codes: fused kernels, SameDiff definition and plain loops agree. */
@ExtendWith(QuietSameDiff.class)
class PositionalEncodingLayerTest {
  private static final PositionalEncodingLayer.Merge CONCAT = PositionalEncodingLayer.Merge.CONCAT;
  private static final PositionalEncodingLayer.Merge ADD = PositionalEncodingLayer.Merge.ADD;

  static Stream<Arguments> cases() {
    PositionalCode cpg = CpgCode.builder().pairs(3).period(20).eta(1).build();
    return Stream.of(
        arguments(cpg, CONCAT, RNNFormat.NWC, new int[] {3, 7, 5}, true),
        arguments(cpg, CONCAT, RNNFormat.NCW, new int[] {2, 11, 1}, true),
        arguments(cpg, CONCAT, RNNFormat.NWC, new int[] {1, 1, 1}, false),
        arguments(cpg, ADD, RNNFormat.NCW, new int[] {2, 5, 6}, true),
        arguments(new SinusoidalCode(4), ADD, RNNFormat.NWC, new int[] {3, 13, 4}, false),
        arguments(new RandomCode(2, 0.5, 3), CONCAT, RNNFormat.NCW, new int[] {5, 3, 2}, false));
  }

  @ParameterizedTest(name = "{0} {1} {2} masked {4}")
  @MethodSource("cases")
  void equalsDefinitionAndPlainLoops(
      PositionalCode code,
      PositionalEncodingLayer.Merge merge,
      RNNFormat format,
      int[] size,
      boolean masked) {
    for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      INDArray nwc = Values.uniform(1, -1, 2, type, size[0], size[1], size[2]);
      INDArray input = format == RNNFormat.NCW ? nwc.permute(0, 2, 1).dup('c') : nwc;
      INDArray mask = masked ? Values.mask(size[0], size[1], type) : null;
      PositionalEncodingLayer.Builder b =
          new PositionalEncodingLayer.Builder().code(code).merge(merge);
      InputType inputType = InputType.recurrent(size[2], size[1], format);
      LayerRun fused = Backends.layer(b.backend(Backend.FUSED).build(), inputType, input, mask);
      LayerRun defined =
          Backends.layer(b.backend(Backend.SAMEDIFF).build(), inputType, input, mask);
      INDArray out = format == RNNFormat.NCW ? fused.output.permute(0, 2, 1) : fused.output;
      assertThat(out.dup('c')).isEqualTo(plain(nwc, mask, code, merge));
      Tolerances.assertClose("output", fused.output, defined.output, Tolerances.of(type));
      fused.assertGradientsClose(defined, Tolerances.of(type));
    }
  }

  private static INDArray plain(
      INDArray x, INDArray mask, PositionalCode code, PositionalEncodingLayer.Merge merge) {
    int features = (int) x.size(2);
    int all = merge == ADD ? features : features + code.width();
    INDArray y = Values.uniform(1, 0, 0, x.dataType(), (int) x.size(0), (int) x.size(1), all);
    double[] c = new double[code.width()];
    for (int n = 0; n < x.size(0); n++) {
      for (int p = 0; p < x.size(1); p++) {
        code.encode(p, c);
        for (int f = 0; f < all && (mask == null || mask.getDouble(n, p) != 0); f++) {
          double in = f < features ? x.getDouble(n, p, f) : 0;
          y.putScalar(n, p, f, f >= features ? c[f - features] : merge == ADD ? in + c[f] : in);
        }
      }
    }
    return y;
  }

  @Test
  void widensTheInputType() {
    PositionalEncodingLayer layer =
        new PositionalEncodingLayer.Builder().code(CpgCode.builder().pairs(5).build()).build();
    assertThat(layer.getOutputType(1, InputType.recurrent(7, 12, RNNFormat.NCW)))
        .isEqualTo(InputType.recurrent(17, 12, RNNFormat.NCW));
  }

  @Test
  void refusesACodeThatCannotBeAdded() {
    PositionalEncodingLayer layer =
        new PositionalEncodingLayer.Builder()
            .name("pe")
            .code(new SinusoidalCode(5))
            .merge(ADD)
            .build();
    assertThatThrownBy(() -> layer.getOutputType(0, InputType.recurrent(7)))
        .hasMessageContaining("\"pe\"")
        .hasMessageContaining("7 features")
        .hasMessageContaining("5 wide");
  }
}
