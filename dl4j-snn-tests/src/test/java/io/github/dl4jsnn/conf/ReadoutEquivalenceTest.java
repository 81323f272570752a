package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Read-out layers: fused kernels, SameDiff definition and a plain recurrence agree. */
@ExtendWith(QuietSameDiff.class)
class ReadoutEquivalenceTest {

  static Stream<Arguments> cases() {
    SpikeReadoutLayer.Mode rate = SpikeReadoutLayer.Mode.FIRING_RATE;
    SpikeReadoutLayer.Mode potential = SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL;
    return Stream.of(
        arguments(rate, 1.0, true, RNNFormat.NWC, new int[] {3, 5, 7}, false),
        arguments(rate, 1.0, false, RNNFormat.NCW, new int[] {2, 3, 11}, true),
        arguments(rate, 1.0, true, RNNFormat.NWC, new int[] {1, 1, 1}, false),
        arguments(potential, 1.0, true, RNNFormat.NCW, new int[] {5, 1, 3}, false),
        arguments(potential, 0.8, true, RNNFormat.NWC, new int[] {3, 5, 7}, true),
        arguments(potential, 0.8, true, RNNFormat.NCW, new int[] {1, 7, 2}, true),
        arguments(potential, 0.8, false, RNNFormat.NWC, new int[] {1, 7, 2}, true),
        arguments(potential, 0.3, false, RNNFormat.NCW, new int[] {2, 6, 5}, false));
  }

  @ParameterizedTest(name = "{0} decay {1} trained {2} {3} {4} masked {5}")
  @MethodSource("cases")
  void fusedEqualsDefinition(
      SpikeReadoutLayer.Mode mode,
      double decay,
      boolean train,
      RNNFormat format,
      int[] size,
      boolean masked) {
    for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      INDArray nwc = Values.uniform(1, -1, 2, type, size[0], size[1], size[2]);
      INDArray input = format == RNNFormat.NCW ? nwc.permute(0, 2, 1).dup('c') : nwc;
      INDArray mask = masked ? Values.mask(size[0], size[1], type) : null;
      SpikeReadoutLayer.Builder b =
          new SpikeReadoutLayer.Builder(mode).decay(decay).scale(3).trainScale(train);
      InputType inputType = InputType.recurrent(size[2], size[1], format);
      LayerRun fused = Backends.layer(b.backend(Backend.FUSED).build(), inputType, input, mask);
      LayerRun defined =
          Backends.layer(b.backend(Backend.SAMEDIFF).build(), inputType, input, mask);
      Tolerances.assertClose("output", fused.output, defined.output, Tolerances.of(type));
      fused.assertGradientsClose(defined, Tolerances.of(type));
      if (!train) {
        INDArray plain = recurrence(nwc, mask, decay).mul(3);
        Tolerances.assertClose("output", fused.output, plain, Tolerances.of(type));
      }
    }
  }

  @ParameterizedTest(name = "{3} {4} masked {5}")
  @MethodSource("cases")
  void lastStepEqualsDefinition(
      SpikeReadoutLayer.Mode mode,
      double decay,
      boolean train,
      RNNFormat format,
      int[] size,
      boolean masked) {
    for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      INDArray nwc = Values.uniform(1, -1, 2, type, size[0], size[1], size[2]);
      INDArray input = format == RNNFormat.NCW ? nwc.permute(0, 2, 1).dup('c') : nwc;
      INDArray mask = masked ? Values.mask(size[0], size[1], type) : null;
      LastTimeStepLayer.Builder b = new LastTimeStepLayer.Builder();
      InputType inputType = InputType.recurrent(size[2], size[1], format);
      LayerRun fused = Backends.layer(b.backend(Backend.FUSED).build(), inputType, input, mask);
      LayerRun defined =
          Backends.layer(b.backend(Backend.SAMEDIFF).build(), inputType, input, mask);
      Tolerances.assertIdentical("output", fused.output, defined.output);
      fused.assertGradientsClose(defined, Tolerances.of(type));
      for (int n = 0; n < size[0]; n++) {
        int last = size[1] - 1;
        while (mask != null && mask.getDouble(n, last) == 0) {
          last--;
        }
        for (int f = 0; f < size[2]; f++) {
          assertThat(fused.output.getDouble(n, f)).isEqualTo(nwc.getDouble(n, last, f));
        }
      }
    }
  }

  /** {@code u = k u + x} over the steps that are there, divided by their number. */
  private static INDArray recurrence(INDArray x, INDArray mask, double decay) {
    int steps = (int) x.size(1);
    int features = (int) x.size(2);
    double[] y = new double[(int) x.size(0) * features];
    for (int i = 0; i < y.length; i++) {
      int n = i / features;
      int present = 0;
      for (int t = 0; t < steps; t++) {
        if (mask == null || mask.getDouble(n, t) != 0) {
          y[i] = decay * y[i] + x.getDouble(n, t, i % features);
          present++;
        }
      }
      y[i] /= present;
    }
    return Values.array(y, x.dataType(), x.size(0), features);
  }
}
