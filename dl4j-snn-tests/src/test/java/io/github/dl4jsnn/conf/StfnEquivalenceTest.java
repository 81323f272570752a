package io.github.dl4jsnn.conf;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.neuron.StfnParameters;
import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.Arrays;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** STFN layer: fused kernels and SameDiff definition agree. */
@ExtendWith(QuietSameDiff.class)
class StfnEquivalenceTest {

  static Stream<Arguments> cases() {
    return Arrays.stream(StfnParameters.Affine.values())
        .flatMap(
            affine ->
                Stream.of(
                    arguments(affine, RNNFormat.NWC, new long[] {3, 5, 7}),
                    arguments(affine, RNNFormat.NWC, new long[] {1, 1, 3}),
                    arguments(affine, RNNFormat.NWC, new long[] {2, 5, 1}),
                    arguments(affine, RNNFormat.NCW, new long[] {2, 11, 3}),
                    arguments(affine, RNNFormat.NCW, new long[] {1, 2, 13}),
                    arguments(affine, RNNFormat.NWC, new long[] {5, 7}),
                    arguments(affine, RNNFormat.NWC, new long[] {5, 1})));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("cases")
  void fusedEqualsDefinition(StfnParameters.Affine affine, RNNFormat format, long[] shape) {
    compare(affine, format, shape, DataType.DOUBLE);
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("cases")
  void fusedEqualsDefinitionInFloat(StfnParameters.Affine affine, RNNFormat format, long[] shape) {
    compare(affine, format, shape, DataType.FLOAT);
  }

  private static void compare(
      StfnParameters.Affine affine, RNNFormat format, long[] shape, DataType type) {
    LayerRun fused = run(affine, format, Backend.FUSED, type, shape);
    LayerRun defined = run(affine, format, Backend.SAMEDIFF, type, shape);
    Tolerances.assertClose("output", fused.output, defined.output, Tolerances.of(type));
    fused.assertGradientsClose(defined, Tolerances.of(type));
  }

  private static LayerRun run(
      StfnParameters.Affine affine,
      RNNFormat format,
      Backend backend,
      DataType type,
      long... shape) {
    StfnParameters p =
        StfnParameters.builder()
            .affine(affine)
            .rho(0.8)
            .initialLambda(1.3)
            .initialGamma(-0.2)
            .eps(1e-3)
            .build();
    StfnLayer layer = new StfnLayer.Builder().stfn(p).threshold(0.4).backend(backend).build();
    INDArray input = Values.uniform(1, -1, 2, type, shape);
    boolean ncw = format == RNNFormat.NCW;
    InputType inputType =
        shape.length == 2
            ? InputType.feedForward(shape[1])
            : InputType.recurrent(shape[ncw ? 1 : 2], shape[ncw ? 2 : 1], format);
    return Backends.layer(layer, inputType, input, null);
  }
}
