package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.testing.DoublePrecision;
import io.github.dl4jsnn.testing.ImageLayerRun;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.Networks;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.io.File;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.BaseConvBuilder;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link SpikingConvolution} is DL4J's ConvolutionLayer, computed in another way. */
@ExtendWith(DoublePrecision.class)
class SpikingConvolutionTest {
  private static final DataType TYPE = DataType.DOUBLE;

  @TempDir Path folder;

  /** Options that both builders have. */
  static Stream<Arguments> options() {
    return Stream.of(
        option("3x3", b -> b.kernelSize(3, 3)),
        option("3x3 padded", b -> b.kernelSize(3, 3).padding(1, 1)),
        option("same", b -> b.kernelSize(3, 3).convolutionMode(ConvolutionMode.Same)),
        option(
            "same, even kernel, stride",
            b -> b.kernelSize(4, 2).stride(2, 3).convolutionMode(ConvolutionMode.Same)),
        option(
            "strict", b -> b.kernelSize(2, 3).stride(1, 1).convolutionMode(ConvolutionMode.Strict)),
        option("truncated", b -> b.kernelSize(4, 3).stride(3, 2)),
        option("5x2, stride, padding", b -> b.kernelSize(5, 2).stride(2, 1).padding(2, 1)),
        option("dilation", b -> b.kernelSize(2, 3).dilation(2, 1)),
        option(
            "same, dilation",
            b -> b.kernelSize(3, 3).dilation(2, 2).convolutionMode(ConvolutionMode.Same)),
        option("1x1", b -> b.kernelSize(1, 1)),
        option("no bias", b -> b.kernelSize(3, 3).padding(1, 1).hasBias(false)),
        option("ReLU", b -> b.kernelSize(3, 3).activation(Activation.RELU)),
        option("softplus", b -> b.kernelSize(3, 3).activation(Activation.SOFTPLUS)),
        option("dropout", b -> b.kernelSize(3, 3).dropOut(0.7)),
        option("weight noise", b -> b.kernelSize(3, 3).weightNoise(new DropConnect(0.6))),
        option(
            "initial values",
            b ->
                b.kernelSize(3, 3)
                    .stride(2, 2)
                    .weightInit(WeightInit.VAR_SCALING_NORMAL_FAN_AVG)
                    .biasInit(0.3)));
  }

  private static Arguments option(String name, Consumer<BaseConvBuilder<?>> options) {
    return arguments(name, options);
  }

  private static ConvolutionLayer ours(Consumer<BaseConvBuilder<?>> options) {
    SpikingConvolution.Builder b = new SpikingConvolution.Builder().backend(Backend.FUSED).nOut(6);
    options.accept(b);
    return b.build();
  }

  private static ConvolutionLayer theirs(Consumer<BaseConvBuilder<?>> options) {
    ConvolutionLayer.Builder b =
        new ConvolutionLayer.Builder().nOut(6).activation(Activation.IDENTITY);
    options.accept(b);
    return b.build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("options")
  void equalsTheLayerOfDl4j(String name, Consumer<BaseConvBuilder<?>> options) {
    InputType input = InputType.convolutional(7, 9, 4);
    MultiLayerNetwork ours = ImageLayerRun.network(ours(options), input, TYPE);
    MultiLayerNetwork theirs = ImageLayerRun.network(theirs(options), input, TYPE);
    Networks.assertSameBits(ours.params(), theirs.params());
    for (double rate : new double[] {0.04, 0.6}) {
      INDArray x = Values.binary(1, rate, TYPE, 3, 4, 7, 9);
      LayerRun expected = ImageLayerRun.run(theirs, x);
      LayerRun actual = ImageLayerRun.run(ours, x);
      Tolerances.assertClose("output", actual.output, expected.output, Tolerances.DOUBLE);
      actual.assertGradientsClose(expected, Tolerances.DOUBLE);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("options")
  void channelsLast(String name, Consumer<BaseConvBuilder<?>> options) {
    InputType input = InputType.convolutional(7, 9, 4, CNN2DFormat.NHWC);
    INDArray x = Values.binary(1, 0.4, TYPE, 3, 7, 9, 4);
    LayerRun actual = ImageLayerRun.run(ImageLayerRun.network(ours(options), input, TYPE), x);
    LayerRun nchw =
        ImageLayerRun.run(
            ImageLayerRun.network(theirs(options), InputType.convolutional(7, 9, 4), TYPE),
            x.permute(0, 3, 1, 2).dup('c'));
    if (!name.equals("dropout")) { // its mask has the order of memory
      Tolerances.assertClose(
          "output", actual.output.permute(0, 3, 1, 2), nchw.output, Tolerances.DOUBLE);
    }
    assertThat(actual.inputGradient.shape()).containsExactly(3, 7, 9, 4);
  }

  @Test
  void weightsMoveBetweenBothThroughFiles() throws Exception {
    InputType input = InputType.convolutional(7, 9, 4);
    Consumer<BaseConvBuilder<?>> options = b -> b.kernelSize(3, 3).padding(1, 1);
    MultiLayerNetwork theirs = ImageLayerRun.network(theirs(options), input, TYPE);
    theirs.params().muli(1.7).addi(0.1);
    MultiLayerNetwork ours = ImageLayerRun.network(ours(options), input, TYPE);
    INDArray x = Values.binary(1, 0.5, TYPE, 3, 4, 7, 9);

    ours.setParams(saved(theirs).params());
    Tolerances.assertClose("output", ours.output(x), theirs.output(x), Tolerances.DOUBLE);
    ours.params().muli(0.6);
    theirs.setParams(saved(ours).params());
    Tolerances.assertClose("output", theirs.output(x), ours.output(x), Tolerances.DOUBLE);
    theirs.getLayer(0).setParam("W", ours.getLayer(0).getParam("W").mul(2));
    ours.getLayer(0).setParam("W", theirs.getLayer(0).getParam("W"));
    Networks.assertSameBits(ours.params(), theirs.params());
  }

  private MultiLayerNetwork saved(MultiLayerNetwork net) throws Exception {
    File zip = folder.resolve("net.zip").toFile();
    net.save(zip, true);
    return MultiLayerNetwork.load(zip, true);
  }

  @Test
  void definitionIsTheLayerOfDl4j() {
    SpikingConvolution layer =
        new SpikingConvolution.Builder(3, 3).backend(Backend.SAMEDIFF).nOut(2).build();
    MultiLayerNetwork net = ImageLayerRun.network(layer, InputType.convolutional(5, 5, 1), TYPE);
    assertThat(net.getLayer(0).getClass())
        .isEqualTo(org.deeplearning4j.nn.layers.convolution.ConvolutionLayer.class);
  }

  @Test
  void jsonKeepsEveryField() {
    SpikingConvolution layer =
        new SpikingConvolution.Builder(3, 2)
            .backend(Backend.FUSED)
            .nOut(3)
            .stride(2, 1)
            .padding(1, 2)
            .dilation(1, 2)
            .hasBias(false)
            .name("conv")
            .activation(Activation.TANH)
            .dataFormat(CNN2DFormat.NHWC)
            .build();
    MultiLayerConfiguration conf =
        ImageLayerRun.network(layer, InputType.convolutional(8, 9, 2, CNN2DFormat.NHWC), TYPE)
            .getLayerWiseConfigurations();
    MultiLayerConfiguration back = MultiLayerConfiguration.fromJson(conf.toJson());
    assertThat(back).isEqualTo(conf);
    SpikingConvolution restored = (SpikingConvolution) back.getConf(0).getLayer();
    assertThat(restored.getBackend()).isEqualTo(Backend.FUSED);
    assertThat(restored).hasSameHashCodeAs(conf.getConf(0).getLayer());
    assertThat(restored.clone()).isEqualTo(restored);
    SpikingConvolution other = restored.clone();
    other.setNOut(4);
    assertThat(other).isNotEqualTo(restored);
    assertThat(new SpikingConvolution.Builder(3, 3).build())
        .isNotEqualTo(new SpikingConvolution.Builder(3, 3).backend(Backend.SAMEDIFF).build())
        .isNotEqualTo(new ConvolutionLayer.Builder(3, 3).activation(Activation.IDENTITY).build());
  }

  @Test
  void badInputIsAnError() {
    SpikingConvolution.Builder b = new SpikingConvolution.Builder(3, 3).nOut(2).name("c1");
    MultiLayerNetwork net =
        ImageLayerRun.network(b.build(), InputType.convolutional(5, 5, 2), TYPE);
    assertThatThrownBy(() -> net.output(Values.uniform(1, 0, 1, TYPE, 2, 3, 5, 5)))
        .isInstanceOf(DL4JInvalidInputException.class)
        .hasMessageContaining("c1");
    assertThatThrownBy(() -> net.output(Values.uniform(1, 0, 1, TYPE, 2, 50)))
        .isInstanceOf(DL4JInvalidInputException.class);
    INDArray nan = Values.uniform(1, 0, 1, TYPE, 2, 2, 5, 5);
    nan.putScalar(new int[] {1, 0, 2, 2}, Double.NaN);
    assertThatThrownBy(() -> net.output(nan))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("SpikingConvolution \"c1\"", "image 1");
    assertThatThrownBy(() -> new SpikingConvolution.Builder(0, 3).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("kernel size");
    assertThatThrownBy(() -> ImageLayerRun.network(b.build(), InputType.recurrent(5), TYPE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("c1");
  }

  /** What an image puts out does not depend on the others, but for rounding. */
  @Test
  void imagesAreIndependent() {
    MultiLayerNetwork net =
        ImageLayerRun.network(
            ours(b -> b.kernelSize(3, 3).padding(1, 1)), InputType.convolutional(7, 9, 4), TYPE);
    INDArray x = Values.binary(1, 0.5, TYPE, 5, 4, 7, 9);
    INDArray all = net.output(x);
    for (int i = 0; i < 5; i++) {
      INDArray one = net.output(x.slice(i).dup().reshape(1, 4, 7, 9));
      Tolerances.assertClose("image " + i, one.slice(0), all.slice(i), Tolerances.DOUBLE);
    }
  }
}
