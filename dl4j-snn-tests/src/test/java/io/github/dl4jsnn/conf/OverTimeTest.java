package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** From L positions to T steps of each and back. */
@ExtendWith(QuietSameDiff.class)
class OverTimeTest {
  private static final String SIZES = "N T L F format masked";

  private static INDArray inFormat(INDArray nwc, RNNFormat format) {
    return format == RNNFormat.NCW ? nwc.permute(0, 2, 1).dup('c') : nwc;
  }

  @ParameterizedTest(name = SIZES)
  @CsvSource({
    "2,3,5,4,NWC,false",
    "3,4,2,5,NCW,true",
    "2,5,1,3,NWC,true",
    "1,1,1,1,NCW,false",
    "4,1,3,2,NWC,true"
  })
  void mean(int n, int steps, int positions, int features, RNNFormat format, boolean masked) {
    DataType type = DataType.DOUBLE;
    INDArray x = Values.uniform(1, -1, 1, type, n, steps * positions, features);
    INDArray mask = masked ? Values.mask(n, steps * positions, type) : null;
    MeanOverTimeLayer.Builder b = new MeanOverTimeLayer.Builder().timeSteps(steps);
    InputType inputType = InputType.recurrent(features, steps * positions, format);
    INDArray in = inFormat(x, format);
    LayerRun fused = Backends.layer(b.backend(Backend.FUSED).build(), inputType, in, mask);
    LayerRun defined = Backends.layer(b.backend(Backend.SAMEDIFF).build(), inputType, in, mask);
    Tolerances.assertClose("output", fused.output, defined.output, Tolerances.DOUBLE);
    fused.assertGradientsClose(defined, Tolerances.DOUBLE);
    INDArray out = inFormat(fused.output, format);
    for (int i = 0; i < n; i++) {
      for (int l = 0; l < positions; l++) {
        for (int f = 0; f < features; f++) {
          double sum = 0;
          double count = 0;
          for (int t = 0; t < steps; t++) {
            double m = mask == null ? 1 : mask.getDouble(i, t * positions + l);
            sum += m * x.getDouble(i, t * positions + l, f);
            count += m;
          }
          assertThat(out.getDouble(i, l, f))
              .isCloseTo(sum / Math.max(1, count), org.assertj.core.data.Offset.offset(1e-12));
        }
      }
    }
  }

  @ParameterizedTest(name = SIZES)
  @CsvSource({
    "2,3,5,4,NWC,false",
    "3,4,2,5,NCW,true",
    "2,5,1,3,NWC,false",
    "1,1,1,1,NCW,false",
    "4,1,3,2,NWC,true"
  })
  void repetition(int n, int steps, int positions, int features, RNNFormat format, boolean masked) {
    for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      INDArray x = Values.uniform(1, 0.1, 1, type, n, positions, features);
      INDArray mask = masked ? Values.mask(n, positions, type) : null;
      RepeatOverTimeLayer.Builder b = new RepeatOverTimeLayer.Builder().timeSteps(steps);
      InputType inputType = InputType.recurrent(features, positions, format);
      INDArray in = inFormat(x, format);
      LayerRun fused = Backends.layer(b.backend(Backend.FUSED).build(), inputType, in, mask);
      LayerRun defined = Backends.layer(b.backend(Backend.SAMEDIFF).build(), inputType, in, mask);
      Tolerances.assertIdentical("output", fused.output, defined.output);
      fused.assertGradientsClose(defined, Tolerances.of(type));
      INDArray out = inFormat(fused.output, format);
      for (int i = 0; i < n; i++) {
        for (int p = 0; p < steps * positions; p++) {
          double m = mask == null ? 1 : mask.getDouble(i, p % positions);
          for (int f = 0; f < features; f++) {
            assertThat(out.getDouble(i, p, f)).isEqualTo(m * x.getDouble(i, p % positions, f));
          }
        }
      }
    }
  }

  @Test
  void masksFollow() {
    INDArray positions = Values.array(new double[] {1, 0, 1, 1, 1, 0}, DataType.FLOAT, 2, 3);
    INDArray steps = Values.array(new double[] {1, 0, 1, 1, 0, 1}, DataType.FLOAT, 1, 6);
    RepeatOverTimeLayer repeat = new RepeatOverTimeLayer.Builder().timeSteps(2).build();
    MeanOverTimeLayer mean = new MeanOverTimeLayer.Builder().timeSteps(2).build();
    INDArray tiled = repeat.feedForwardMaskArray(positions, MaskState.Active, 2).getFirst();
    assertThat(Values.of(tiled)).containsExactly(1, 0, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0);
    INDArray back = mean.feedForwardMaskArray(tiled, MaskState.Active, 2).getFirst();
    Tolerances.assertIdentical("mask", back, positions);
    assertThat(Values.of(mean.feedForwardMaskArray(steps, MaskState.Active, 1).getFirst()))
        .containsExactly(1, 0, 1);
    assertThat(repeat.feedForwardMaskArray(null, MaskState.Active, 2).getFirst()).isNull();
  }

  @Test
  void typesFollow() {
    InputType sequence = InputType.recurrent(5, 6, RNNFormat.NCW);
    assertThat(new RepeatOverTimeLayer.Builder().timeSteps(3).build().getOutputType(1, sequence))
        .isEqualTo(InputType.recurrent(5, 18, RNNFormat.NCW));
    MeanOverTimeLayer mean = new MeanOverTimeLayer.Builder().name("rate").timeSteps(3).build();
    assertThat(mean.getOutputType(1, sequence)).isEqualTo(InputType.recurrent(5, 2, RNNFormat.NCW));
    assertThatThrownBy(() -> mean.getOutputType(1, InputType.recurrent(5, 7, RNNFormat.NCW)))
        .hasMessageContainingAll("\"rate\"", "T = 3", "got 7");
    assertThatThrownBy(() -> mean.getOutputType(0, InputType.feedForward(5)))
        .hasMessageContainingAll("\"rate\"", "sequence");
    assertThatThrownBy(() -> new MeanOverTimeLayer.Builder().build())
        .hasMessageContainingAll("MeanOverTimeLayer", "timeSteps", "was 0");
  }

  @ParameterizedTest
  @CsvSource({"ADD", "OR", "IAND"})
  void residualOfTypesThatDiffer(SpikeResidualVertex.Op op) {
    SpikeResidualVertex vertex = new SpikeResidualVertex(op);
    InputType a = InputType.recurrent(5, 6, RNNFormat.NWC);
    assertThatThrownBy(() -> vertex.getOutputType(0, a, InputType.recurrent(4, 6, RNNFormat.NWC)))
        .hasMessageContainingAll("SpikeResidualVertex", "one type and size");
    assertThatThrownBy(() -> vertex.getOutputType(0, a, InputType.feedForward(5)))
        .hasMessageContainingAll("SpikeResidualVertex", "one type and size");
  }
}
