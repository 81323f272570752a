package io.github.dl4jsnn.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.conf.LifLayer;
import io.github.dl4jsnn.conf.SpikingConvolution;
import io.github.dl4jsnn.testing.Networks;
import io.github.dl4jsnn.testing.Values;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AnnToSnnTest {
  @TempDir Path folder;

  private static MultiLayerNetwork dense(int... sizes) {
    var list = AnnNetworks.settings().list();
    for (int size : sizes) {
      list.layer(
          new DenseLayer.Builder().nOut(size).biasInit(0.05).activation(Activation.RELU).build());
    }
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            list.layer(AnnNetworks.output()).setInputType(InputType.feedForward(5)).build());
    net.init();
    return net;
  }

  private static double distance(INDArray a, INDArray b) {
    return a.sub(b).norm2Number().doubleValue() / b.norm2Number().doubleValue();
  }

  /** Sizes of steps of the accumulators of the spiking network: loops without any library. */
  private static double[] plainTwin(
      MultiLayerNetwork ann, double[] x, double[] thresholds, int steps, boolean half) {
    int layers = ann.getnLayers();
    double[][] potential = new double[layers][];
    double[] out = null;
    for (int l = 0; l < layers; l++) {
      potential[l] = new double[(int) ann.getLayer(l).getParam("W").size(1)];
      if (half && l < layers - 1) {
        Arrays.fill(potential[l], thresholds[l] / 2);
      }
    }
    for (int t = 0; t < steps; t++) {
      double[] in = x;
      for (int l = 0; l < layers; l++) {
        INDArray w = ann.getLayer(l).getParam("W");
        INDArray b = ann.getLayer(l).getParam("b");
        double[] next = new double[potential[l].length];
        for (int j = 0; j < next.length; j++) {
          potential[l][j] += b.getDouble(j);
          for (int i = 0; i < in.length; i++) {
            potential[l][j] += in[i] * w.getDouble(i, j);
          }
          if (l < layers - 1 && potential[l][j] >= thresholds[l]) {
            potential[l][j] -= thresholds[l];
            next[j] = thresholds[l];
          }
        }
        in = next;
      }
      out = potential[layers - 1].clone();
    }
    for (int j = 0; j < out.length; j++) {
      out[j] /= steps;
    }
    return out;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void neuronsAreThePlainOnes(boolean half) {
    MultiLayerNetwork ann = dense(6, 4);
    INDArray x = Values.uniform(2, 0, 1, DataType.FLOAT, 3, 5);
    Conversion<MultiLayerNetwork> c =
        AnnToSnn.builder(ann, AnnNetworks.data(x, 2))
            .percentile(80)
            .timeSteps(11)
            .halfThreshold(half)
            .convert();
    double[] thresholds =
        c.thresholds().values().stream().mapToDouble(Double::doubleValue).toArray();
    List<INDArray> activations = c.network().feedForward(x);
    INDArray read = activations.get(activations.size() - 2);
    for (int n = 0; n < 3; n++) {
      double[] expected = plainTwin(ann, Values.of(x.getRow(n)), thresholds, 11, half);
      for (int j = 0; j < 3; j++) {
        assertThat(read.getDouble(n, j)).isCloseTo(expected[j], within(1e-4));
      }
    }
    assertThat(c.network().getLayer(1).conf().getLayer() instanceof LifLayer).isEqualTo(!half);
  }

  @Test
  void ratesApproachTheActivations() {
    MultiLayerNetwork ann = dense(6, 4);
    INDArray x = Values.uniform(2, 0, 1, DataType.FLOAT, 7, 5);
    double last = Double.MAX_VALUE;
    for (int steps : new int[] {4, 64, 1024}) {
      Conversion<MultiLayerNetwork> c =
          AnnToSnn.builder(ann, AnnNetworks.data(x, 7)).percentile(100).timeSteps(steps).convert();
      INDArray spikes = c.network().feedForwardToLayer(3, x).get(4);
      double threshold = c.thresholds().get("layer1-neurons");
      double error = distance(spikes.mean(1).mul(threshold), ann.feedForwardToLayer(1, x).get(2));
      assertThat(error).isLessThan(2.0 / steps + 1e-3).isLessThan(last);
      last = error;
    }
  }

  /** What was trained with our layers of images converts like what was trained with DL4J's. */
  @Test
  void layersOfOursAreThoseOfDl4j() {
    INDArray x = AnnNetworks.images(5, 7, 8);
    INDArray[] outputs = new INDArray[2];
    for (boolean ours : new boolean[] {false, true}) {
      MultiLayerNetwork ann = AnnNetworks.normalized(ours);
      Conversion<MultiLayerNetwork> c =
          AnnToSnn.builder(ann, AnnNetworks.data(x, 5)).percentile(95).timeSteps(16).convert();
      assertThat(c.thresholds())
          .containsOnlyKeys(
              ours ? "layer1-neurons" : "layer2", ours ? "layer3-neurons" : "layer4-neurons");
      outputs[ours ? 1 : 0] = c.network().output(x);
    }
    assertThat(distance(outputs[1], outputs[0])).isLessThan(1e-4);
  }

  @Test
  void thresholdsAreThePercentiles() {
    MultiLayerNetwork ann = AnnNetworks.list(false);
    INDArray x = AnnNetworks.images(9, 12, 13);
    Conversion<MultiLayerNetwork> c =
        AnnToSnn.builder(ann, AnnNetworks.data(x, 4)).percentile(95).convert();
    assertThat(c.thresholds()).containsOnlyKeys("layer2", "second-neurons", "layer9");
    List<INDArray> activations = ann.feedForward(x, false);
    // Maximum pooling comes before the first neurons, which see what it leaves.
    assertThat(c.thresholds().get("layer2"))
        .isCloseTo(percentile(activations.get(4), 95), within(1e-5));
    assertThat(c.thresholds().get("second-neurons"))
        .isCloseTo(percentile(activations.get(6), 95), within(1e-5));
    assertThat(c.thresholds().get("layer9"))
        .isCloseTo(percentile(activations.get(10), 95), within(1e-5));
  }

  private static double percentile(INDArray a, double percent) {
    double[] v = Values.of(a);
    Arrays.sort(v);
    double place = percent / 100 * (v.length - 1);
    int i = (int) place;
    return v[i] + (place - i) * (v[Math.min(i + 1, v.length - 1)] - v[i]);
  }

  /** The weights of the first spiking layer, in a network without normalisation. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void foldedBatchNormPutsOutTheSame(boolean locked) {
    MultiLayerNetwork ann = AnnNetworks.list(locked);
    INDArray x = AnnNetworks.images(5, 12, 13);
    Conversion<MultiLayerNetwork> c =
        AnnToSnn.builder(ann, AnnNetworks.data(x, 5)).timeSteps(2).convert();
    assertThat(c.network().getLayer(0).conf().getLayer()).isInstanceOf(SpikingConvolution.class);
    INDArray folded = c.network().feedForwardToLayer(0, x).get(1);
    INDArray expected = ann.feedForwardToLayer(1, x, false).get(2);
    assertThat(distance(folded, expected)).isLessThan(1e-5);
    for (org.deeplearning4j.nn.api.Layer layer : c.network().getLayers()) {
      assertThat(layer.conf().getLayer()).isNotInstanceOf(BatchNormalization.class);
    }
  }

  @Test
  void outputsOfAListApproachTheNetworks() throws Exception {
    MultiLayerNetwork ann = AnnNetworks.list(false);
    INDArray x = AnnNetworks.images(4, 12, 13);
    Conversion<MultiLayerNetwork> c =
        AnnToSnn.builder(ann, AnnNetworks.data(x, 3)).percentile(100).timeSteps(600).convert();
    INDArray before = ann.params().dup();
    INDArray out = c.network().output(x);
    assertThat(distance(out, ann.output(x))).isLessThan(0.02);
    assertThat(ann.params()).isEqualTo(before);
    File zip = folder.resolve("snn.zip").toFile();
    c.network().save(zip);
    MultiLayerNetwork loaded = MultiLayerNetwork.load(zip, true);
    assertThat(loaded.getLayerWiseConfigurations())
        .isEqualTo(c.network().getLayerWiseConfigurations());
    Networks.assertSameBits(loaded.output(x), out);
  }

  @Test
  void outputsOfAGraphApproachTheGraphs() throws Exception {
    ComputationGraph ann = AnnNetworks.graph();
    INDArray x = AnnNetworks.images(4, 9, 10);
    Conversion<ComputationGraph> c =
        AnnToSnn.builder(ann, AnnNetworks.data(x, 3)).percentile(100).timeSteps(400).convert();
    assertThat(c.thresholds()).containsOnlyKeys("stem-neurons", "relu", "c-neurons");
    INDArray out = c.network().outputSingle(x);
    assertThat(distance(out, ann.outputSingle(x))).isLessThan(0.02);
    File zip = folder.resolve("snn.zip").toFile();
    c.network().save(zip);
    Networks.assertSameBits(ComputationGraph.load(zip, true).outputSingle(x), out);
  }

  @Test
  void denseLayersOnImagesAndFlatImages() {
    for (InputType type :
        List.of(InputType.convolutional(4, 3, 2), InputType.convolutionalFlat(4, 3, 2))) {
      var list = AnnNetworks.settings().list();
      if (type instanceof InputType.InputTypeConvolutionalFlat) {
        list.layer(AnnNetworks.conv(3).activation(Activation.RELU).build());
      }
      MultiLayerNetwork ann =
          new MultiLayerNetwork(
              list.layer(new DenseLayer.Builder().nOut(6).activation(Activation.RELU).build())
                  .layer(AnnNetworks.output())
                  .setInputType(type)
                  .build());
      ann.init();
      INDArray x = AnnNetworks.images(4, 4, 3);
      if (type instanceof InputType.InputTypeConvolutionalFlat) {
        x = x.reshape(4, 24);
      }
      Conversion<MultiLayerNetwork> c =
          AnnToSnn.builder(ann, AnnNetworks.data(x, 4)).percentile(100).timeSteps(300).convert();
      assertThat(distance(c.network().output(x), ann.output(x))).isLessThan(0.02);
    }
  }

  private static void assertRefused(String message, Layer... layers) {
    var list = AnnNetworks.settings().list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    MultiLayerNetwork ann =
        new MultiLayerNetwork(
            list.layer(AnnNetworks.output())
                .setInputType(InputType.convolutional(8, 8, 2))
                .build());
    ann.init();
    assertThatThrownBy(
            () -> AnnToSnn.builder(ann, AnnNetworks.data(AnnNetworks.images(2, 8, 8), 2)).convert())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void whatCannotBeConvertedIsNamed() {
    Layer relu = AnnNetworks.conv(3).activation(Activation.RELU).build();
    assertRefused("\"t\"", AnnNetworks.conv(3).name("t").activation(Activation.TANH).build());
    assertRefused("Activation.RELU", AnnNetworks.conv(3).activation(Activation.LEAKYRELU).build());
    assertRefused(
        "\"layer1\" cannot be converted: batch normalisation", relu, new BatchNormalization());
    assertRefused(
        "LocalResponseNormalization",
        relu,
        new org.deeplearning4j.nn.conf.layers.LocalResponseNormalization());
    assertRefused(
        "DepthwiseConvolution2D",
        new org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D.Builder(3, 3)
            .depthMultiplier(2)
            .build());
    assertRefused(
        "PNORM",
        relu,
        new org.deeplearning4j.nn.conf.layers.SubsamplingLayer.Builder(
                org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType.PNORM)
            .pnorm(2)
            .build());
    assertRefused("rectifiers", AnnNetworks.conv(3).build());
  }

  @Test
  void badSettingsAreErrors() {
    INDArray x = Values.uniform(2, 0, 1, DataType.FLOAT, 3, 5);
    var builder = AnnToSnn.builder(dense(4), AnnNetworks.data(x, 2));
    assertThatThrownBy(() -> builder.percentile(0)).hasMessageContaining("percentile");
    assertThatThrownBy(() -> builder.percentile(Double.NaN)).hasMessageContaining("percentile");
    assertThatThrownBy(() -> builder.timeSteps(0)).hasMessageContaining("timeSteps");
    INDArray nan = Nd4j.valueArrayOf(new long[] {3, 5}, Double.NaN, DataType.FLOAT);
    assertThatThrownBy(() -> AnnToSnn.builder(dense(4), AnnNetworks.data(nan, 2)).convert())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layer0");
  }

  /** With more numbers than memory, percentiles are those of a sample. */
  @Test
  void percentilesOfASample() {
    PercentileSample exact = new PercentileSample(200_000, 1);
    PercentileSample sample = new PercentileSample(20_000, 1);
    float[] values = Values.uniform(4, 0, 1, DataType.FLOAT, 100_000).data().asFloat();
    exact.add(values);
    sample.add(values);
    assertThat(exact.percentile(100))
        .isEqualTo(Arrays.stream(Values.of(Nd4j.create(values))).max().getAsDouble());
    assertThat(sample.percentile(90)).isCloseTo(exact.percentile(90), within(0.01));
  }
}
