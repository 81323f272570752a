package io.github.dl4jsnn.conf;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Temporal batch normalisations: fused kernels and SameDiff definition agree in outputs, gradients
 * and the steps of the running statistics, while training and at inference.
 */
@ExtendWith(QuietSameDiff.class)
class BatchNormEquivalenceTest {

  /** The layers of the family. */
  enum Kind {
    TDBN {
      @Override
      AbstractTemporalBatchNormLayer.Builder<?> builder() {
        return new ThresholdBatchNormLayer.Builder().threshold(0.4).alpha(0.7);
      }
    },
    TEBN {
      @Override
      AbstractTemporalBatchNormLayer.Builder<?> builder() {
        return new TemporalEffectiveBatchNormLayer.Builder();
      }
    },
    BNTT {
      @Override
      AbstractTemporalBatchNormLayer.Builder<?> builder() {
        return new BatchNormThroughTimeLayer.Builder();
      }
    },
    BNTT_WITH_BIAS {
      @Override
      AbstractTemporalBatchNormLayer.Builder<?> builder() {
        return new BatchNormThroughTimeLayer.Builder().hasBias(true);
      }
    };

    abstract AbstractTemporalBatchNormLayer.Builder<?> builder();
  }

  /** Sizes N, T, F: one, primes, all different, more features than a block of the kernels. */
  static Stream<Arguments> cases() {
    int[][] sizes = {{3, 5, 7}, {1, 1, 3}, {1, 4, 2}, {2, 1, 5}, {7, 3, 1}, {2, 2, 521}};
    List<Arguments> cases = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (int[] size : sizes) {
        boolean ncw = size[2] % 2 == 0;
        cases.add(arguments(kind, ncw ? RNNFormat.NCW : RNNFormat.NWC, size, false, true));
        cases.add(arguments(kind, ncw ? RNNFormat.NWC : RNNFormat.NCW, size, true, true));
      }
      cases.add(arguments(kind, RNNFormat.NCW, sizes[0], false, false));
      cases.add(arguments(kind, RNNFormat.NWC, sizes[0], true, false));
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0} {1} {2} masked {3} training {4}")
  @MethodSource("cases")
  void fusedEqualsDefinition(
      Kind kind, RNNFormat format, int[] size, boolean masked, boolean training) {
    compare(kind, format, size, masked, training, DataType.DOUBLE);
  }

  @ParameterizedTest
  @EnumSource
  void fusedEqualsDefinitionInFloat(Kind kind) {
    compare(kind, RNNFormat.NWC, new int[] {11, 5, 7}, true, true, DataType.FLOAT);
  }

  private static void compare(
      Kind kind, RNNFormat format, int[] size, boolean masked, boolean training, DataType type) {
    LayerRun fused = run(kind, Backend.FUSED, format, size, masked, training, type);
    LayerRun defined = run(kind, Backend.SAMEDIFF, format, size, masked, training, type);
    Tolerances.assertClose("output", fused.output, defined.output, Tolerances.of(type));
    fused.assertGradientsClose(defined, Tolerances.of(type));
  }

  private static LayerRun run(
      Kind kind,
      Backend backend,
      RNNFormat format,
      int[] size,
      boolean masked,
      boolean training,
      DataType type) {
    int n = size[0];
    int steps = size[1];
    int features = size[2];
    INDArray x = Values.uniform(1, -1, 2, type, n, steps, features);
    return Backends.layer(
        kind.builder().decay(0.8).eps(1e-3).backend(backend).build(),
        InputType.recurrent(features, steps, format),
        format == RNNFormat.NWC ? x : x.permute(0, 2, 1).dup('c'),
        masked ? Values.mask(n, steps, type) : null,
        training);
  }
}
