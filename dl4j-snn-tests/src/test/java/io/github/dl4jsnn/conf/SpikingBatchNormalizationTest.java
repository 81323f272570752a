package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.testing.ImageLayerRun;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.Networks;
import io.github.dl4jsnn.testing.Threads;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;

/** A {@link SpikingBatchNormalization} is DL4J's BatchNormalization, computed in another way. */
class SpikingBatchNormalizationTest {
  private static final InputType INPUT = InputType.convolutional(5, 7, 3);

  private static INDArray images(DataType type) {
    INDArray x = Values.uniform(1, -1, 2, type, 4, 3, 5, 7);
    return x.addi(Values.array(new double[] {3, -20, 0.1}, type, 1, 3, 1, 1));
  }

  private static MultiLayerNetwork shifted(MultiLayerNetwork net) {
    net.getLayer(0).getParam("gamma").addi(0.4);
    net.getLayer(0).getParam("beta").addi(0.2);
    net.getLayer(0).getParam("mean").addi(0.7);
    net.getLayer(0)
        .getParam(net.getLayer(0).paramTable().containsKey("var") ? "var" : "log10stdev")
        .addi(0.3);
    return net;
  }

  private static SpikingBatchNormalization.Builder ours() {
    return new SpikingBatchNormalization.Builder().backend(Backend.FUSED).decay(0.7).eps(1e-3);
  }

  @ParameterizedTest
  @CsvSource({"FLOAT, true", "DOUBLE, true", "FLOAT, false", "DOUBLE, false"})
  void equalsTheLayerOfDl4j(DataType type, boolean log) {
    BatchNormalization theirLayer =
        new BatchNormalization.Builder().decay(0.7).eps(1e-3).useLogStd(log).build();
    SpikingBatchNormalization layer = ours().build();
    layer.setUseLogStd(log);
    MultiLayerNetwork theirs = ImageLayerRun.network(theirLayer, INPUT, type);
    MultiLayerNetwork ours = ImageLayerRun.network(layer, INPUT, type);
    Networks.assertSameBits(ours.params(), theirs.params());
    shifted(theirs);
    ours.setParams(theirs.params().dup());
    INDArray x = images(type);
    LayerRun expected = ImageLayerRun.run(theirs, x);
    LayerRun actual = ImageLayerRun.run(ours, x);
    double tolerance = 10 * Tolerances.of(type); // a mean of -20 costs digits, on either side
    Tolerances.assertClose("output", actual.output, expected.output, tolerance);
    actual.assertGradientsClose(expected, tolerance);
    Tolerances.assertClose("inference", ours.output(x), theirs.output(x), tolerance);
  }

  @ParameterizedTest
  @CsvSource({"FLOAT, false", "DOUBLE, false", "FLOAT, true", "DOUBLE, true"})
  void fusedEqualsDefined(DataType type, boolean relu) {
    INDArray x = Values.uniform(1, -1, 2, type, 4, 3, 5, 7);
    MultiLayerNetwork fused =
        shifted(ImageLayerRun.network(ours().relu(relu).build(), INPUT, type));
    MultiLayerNetwork defined =
        shifted(
            ImageLayerRun.network(
                ours().relu(relu).backend(Backend.SAMEDIFF).build(), INPUT, type));
    LayerRun expected = ImageLayerRun.run(defined, x);
    LayerRun actual = ImageLayerRun.run(fused, x);
    Tolerances.assertClose("output", actual.output, expected.output, Tolerances.of(type));
    actual.assertGradientsClose(expected, Tolerances.of(type));
    Tolerances.assertClose("inference", fused.output(x), defined.output(x), Tolerances.of(type));
    assertThat(expected.output.minNumber().doubleValue() < 0).isNotEqualTo(relu);
  }

  @Test
  void channelsLast() {
    InputType last = InputType.convolutional(5, 7, 3, CNN2DFormat.NHWC);
    INDArray x = Values.uniform(1, -1, 2, DataType.DOUBLE, 4, 5, 7, 3);
    LayerRun actual =
        ImageLayerRun.run(ImageLayerRun.network(ours().build(), last, DataType.DOUBLE), x);
    LayerRun first =
        ImageLayerRun.run(
            ImageLayerRun.network(ours().build(), INPUT, DataType.DOUBLE),
            x.permute(0, 3, 1, 2).dup('c'));
    Tolerances.assertIdentical("output", actual.output.permute(0, 3, 1, 2), first.output);
    assertThat(actual.inputGradient.shape()).containsExactly(4, 5, 7, 3);
  }

  @Test
  void threadsDoNotChangeResults() {
    MultiLayerNetwork net =
        ImageLayerRun.network(
            ours().relu(true).build(), InputType.convolutional(13, 17, 19), DataType.FLOAT);
    INDArray x = Values.uniform(1, -1, 2, DataType.FLOAT, 31, 19, 13, 17);
    LayerRun one = Threads.with(1, () -> ImageLayerRun.run(net, x));
    Threads.with(3, () -> ImageLayerRun.run(net, x)).assertIdentical(one);
  }

  @Test
  void jsonKeepsEveryField() {
    SpikingBatchNormalization layer =
        ours()
            .relu(true)
            .name("bn")
            .updater(new Sgd(0.3))
            .gradientNormalization(GradientNormalization.ClipL2PerLayer)
            .gradientNormalizationThreshold(2)
            .build();
    MultiLayerConfiguration conf =
        ImageLayerRun.network(layer, INPUT, DataType.FLOAT).getLayerWiseConfigurations();
    MultiLayerConfiguration back = MultiLayerConfiguration.fromJson(conf.toJson());
    assertThat(back).isEqualTo(conf);
    SpikingBatchNormalization restored = (SpikingBatchNormalization) back.getConf(0).getLayer();
    assertThat(restored.isRelu()).isTrue();
    assertThat(restored.getBackend()).isEqualTo(Backend.FUSED);
    assertThat(restored.getDecay()).isEqualTo(0.7);
    assertThat(restored.getEps()).isEqualTo(1e-3);
    assertThat(restored.getLayerName()).isEqualTo("bn");
    assertThat(restored.getIUpdater()).isEqualTo(new Sgd(0.3));
    assertThat(restored.getGradientNormalization()).isEqualTo(GradientNormalization.ClipL2PerLayer);
    assertThat(restored.getGradientNormalizationThreshold()).isEqualTo(2);
    assertThat(restored.clone()).isEqualTo(restored).hasSameHashCodeAs(restored);
    assertThat(ours().build())
        .isNotEqualTo(ours().relu(true).build())
        .isNotEqualTo(ours().backend(Backend.SAMEDIFF).build())
        .isNotEqualTo(new BatchNormalization.Builder().decay(0.7).eps(1e-3).build());
  }

  @Test
  void badInputIsAnError() {
    assertThatThrownBy(() -> ours().decay(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ours().eps(0)).isInstanceOf(IllegalArgumentException.class);
    SpikingBatchNormalization layer = ours().name("bn1").build();
    assertThatThrownBy(() -> ImageLayerRun.network(layer, InputType.recurrent(5), DataType.FLOAT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("bn1", "ThresholdBatchNormLayer");
    MultiLayerNetwork net = ImageLayerRun.network(layer, INPUT, DataType.FLOAT);
    assertThatThrownBy(() -> net.output(Values.uniform(1, 0, 1, DataType.FLOAT, 2, 4, 5, 7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("bn1", "[2, 4, 5, 7]", "3 channels");
    INDArray nan = images(DataType.FLOAT);
    nan.putScalar(new int[] {1, 0, 2, 2}, Double.NaN);
    assertThatThrownBy(() -> net.output(nan))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("SpikingBatchNormalization \"bn1\"", "image 1");
  }
}
