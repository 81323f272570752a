package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.testing.ImageLayerRun;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.Threads;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link SpikingPooling} is DL4J's SubsamplingLayer, computed in another way. */
class SpikingPoolingTest {

  static Stream<Arguments> cases() {
    return Stream.of(PoolingType.MAX, PoolingType.AVG)
        .flatMap(
            p ->
                Stream.of(DataType.FLOAT, DataType.DOUBLE)
                    .flatMap(
                        t ->
                            Stream.of(
                                arguments("2x2", p, t, ours(p, b -> b)),
                                arguments(
                                    "3x2, stride 2x1",
                                    p,
                                    t,
                                    ours(p, b -> b.kernelSize(3, 2).stride(2, 1))),
                                arguments("overlapping", p, t, ours(p, b -> b.kernelSize(3, 3))),
                                arguments(
                                    "padded", p, t, ours(p, b -> b.kernelSize(3, 3).padding(1, 2))),
                                arguments(
                                    "gaps", p, t, ours(p, b -> b.kernelSize(2, 2).stride(3, 4))),
                                arguments(
                                    "same",
                                    p,
                                    t,
                                    ours(
                                        p,
                                        b ->
                                            b.kernelSize(3, 2)
                                                .convolutionMode(ConvolutionMode.Same))))));
  }

  private static SpikingPooling ours(PoolingType type, UnaryOperator<SpikingPooling.Builder> o) {
    return o.apply(new SpikingPooling.Builder(type).backend(Backend.FUSED)).build();
  }

  private static SubsamplingLayer theirs(SpikingPooling p) {
    return new SubsamplingLayer.Builder(p.getPoolingType())
        .kernelSize(p.getKernelSize())
        .stride(p.getStride())
        .padding(p.getPadding())
        .convolutionMode(p.getConvolutionMode())
        .avgPoolIncludePadInDivisor(p.isAvgPoolIncludePadInDivisor())
        .build();
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("cases")
  void equalsTheLayerOfDl4j(String name, PoolingType pooling, DataType type, SpikingPooling layer) {
    InputType input = InputType.convolutional(7, 9, 4);
    MultiLayerNetwork ours = ImageLayerRun.network(layer, input, type);
    MultiLayerNetwork theirs = ImageLayerRun.network(theirs(layer), input, type);
    for (INDArray x :
        new INDArray[] {
          Values.uniform(1, -1, 1, type, 3, 4, 7, 9), Values.binary(2, 0.3, type, 3, 4, 7, 9)
        }) {
      LayerRun expected = ImageLayerRun.run(theirs, x);
      LayerRun actual = ImageLayerRun.run(ours, x);
      Tolerances.assertClose("output", actual.output, expected.output, Tolerances.of(type));
      actual.assertGradientsClose(expected, Tolerances.of(type));
    }
  }

  @Test
  void paddingMayCountInTheDivisor() {
    SpikingPooling layer =
        ours(
            PoolingType.AVG,
            b -> b.kernelSize(3, 3).padding(1, 1).avgPoolIncludePadInDivisor(true));
    InputType input = InputType.convolutional(7, 9, 4);
    INDArray x = Values.uniform(1, -1, 1, DataType.DOUBLE, 3, 4, 7, 9);
    LayerRun expected =
        ImageLayerRun.run(ImageLayerRun.network(theirs(layer), input, DataType.DOUBLE), x);
    LayerRun actual = ImageLayerRun.run(ImageLayerRun.network(layer, input, DataType.DOUBLE), x);
    Tolerances.assertClose("output", actual.output, expected.output, Tolerances.DOUBLE);
    actual.assertGradientsClose(expected, Tolerances.DOUBLE);
  }

  @ParameterizedTest
  @EnumSource(names = {"MAX", "AVG"})
  void channelsLast(PoolingType pooling) {
    SpikingPooling layer = ours(pooling, b -> b.kernelSize(3, 2));
    INDArray x = Values.uniform(1, -1, 1, DataType.DOUBLE, 3, 7, 9, 4);
    InputType last = InputType.convolutional(7, 9, 4, CNN2DFormat.NHWC);
    LayerRun actual = ImageLayerRun.run(ImageLayerRun.network(layer, last, DataType.DOUBLE), x);
    LayerRun first =
        ImageLayerRun.run(
            ImageLayerRun.network(
                ours(pooling, b -> b.kernelSize(3, 2)),
                InputType.convolutional(7, 9, 4),
                DataType.DOUBLE),
            x.permute(0, 3, 1, 2).dup('c'));
    Tolerances.assertIdentical("output", actual.output.permute(0, 3, 1, 2), first.output);
    assertThat(actual.inputGradient.shape()).containsExactly(3, 7, 9, 4);
  }

  @Test
  void threadsDoNotChangeResults() {
    MultiLayerNetwork net =
        ImageLayerRun.network(
            ours(PoolingType.AVG, b -> b.kernelSize(3, 3)),
            InputType.convolutional(17, 19, 13),
            DataType.FLOAT);
    INDArray x = Values.uniform(1, -1, 1, DataType.FLOAT, 31, 13, 17, 19);
    LayerRun one = Threads.with(1, () -> ImageLayerRun.run(net, x));
    Threads.with(3, () -> ImageLayerRun.run(net, x)).assertIdentical(one);
  }

  @Test
  void jsonKeepsEveryField() {
    SpikingPooling layer =
        ours(
            PoolingType.AVG,
            b ->
                b.kernelSize(3, 2)
                    .stride(1, 2)
                    .padding(2, 1)
                    .dilation(2, 1)
                    .avgPoolIncludePadInDivisor(true)
                    .name("pool"));
    MultiLayerConfiguration conf =
        ImageLayerRun.network(layer, InputType.convolutional(8, 9, 2), DataType.FLOAT)
            .getLayerWiseConfigurations();
    MultiLayerConfiguration back = MultiLayerConfiguration.fromJson(conf.toJson());
    assertThat(back).isEqualTo(conf);
    SpikingPooling restored = (SpikingPooling) back.getConf(0).getLayer();
    assertThat(restored.getBackend()).isEqualTo(Backend.FUSED);
    assertThat(restored.getDilation()).containsExactly(2, 1);
    assertThat(restored.clone()).isEqualTo(restored).hasSameHashCodeAs(restored);
    assertThat(new SpikingPooling.Builder().build())
        .isNotEqualTo(new SpikingPooling.Builder().backend(Backend.SAMEDIFF).build())
        .isNotEqualTo(new SubsamplingLayer.Builder().kernelSize(2, 2).build());
  }

  @Test
  void badInputIsAnError() {
    assertThatThrownBy(() -> new SpikingPooling.Builder(PoolingType.PNORM).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("SubsamplingLayer");
    assertThatThrownBy(() -> new SpikingPooling.Builder().padding(0, 2).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("[0, 2]");
    MultiLayerNetwork net =
        ImageLayerRun.network(
            new SpikingPooling.Builder().name("p1").build(),
            InputType.convolutional(5, 5, 2),
            DataType.FLOAT);
    assertThatThrownBy(() -> net.output(Values.uniform(1, 0, 1, DataType.FLOAT, 2, 50)))
        .isInstanceOf(DL4JInvalidInputException.class)
        .hasMessageContainingAll("SpikingPooling \"p1\"", "[2, 50]");
    INDArray nan = Values.uniform(1, 0, 1, DataType.FLOAT, 2, 2, 5, 5);
    nan.putScalar(new int[] {1, 0, 2, 2}, Double.NaN);
    assertThatThrownBy(() -> net.output(nan))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("SpikingPooling \"p1\"", "image 1");
  }
}
