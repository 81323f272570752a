package io.github.dl4jsnn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.conf.SpikeResidualVertex;
import io.github.dl4jsnn.position.PositionalEncoding;
import io.github.dl4jsnn.position.SinusoidalCode;
import io.github.dl4jsnn.testing.Networks;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;

/**
 * SpikeTCN, SpikeRNN and their counterparts learn small tasks, come back from a file, and see of a
 * sequence what they should.
 */
class SequenceNetworksTest {
  private static final DataType TYPE = DataType.FLOAT;
  private static final int T = 2;
  private static final int L = 6;

  @TempDir Path folder;

  private static <B extends AbstractSpikeNetwork.Builder<B>> B small(B builder) {
    return builder.timeSteps(T).hidden(16).updater(new Adam(0.01));
  }

  private static SpikeTcnForecaster.Builder tcn() {
    return small(SpikeTcnForecaster.builder(2, L, 3)).blocks(2).kernelSize(2);
  }

  private static SpikeRnnForecaster.Builder rnn() {
    return small(SpikeRnnForecaster.builder(2, L, 3));
  }

  static Stream<Arguments> forecasters() {
    return Stream.of(
        Arguments.of("TCN", tcn().build()),
        Arguments.of("TCN, weight norm", tcn().weightNorm(true).dropOut(0.95).build()),
        Arguments.of("TCN, OR", tcn().residual(SpikeResidualVertex.Op.OR).build()),
        Arguments.of(
            "TCN of differences",
            tcn().level(SeriesLevel.MEAN).readout(ForecastReadout.MEAN).build()),
        Arguments.of("RNN", rnn().build()),
        Arguments.of("RNN of differences", rnn().level(SeriesLevel.LAST).dropOut(0.95).build()),
        Arguments.of("RNN, dropout", rnn().layers(1).dropOut(0.95).build()),
        Arguments.of("RNN of SeqSNN", rnn().cell(SpikeRnnCell.STEPS).build()),
        Arguments.of(
            "plain TCN",
            TcnForecaster.builder(2, L, 3)
                .hidden(16)
                .blocks(2)
                .kernelSize(2)
                .updater(new Adam(0.01))
                .build()),
        Arguments.of(
            "plain RNN", RnnForecaster.builder(2, L, 3).hidden(16).updater(new Adam(0.01)).build()),
        Arguments.of(
            "plain RNN of differences",
            RnnForecaster.builder(2, L, 3)
                .hidden(16)
                .level(SeriesLevel.MEAN)
                .readout(ForecastReadout.MEAN)
                .updater(new Adam(0.01))
                .build()),
        Arguments.of(
            "LSTM",
            RnnForecaster.builder(2, L, 3)
                .hidden(16)
                .lstm(true)
                .dropOut(0.9)
                .updater(new Adam(0.01))
                .build()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forecasters")
  void forecasts(String name, ZooNetwork zoo) throws Exception {
    assertThat(zoo.conf()).isEqualTo(zoo.conf());
    assertThat(ComputationGraphConfiguration.fromJson(zoo.conf().toJson())).isEqualTo(zoo.conf());
    assertLearnsAndComesBack(zoo, series());
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "RPE", "FLOAT", "RANDOM", "CPG_FULL"})
  void withEveryPositionalEncoding(PositionalEncoding encoding) throws Exception {
    assertLearnsAndComesBack(tcn().positionalEncoding(encoding).build(), series());
    assertLearnsAndComesBack(rnn().positionalEncoding(encoding).build(), series());
  }

  @Test
  void classifyTexts() throws Exception {
    assertLearnsAndComesBack(
        small(SpikeTcnTextClassifier.builder(4, 5, 2)).blocks(1).tokenFeatures(8).build(), texts());
    assertLearnsAndComesBack(
        small(SpikeRnnTextClassifier.builder(4, 5, 2)).tokenFeatures(8).build(), texts());
  }

  /** The next three values of two sines from the last L. */
  private static MultiDataSet series() {
    INDArray x = Nd4j.create(TYPE, 24, L, 2);
    INDArray y = Nd4j.create(TYPE, 24, 6);
    for (int i = 0; i < 24; i++) {
      for (int c = 0; c < 2; c++) {
        for (int l = 0; l < L + 3; l++) {
          double v = Math.sin((i + l) * (0.5 + 0.4 * c));
          if (l < L) {
            x.putScalar(i, l, c, v);
          } else {
            y.putScalar(i, (l - L) * 2 + c, v);
          }
        }
      }
    }
    return new MultiDataSet(x, y);
  }

  /** Which of the tokens 1 and 2 comes first? */
  private static MultiDataSet texts() {
    INDArray x = Nd4j.create(TYPE, 16, 5);
    INDArray y = Nd4j.create(TYPE, 16, 2);
    INDArray mask = Nd4j.ones(TYPE, 16, 5);
    for (int i = 0; i < 16; i++) {
      int at = i / 2 % 2;
      x.putScalar(i, at, 1 + i % 2);
      x.putScalar(i, at + 1, 2 - i % 2);
      x.putScalar(i, 4, 3);
      mask.putScalar(i, 4, i / 4 % 2);
      y.putScalar(i, i % 2, 1);
    }
    return new MultiDataSet(new INDArray[] {x}, new INDArray[] {y}, new INDArray[] {mask}, null);
  }

  private void assertLearnsAndComesBack(ZooNetwork zoo, MultiDataSet data) throws Exception {
    ComputationGraph net = zoo.init();
    double before = net.score(data);
    Networks.fit(net, data, 60, 1);
    assertThat(net.score(data)).isLessThan(0.6 * before);
    Path zip = folder.resolve("net.zip");
    net.save(zip.toFile(), true);
    ComputationGraph loaded = ComputationGraph.load(zip.toFile(), true);
    Networks.assertSameBits(Networks.output(loaded, data), Networks.output(net, data));
    Networks.fit(net, data, 1, 2);
    Networks.fit(loaded, data, 1, 2);
    Networks.assertSameParameters(loaded, net);
  }

  static Stream<Arguments> causal() {
    return Stream.of(
        Arguments.of("TCN", tcn().build(), "block1", T),
        Arguments.of(
            "TCN, CPG-Full",
            tcn().positionalEncoding(PositionalEncoding.CPG_FULL).build(),
            "block1",
            T),
        Arguments.of("RNN", rnn().build(), "layer1", T),
        Arguments.of("plain TCN", plainTcn(), "block1", 1),
        Arguments.of("plain RNN", RnnForecaster.builder(2, L, 3).build(), "layer1", 1));
  }

  private static TcnForecaster plainTcn() {
    return TcnForecaster.builder(2, L, 3).blocks(2).build();
  }

  /** A later position never changes an earlier one, at any step; so no axis is the other. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("causal")
  void noPositionSeesALaterOne(String name, ZooNetwork zoo, String layer, int steps) {
    ComputationGraph net = zoo.init();
    Networks.fit(net, series(), 10, 1);
    INDArray x = series().getFeatures(0);
    INDArray before = activations(net, x, layer);
    assertThat(before.size(1)).isEqualTo(steps * L);
    int later = 0;
    for (int changed = 0; changed < L; changed++) {
      INDArray other = x.dup();
      other.get(NDArrayIndex.all(), NDArrayIndex.point(changed), NDArrayIndex.all()).muli(-3);
      INDArray after = activations(net, other, layer);
      boolean[] differs = new boolean[L];
      for (int p = 0; p < steps * L; p++) {
        INDArray difference =
            after
                .get(NDArrayIndex.all(), NDArrayIndex.point(p), NDArrayIndex.all())
                .sub(before.get(NDArrayIndex.all(), NDArrayIndex.point(p), NDArrayIndex.all()));
        differs[p % L] |= difference.norm1Number().doubleValue() > 0;
      }
      for (int l = 0; l < changed; l++) {
        assertThat(differs[l]).as("position %d sees %d", l, changed).isFalse();
      }
      assertThat(differs[changed]).as("position %d sees itself", changed).isTrue();
      later += changed + 1 < L && differs[changed + 1] ? 1 : 0;
    }
    // not always: another current may make the same spikes
    assertThat(later).as("positions that see the one before").isGreaterThanOrEqualTo(2);
  }

  private static INDArray activations(ComputationGraph net, INDArray x, String layer) {
    Map<String, INDArray> all = net.feedForward(x, false);
    INDArray a = all.get(layer);
    boolean channelsFirst = a.size(2) == L;
    return (channelsFirst ? a.permute(0, 2, 1) : a).dup('c');
  }

  /** What SeqSNN calls a SpikeRNN: positions do not see each other, in either direction. */
  @Test
  void theReferenceHasNoRecurrenceOverPositions() {
    ComputationGraph net = rnn().cell(SpikeRnnCell.STEPS).build().init();
    INDArray x = series().getFeatures(0);
    INDArray other = x.dup();
    other.get(NDArrayIndex.all(), NDArrayIndex.interval(0, L - 1), NDArrayIndex.all()).muli(-3);
    Networks.assertSameBits(net.output(other)[0], net.output(x)[0]);
    ComputationGraph recurrent = rnn().build().init();
    assertThat(recurrent.output(other)[0].distance2(recurrent.output(x)[0])).isPositive();
  }

  static Stream<Arguments> classifiers() {
    return Stream.of(
        Arguments.of(
            "TCN",
            small(SpikeTcnTextClassifier.builder(9, 7, 3))
                .dataType(DataType.DOUBLE)
                .positionalEncoding(PositionalEncoding.NONE)
                .build()),
        Arguments.of(
            "RNN",
            small(SpikeRnnTextClassifier.builder(9, 7, 3))
                .dataType(DataType.DOUBLE)
                .positionalEncoding(PositionalEncoding.NONE)
                .build()));
  }

  /** Without a code: CPG counts p = t L + l, so steps after the first depend on the length. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("classifiers")
  void paddedTextsAreWhatTheyAreAtTheirOwnLength(String name, ZooNetwork zoo) {
    ComputationGraph net = zoo.init();
    int[] lengths = {7, 3, 5, 1, 3};
    INDArray ids = Nd4j.create(DataType.DOUBLE, 5, 7);
    INDArray mask = Nd4j.create(DataType.DOUBLE, 5, 7);
    for (int n = 0; n < 5; n++) {
      for (int l = 0; l < 7; l++) {
        ids.putScalar(n, l, (3 * n + 2 * l) % 8);
        mask.putScalar(n, l, l < lengths[n] ? 1 : 0);
      }
    }
    INDArray all = net.output(false, new INDArray[] {ids}, new INDArray[] {mask})[0];
    for (int n = 0; n < 5; n++) {
      INDArray alone =
          ids.get(NDArrayIndex.interval(n, n + 1), NDArrayIndex.interval(0, lengths[n])).dup();
      assertThat(all.getRow(n, true).distance2(net.output(alone)[0])).isLessThan(1e-12);
    }
  }

  @Test
  void examplesDoNotMeet() {
    for (ZooNetwork zoo : new ZooNetwork[] {tcn().build(), rnn().build()}) {
      ComputationGraph net = zoo.init();
      Networks.fit(net, series(), 5, 1);
      INDArray x = series().getFeatures(0);
      INDArray some =
          x.get(NDArrayIndex.interval(7, 10), NDArrayIndex.all(), NDArrayIndex.all()).dup();
      INDArray expected =
          net.output(x)[0].get(NDArrayIndex.interval(7, 10), NDArrayIndex.all()).dup();
      assertThat(expected.distance2(net.output(some)[0])).isLessThan(1e-5);
    }
  }

  /** Spike-only residuals keep everything between layers 0 and 1. */
  @ParameterizedTest
  @EnumSource(
      value = SpikeResidualVertex.Op.class,
      names = {"OR", "IAND"})
  void spikeOnlyNetworksHaveNothingButSpikes(SpikeResidualVertex.Op residual) {
    ComputationGraph net = tcn().residual(residual).build().init();
    Networks.fit(net, series(), 10, 1);
    Map<String, INDArray> all = net.feedForward(series().getFeatures(0), false);
    all.forEach(
        (name, a) -> {
          if (name.startsWith("block") || name.equals("embedding") || name.equals("position")) {
            assertThat(a.mul(a.rsub(1)).norm1Number().doubleValue()).as(name).isZero();
          }
        });
    assertThat(all.get("block1").sumNumber().doubleValue()).isPositive();
  }

  @Test
  void badSettingsAreRefused() {
    assertThatThrownBy(() -> tcn().blocks(21))
        .hasMessageContainingAll("SpikeTcnForecaster", "20", "21");
    assertThatThrownBy(() -> rnn().layers(0))
        .hasMessageContainingAll("SpikeRnnForecaster", "layers", "was 0");
    assertThatThrownBy(() -> rnn().code(new SinusoidalCode(4)).build())
        .hasMessageContainingAll("CPG", "0 and 1");
    assertThatThrownBy(
            () ->
                tcn()
                    .positionalEncoding(PositionalEncoding.FLOAT)
                    .residual(SpikeResidualVertex.Op.OR)
                    .build())
        .hasMessageContainingAll("FLOAT", "spike-only");
    assertThatThrownBy(() -> SpikeTcnTextClassifier.builder(0, 5, 2))
        .hasMessageContainingAll("SpikeTcnTextClassifier", "vocabulary", "was 0");
    assertThatThrownBy(() -> RnnForecaster.builder(2, 0, 3))
        .hasMessageContainingAll("RnnForecaster", "inputLength", "was 0");
  }
}
