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
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Differences along a series: fused kernels, SameDiff definition and plain loops agree. */
@ExtendWith(QuietSameDiff.class)
class DifferenceLayerTest {

  @ParameterizedTest
  @CsvSource({
    "3, 7, 5, NWC, true",
    "2, 11, 3, NCW, true",
    "1, 1, 1, NWC, false",
    "5, 1, 2, NCW, true",
    "2, 13, 1, NWC, false"
  })
  void equalsDefinitionAndPlainLoops(int n, int length, int f, RNNFormat format, boolean masked) {
    for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      INDArray x = Values.uniform(1, -1, 2, type, n, length, f);
      INDArray input = format == RNNFormat.NCW ? x.permute(0, 2, 1).dup('c') : x;
      INDArray mask = masked ? Values.mask(n, length, type) : null;
      InputType inputType = InputType.recurrent(f, length, format);
      DifferenceLayer.Builder b = new DifferenceLayer.Builder();
      LayerRun fused = Backends.layer(b.backend(Backend.FUSED).build(), inputType, input, mask);
      LayerRun defined =
          Backends.layer(b.backend(Backend.SAMEDIFF).build(), inputType, input, mask);
      INDArray out = format == RNNFormat.NCW ? fused.output.permute(0, 2, 1) : fused.output;
      assertThat(out.dup('c')).isEqualTo(plain(x, mask));
      Tolerances.assertClose("output", fused.output, defined.output, Tolerances.of(type));
      fused.assertGradientsClose(defined, Tolerances.of(type));
    }
  }

  private static INDArray plain(INDArray x, INDArray mask) {
    INDArray d = Nd4j.zeros(x.dataType(), x.shape());
    for (int n = 0; n < x.size(0); n++) {
      for (int l = 1; l < x.size(1); l++) {
        boolean there = mask == null || mask.getDouble(n, l) != 0 && mask.getDouble(n, l - 1) != 0;
        if (there) {
          d.get(point(n, l)).assign(x.get(point(n, l)).sub(x.get(point(n, l - 1))));
        }
      }
    }
    return d;
  }

  private static INDArrayIndex[] point(int n, int l) {
    return new INDArrayIndex[] {NDArrayIndex.point(n), NDArrayIndex.point(l), NDArrayIndex.all()};
  }

  /** A gap at place 2: neither it nor the place behind it has anything to be compared with. */
  @Test
  void aGapHasNoDifferences() {
    INDArray x = Nd4j.createFromArray(new double[][][] {{{1}, {3}, {99}, {7}, {8}}});
    INDArray mask = Nd4j.createFromArray(new double[][] {{1, 1, 0, 1, 1}});
    DifferenceLayer layer = new DifferenceLayer.Builder().build();
    LayerRun run = Backends.layer(layer, InputType.recurrent(1, 5, RNNFormat.NWC), x, mask);
    assertThat(Values.of(run.output)).containsExactly(0, 2, 0, 0, 1);
  }

  @Test
  void refusesRows() {
    DifferenceLayer layer = new DifferenceLayer.Builder().name("delta").build();
    assertThatThrownBy(() -> layer.getOutputType(0, InputType.feedForward(7)))
        .hasMessageContaining("\"delta\"")
        .hasMessageContaining("expected a recurrent input");
    assertThatThrownBy(() -> layer.validateInput(Nd4j.ones(2, 3)))
        .hasMessageContaining("rank [3], got shape [2, 3]");
  }
}
