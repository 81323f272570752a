package io.github.dl4jsnn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.conf.SpikeResidualVertex;
import io.github.dl4jsnn.monitor.AttentionMap;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.position.PositionalEncoding;
import io.github.dl4jsnn.position.SinusoidalCode;
import io.github.dl4jsnn.testing.Networks;
import io.github.dl4jsnn.testing.Values;
import java.io.File;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;

/** The Spikformers learn small tasks, come back from a file, and do what their options say. */
class SpikformerTest {
  private static final DataType TYPE = DataType.FLOAT;

  private static <B extends AbstractSpikformer.Builder<B>> B small(B builder) {
    return builder.timeSteps(2).hidden(16).blocks(1).heads(2).mlpRatio(2).updater(new Adam(0.01));
  }

  private static SpikformerForecaster.Builder forecaster() {
    return small(SpikformerForecaster.builder(2, 5, 3));
  }

  /** The next three values of two sines from the last five. */
  static MultiDataSet series() {
    INDArray x = Nd4j.create(TYPE, 24, 5, 2);
    INDArray y = Nd4j.create(TYPE, 24, 6);
    for (int i = 0; i < 24; i++) {
      for (int c = 0; c < 2; c++) {
        for (int t = 0; t < 8; t++) {
          double v = Math.sin((i + t) * (0.5 + 0.4 * c));
          if (t < 5) {
            x.putScalar(i, t, c, v);
          } else {
            y.putScalar(i, (t - 5) * 2 + c, v);
          }
        }
      }
    }
    return new MultiDataSet(x, y);
  }

  /** Does a token 1 come before a token 2? Only positions tell. */
  private static MultiDataSet texts() {
    INDArray x = Nd4j.create(TYPE, 16, 4);
    INDArray y = Nd4j.create(TYPE, 16, 2);
    INDArray mask = Nd4j.ones(TYPE, 16, 4);
    for (int i = 0; i < 16; i++) {
      int at = i / 2 % 2;
      x.putScalar(i, at, 1 + i % 2);
      x.putScalar(i, at + 1, 2 - i % 2);
      mask.putScalar(i, 3, i / 4 % 2);
      x.putScalar(i, 3, 3);
      y.putScalar(i, i % 2, 1);
    }
    return new MultiDataSet(new INDArray[] {x}, new INDArray[] {y}, new INDArray[] {mask}, null);
  }

  /** Which half of the image is bright? */
  private static MultiDataSet images() {
    INDArray x = Values.uniform(3, 0, 0.5, TYPE, 12, 1, 4, 6);
    INDArray y = Nd4j.create(TYPE, 12, 2);
    for (int i = 0; i < 12; i++) {
      int half = i % 2;
      x.get(
              NDArrayIndex.point(i),
              NDArrayIndex.point(0),
              NDArrayIndex.all(),
              NDArrayIndex.interval(3 * half, 3 * half + 3))
          .addi(0.5);
      y.putScalar(i, half, 1);
    }
    return new MultiDataSet(x, y);
  }

  static void assertLearnsAndComesBack(ZooNetwork zoo, MultiDataSet data, Path dir)
      throws Exception {
    ComputationGraph net = zoo.init();
    double before = net.score(data);
    Networks.fit(net, data, 60, 1);
    assertThat(net.score(data)).isLessThan(0.6 * before);
    File zip = dir.resolve("net.zip").toFile();
    net.save(zip, true);
    ComputationGraph loaded = ComputationGraph.load(zip, true);
    Networks.assertSameBits(Networks.output(loaded, data), Networks.output(net, data));
    Networks.fit(net, data, 1, 2);
    Networks.fit(loaded, data, 1, 2);
    Networks.assertSameParameters(loaded, net);
  }

  @ParameterizedTest
  @EnumSource
  void forecasts(PositionalEncoding encoding, @TempDir Path dir) throws Exception {
    SpikformerForecaster zoo = forecaster().positionalEncoding(encoding).build();
    assertThat(zoo.conf()).isEqualTo(zoo.conf());
    assertThat(ComputationGraphConfiguration.fromJson(zoo.conf().toJson())).isEqualTo(zoo.conf());
    assertLearnsAndComesBack(zoo, series(), dir);
  }

  @Test
  void forecastsFromAllPositions(@TempDir Path dir) throws Exception {
    SpikformerForecaster.Builder b = forecaster().readout(ForecastReadout.MEAN).dropOut(0.95);
    assertLearnsAndComesBack(b.build(), series(), dir);
  }

  @Test
  void classifiesTexts(@TempDir Path dir) throws Exception {
    SpikformerTextClassifier zoo =
        small(SpikformerTextClassifier.builder(4, 4, 2)).tokenFeatures(8).build();
    assertLearnsAndComesBack(zoo, texts(), dir);
  }

  @Test
  void classifiesImages(@TempDir Path dir) throws Exception {
    SpikformerImageClassifier zoo =
        small(SpikformerImageClassifier.builder(InputType.convolutional(4, 6, 1), 2, 2)).build();
    assertLearnsAndComesBack(zoo, images(), dir);
  }

  /** Texts of one length padded to another: the same outputs, whatever stands in the padding. */
  @Test
  void paddingChangesNothing() {
    SpikformerTextClassifier.Builder b =
        small(SpikformerTextClassifier.builder(9, 7, 3)).dataType(DataType.DOUBLE);
    ComputationGraph net = b.build().init();
    INDArray ids = Nd4j.create(DataType.DOUBLE, 5, 7);
    INDArray mask = Nd4j.create(DataType.DOUBLE, 5, 7);
    int[] lengths = {7, 3, 5, 1, 3};
    for (int n = 0; n < 5; n++) {
      for (int l = 0; l < 7; l++) {
        ids.putScalar(n, l, (3 * n + 2 * l) % 8);
        mask.putScalar(n, l, l < lengths[n] ? 1 : 0);
      }
    }
    INDArray padded = net.output(false, new INDArray[] {ids}, new INDArray[] {mask})[0];
    for (int n = 0; n < 5; n++) {
      // CPG counts p = t L + l, so steps after the first have other codes at another length
      ComputationGraph plain = unpositioned(net, b);
      INDArray alone =
          ids.get(NDArrayIndex.interval(n, n + 1), NDArrayIndex.interval(0, lengths[n])).dup();
      INDArray all = plain.output(false, new INDArray[] {ids}, new INDArray[] {mask})[0];
      assertThat(all.getRow(n, true).distance2(plain.output(alone)[0])).isLessThan(1e-12);
    }
    INDArray other = ids.dup();
    other.putScalar(1, 4, 8);
    INDArray again = net.output(false, new INDArray[] {other}, new INDArray[] {mask})[0];
    Networks.assertSameBits(again, padded);
  }

  private static ComputationGraph unpositioned(
      ComputationGraph net, SpikformerTextClassifier.Builder b) {
    ComputationGraph plain = b.positionalEncoding(PositionalEncoding.NONE).build().init();
    plain.paramTable().forEach((name, p) -> p.assign(net.getParam(name)));
    return plain;
  }

  /** T = 2 steps of L = 5 positions: a network that takes them for 5 steps of 2 differs. */
  @Test
  void axesAreNotExchanged() {
    ComputationGraph net = attentive(PositionalEncoding.NONE);
    INDArray x = series().getFeatures(0);
    INDArray out = net.output(x)[0];
    // without a code, earlier positions may be exchanged, but the last one may not
    int[] order = {3, 1, 0, 2, 4};
    INDArray moved = x.dup();
    for (int l = 0; l < 5; l++) {
      moved
          .get(NDArrayIndex.all(), NDArrayIndex.point(l), NDArrayIndex.all())
          .assign(x.get(NDArrayIndex.all(), NDArrayIndex.point(order[l]), NDArrayIndex.all()));
    }
    assertThat(out.distance2(net.output(moved)[0])).isLessThan(1e-5);
    ComputationGraph coded = attentive(PositionalEncoding.CPG);
    assertThat(coded.output(x)[0].distance2(coded.output(moved)[0])).isGreaterThan(1e-2);
    moved.get(NDArrayIndex.all(), NDArrayIndex.point(0), NDArrayIndex.all()).assign(2);
    assertThat(out.distance2(net.output(moved)[0])).as("attends").isGreaterThan(1e-2);
    assertThat(net.feedForward(x, false).get("block0.out").shape()).containsExactly(24, 10, 16);
    assertThat(net.feedForward(x, false).get("rate").shape()).containsExactly(24, 5, 16);
  }

  /** Its attention neurons fire at any count. */
  private static ComputationGraph attentive(PositionalEncoding encoding) {
    LifParameters neuron = LifParameters.builder().threshold(0.1).build();
    ComputationGraph net =
        forecaster().positionalEncoding(encoding).attentionNeuron(neuron).build().init();
    Networks.fit(net, series(), 60, 1); // the running statistics must get there
    return net;
  }

  @Test
  void examplesDoNotMeet() {
    ComputationGraph net = forecaster().build().init();
    Networks.fit(net, series(), 5, 1);
    INDArray x = series().getFeatures(0);
    INDArray all = net.output(x)[0];
    INDArray some =
        net.output(
                x.get(NDArrayIndex.interval(7, 10), NDArrayIndex.all(), NDArrayIndex.all()).dup())[
            0];
    assertThat(all.get(NDArrayIndex.interval(7, 10), NDArrayIndex.all()).distance2(some))
        .isLessThan(1e-5);
  }

  @Test
  void attentionMapsAreCounts() {
    ComputationGraph net = attentive(PositionalEncoding.CPG);
    INDArray x = series().getFeatures(0);
    AttentionMap maps = AttentionMap.of(net, "block0.attention", x);
    INDArray map = maps.of(3, 1);
    assertThat(map.shape()).containsExactly(2, 5, 5);
    INDArray qkv = net.feedForward(x, false).get("block0.qkv");
    for (int t = 0; t < 2; t++) {
      for (int l = 0; l < 5; l++) {
        for (int m = 0; m < 5; m++) {
          double both = 0;
          for (int i = 0; i < 8; i++) {
            both += qkv.getDouble(3, t * 5 + l, 8 + i) * qkv.getDouble(3, t * 5 + m, 24 + i);
          }
          assertThat(map.getDouble(t, l, m)).isEqualTo(0.125 * both);
        }
      }
    }
    assertThat(map.sumNumber().doubleValue()).isPositive();
    INDArray mean = maps.of(3, 0).add(map).mean(0).divi(2);
    assertThat(maps.mean(3).distance2(mean)).isLessThan(1e-6);
    net.output(x.mul(2));
    Networks.assertSameBits(maps.of(3, 1), map);
    assertThatThrownBy(() -> maps.of(24, 0)).hasMessageContaining("example below 24");
    assertThatThrownBy(() -> maps.of(0, 2)).hasMessageContaining("head below 2");
    assertThatThrownBy(() -> AttentionMap.of(net, "block0.qkv", x))
        .hasMessageContainingAll("block0.qkv", "block0.attention");
  }

  @Test
  void badSettingsAreRefused() {
    assertThatThrownBy(() -> forecaster().heads(3).build())
        .hasMessageContainingAll("SpikformerForecaster", "multiple of heads, 3", "16");
    assertThatThrownBy(() -> forecaster().blocks(0))
        .hasMessageContainingAll("SpikformerForecaster", "blocks", "was 0");
    assertThatThrownBy(() -> forecaster().dropOut(0)).hasMessageContaining("dropOut");
    assertThatThrownBy(() -> forecaster().code(new SinusoidalCode(4)).build())
        .hasMessageContainingAll("CPG", "0 and 1");
    assertThatThrownBy(
            () ->
                forecaster()
                    .positionalEncoding(PositionalEncoding.FLOAT)
                    .residual(SpikeResidualVertex.Op.OR)
                    .build())
        .hasMessageContainingAll("FLOAT", "spike-only");
  }
}
