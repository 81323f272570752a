package io.github.dl4jsnn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.conf.LifLayer;
import io.github.dl4jsnn.conf.SpikingConvolution;
import io.github.dl4jsnn.conf.SpikingDense;
import io.github.dl4jsnn.learning.CosineSchedule;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.BpsaSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.RectangularSurrogate;
import io.github.dl4jsnn.neuron.ResetGradient;
import io.github.dl4jsnn.testing.Networks;
import io.github.dl4jsnn.testing.Values;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class BpsaNetworkTest {
  @TempDir Path folder;

  private static BpsaNetwork.Builder tiny() {
    return BpsaNetwork.small().inputShape(1, 8, 8).width(3).timeSteps(4).classes(2).votes(3);
  }

  /** Two classes: the left or the right half of an image is bright. */
  private static DataSet data(int n) {
    INDArray x = Values.uniform(1, 0, 0.4, DataType.FLOAT, n, 1, 8, 8);
    INDArray y = Nd4j.zeros(DataType.FLOAT, n, 2);
    for (int i = 0; i < n; i++) {
      for (int p = 0; p < 32; p++) {
        x.putScalar(new int[] {i, 0, p / 4, p % 4 + 4 * (i % 2)}, 0.9);
      }
      y.putScalar(i, i % 2, 1);
    }
    return new DataSet(x, y);
  }

  /** The strings of the paper, by the numbers of channels and neurons. */
  @ParameterizedTest
  @CsvSource({
    "SMALL, 28, '128 128 256 4096 100'",
    "MIDDLE, 32, '128 128 256 512 512 100'",
    "LARGE, 64, '128 128 128 256 512 1024 1024 100'"
  })
  void layersAreThoseOfThePaper(String size, int pixels, String sizes) {
    BpsaNetwork.Builder b =
        size.equals("SMALL")
            ? BpsaNetwork.small()
            : size.equals("MIDDLE") ? BpsaNetwork.middle() : BpsaNetwork.large();
    MultiLayerConfiguration conf = b.inputShape(3, pixels, pixels).conf();
    List<String> found = new ArrayList<>();
    conf.getConfs()
        .forEach(
            c -> {
              if (c.getLayer() instanceof SpikingConvolution) {
                found.add(Long.toString(((SpikingConvolution) c.getLayer()).getNOut()));
              } else if (c.getLayer() instanceof SpikingDense) {
                found.add(Long.toString(((SpikingDense) c.getLayer()).getNOut()));
              }
            });
    assertThat(String.join(" ", found)).isEqualTo(sizes);
  }

  @ParameterizedTest
  @EnumSource
  void rulesDifferInTheBackwardPass(TrainingRule rule) {
    LifParameters neuron =
        ((LifLayer) tiny().rule(rule).alpha(0.7).conf().getConf(2).getLayer()).getNeuron();
    assertThat(neuron.getDecay()).isEqualTo(0.9);
    assertThat(neuron.getThreshold()).isEqualTo(0.5);
    assertThat(neuron.getSurrogate())
        .isInstanceOf(rule == TrainingRule.STBP ? RectangularSurrogate.class : BpsaSurrogate.class);
    assertThat(neuron.getResetGradient())
        .isEqualTo(rule == TrainingRule.BPSA_BPTA ? ResetGradient.BPTA : ResetGradient.DETACHED);
    if (rule == TrainingRule.BPSA_BPTA) {
      assertThat(neuron.getBptaAlpha()).isEqualTo(0.7);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherSurrogateLeavesTheRestOfTheRule(TrainingRule rule) {
    LifParameters usual = neuron(tiny().rule(rule));
    LifParameters smooth = neuron(tiny().rule(rule).surrogate(new ArctanSurrogate(3)));
    assertThat(smooth.getSurrogate()).isEqualTo(new ArctanSurrogate(3));
    assertThat(smooth.toBuilder().surrogate(usual.getSurrogate()).build()).isEqualTo(usual);
  }

  private static LifParameters neuron(BpsaNetwork.Builder network) {
    return network.conf().getConfs().stream()
        .filter(c -> c.getLayer() instanceof LifLayer)
        .map(c -> ((LifLayer) c.getLayer()).getNeuron())
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void learns(TrainingRule rule) {
    MultiLayerNetwork net = tiny().rule(rule).learningRate(new FixedSchedule(5e-3)).init();
    DataSet data = data(12);
    for (int i = 0; i < 40; i++) {
      net.fit(data);
    }
    INDArray rates = net.output(data.getFeatures());
    assertThat(rates.shape()).containsExactly(12, 2);
    assertThat(rates.argMax(1)).isEqualTo(data.getLabels().argMax(1));
  }

  @Test
  void saveAndLoadGoOnAlike() throws Exception {
    MultiLayerNetwork net =
        tiny()
            .learningRate(
                CosineSchedule.builder(ScheduleType.ITERATION, 1e-3, 5)
                    .warmUp(2)
                    .restarts(1, 1)
                    .build())
            .init();
    DataSet data = data(6);
    net.fit(data);
    net.fit(data);
    File zip = folder.resolve("net.zip").toFile();
    net.save(zip, true);
    MultiLayerNetwork loaded = MultiLayerNetwork.load(zip, true);
    assertThat(loaded.getLayerWiseConfigurations()).isEqualTo(net.getLayerWiseConfigurations());
    Networks.assertSameBits(loaded.output(data.getFeatures()), net.output(data.getFeatures()));
    net.fit(data);
    loaded.fit(data);
    Networks.assertSameBits(loaded.params(), net.params());
  }

  /** An image held for T steps and a sequence of T equal frames are the same current. */
  @Test
  void framesOfOneImageAreThatImage() {
    MultiLayerNetwork images = tiny().init();
    MultiLayerNetwork frames = tiny().frames(true).init();
    assertThat(frames.numParams()).isEqualTo(images.numParams());
    Networks.assertSameBits(frames.params(), images.params());
    INDArray x = data(5).getFeatures();
    INDArray sequence = Nd4j.create(DataType.FLOAT, 5, 4, 64);
    for (int t = 0; t < 4; t++) {
      sequence
          .get(NDArrayIndex.all(), NDArrayIndex.point(t), NDArrayIndex.all())
          .assign(x.reshape(5, 64));
    }
    assertThat(frames.output(sequence)).isEqualTo(images.output(x));
  }

  @Test
  void middleAndLargeRun() {
    for (BpsaNetwork.Builder b :
        List.of(
            BpsaNetwork.middle().inputShape(3, 32, 32),
            BpsaNetwork.large().inputShape(2, 64, 64))) {
      MultiLayerNetwork net = b.width(2).timeSteps(2).classes(3).init();
      int channels = net.getLayer(0).getParam("W").size(1) == 3 ? 3 : 2;
      int size = channels == 3 ? 32 : 64;
      INDArray x = Values.uniform(1, 0, 1, DataType.FLOAT, 2, channels, size, size);
      INDArray y = Values.array(new double[] {1, 0, 0, 0, 0, 1}, DataType.FLOAT, 2, 3);
      net.fit(x, y);
      Networks.assertFinite(net.params());
      assertThat(net.output(x).shape()).containsExactly(2, 3);
    }
  }

  @Test
  void optimiserIsAdamW() {
    MultiLayerConfiguration conf = tiny().weightDecay(0.02).conf();
    BaseLayer conv = (BaseLayer) conf.getConf(0).getLayer();
    assertThat(conv.getIUpdater()).isInstanceOf(Adam.class);
    assertThat(conv.getRegularization()).hasSize(1);
  }

  @Test
  void badSettingsAreErrors() {
    assertThatThrownBy(() -> BpsaNetwork.large().inputShape(2, 28, 28).conf())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("28 x 28");
    assertThatThrownBy(() -> BpsaNetwork.small().width(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("width");
    assertThatThrownBy(() -> BpsaNetwork.small().timeSteps(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BpsaNetwork.small().rule(null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> BpsaNetwork.small().dropProbability(1).conf())
        .isInstanceOf(IllegalArgumentException.class);
  }
}
