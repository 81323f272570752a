package io.github.dl4jsnn.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class SpikeStatisticsTest {

  /** The mean is summed in another order than by the plain loop. */
  private static final double ROUNDING = 1e-6;

  /** Neuron 0 never fires, neuron 1 always, the others at random. */
  private static INDArray spikes(DataType type, int n, int t, int f) {
    Random random = new Random(17);
    INDArray o = Nd4j.zeros(type, n, t, f);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < t; j++) {
        for (int k = 1; k < f; k++) {
          o.putScalar(new int[] {i, j, k}, k == 1 || random.nextInt(4) == 0 ? 1 : 0);
        }
      }
    }
    return o;
  }

  /** The definition, element by element. */
  private static void assertEqualsPlain(SpikeStatistics s, INDArray ntf) {
    double sum = 0;
    int silent = 0;
    int saturated = 0;
    for (int k = 0; k < ntf.size(2); k++) {
      int fired = 0;
      for (int i = 0; i < ntf.size(0); i++) {
        for (int j = 0; j < ntf.size(1); j++) {
          sum += ntf.getDouble(i, j, k);
          fired += ntf.getDouble(i, j, k) != 0 ? 1 : 0;
        }
      }
      silent += fired == 0 ? 1 : 0;
      saturated += fired == ntf.size(0) * ntf.size(1) ? 1 : 0;
    }
    assertThat(s.rate()).isCloseTo(sum / ntf.length(), within(ROUNDING));
    assertThat(s.silentShare()).isEqualTo(silent / (double) ntf.size(2));
    assertThat(s.saturatedShare()).isEqualTo(saturated / (double) ntf.size(2));
    assertThat(s.neurons()).isEqualTo(ntf.size(2));
  }

  /** Around the block of 1024 lanes and the run length of 64, primes, and ones. */
  @ParameterizedTest
  @CsvSource({
    "2, 3, 5",
    "1, 1, 2",
    "7, 1, 3",
    "3, 63, 2",
    "3, 64, 2",
    "3, 65, 7",
    "2, 5, 1023",
    "2, 5, 1024",
    "3, 2, 1025",
    "1100, 3, 2",
    "2, 1100, 3"
  })
  void everyLayoutGivesTheDefinition(int n, int t, int f) {
    INDArray ntf = spikes(DataType.FLOAT, n, t, f);
    INDArray nft = ntf.permute(0, 2, 1);
    assertEqualsPlain(SpikeStatistics.of(ntf, RNNFormat.NWC), ntf);
    assertEqualsPlain(SpikeStatistics.of(ntf.dup('f'), RNNFormat.NWC), ntf);
    assertEqualsPlain(SpikeStatistics.of(nft, RNNFormat.NCW), ntf);
    assertEqualsPlain(SpikeStatistics.of(nft.dup('c'), RNNFormat.NCW), ntf);
    assertEqualsPlain(SpikeStatistics.of(nft.dup('f'), RNNFormat.NCW), ntf);
    INDArray rows = ntf.reshape('c', (long) n * t, f);
    assertEqualsPlain(SpikeStatistics.of(rows, RNNFormat.NWC), ntf);
    assertEqualsPlain(SpikeStatistics.of(rows.dup('f'), RNNFormat.NCW), ntf);
    assertThat(SpikeStatistics.of(ntf, RNNFormat.NWC).isBinary()).isTrue();
  }

  @Test
  void viewsAreReadWhereTheyLie() {
    INDArray big = spikes(DataType.FLOAT, 9, 8, 7);
    INDArray later = big.get(NDArrayIndex.interval(4, 9), NDArrayIndex.all(), NDArrayIndex.all());
    INDArray gaps =
        big.get(NDArrayIndex.all(), NDArrayIndex.interval(2, 6), NDArrayIndex.interval(1, 4));
    INDArray first = big.get(NDArrayIndex.interval(0, 3), NDArrayIndex.all(), NDArrayIndex.all());
    for (INDArray view : new INDArray[] {later, gaps, first}) {
      assertEqualsPlain(SpikeStatistics.of(view, RNNFormat.NWC), view.dup('c'));
    }
    INDArray row = Nd4j.createFromArray(new float[][] {{0, 1, 1}});
    SpikeStatistics broadcast = SpikeStatistics.of(row.broadcast(4, 3), RNNFormat.NWC);
    assertThat(broadcast.silentShare()).isEqualTo(1 / 3.0);
    assertThat(broadcast.saturatedShare()).isEqualTo(2 / 3.0);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE", "HALF", "BFLOAT16", "INT", "BOOL"})
  void everyDataTypeIsAccepted(DataType type) {
    INDArray ntf = spikes(DataType.FLOAT, 5, 4, 6);
    SpikeStatistics s = SpikeStatistics.of(ntf.castTo(type), RNNFormat.NWC);
    assertEqualsPlain(s, ntf);
    assertThat(s.isBinary()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1", "20", "41", "100"})
  void blocksAddUp(long maxBlock) {
    INDArray ntf = spikes(DataType.DOUBLE, 7, 4, 5);
    assertEqualsPlain(SpikeStatistics.of(SpikeCounts.of(ntf, RNNFormat.NWC, maxBlock)), ntf);
    assertEqualsPlain(
        SpikeStatistics.of(SpikeCounts.of(ntf.dup('f'), RNNFormat.NWC, maxBlock)), ntf);
    INDArray graded = ntf.mul(0.5);
    assertEqualsPlain(SpikeStatistics.of(SpikeCounts.of(graded, RNNFormat.NWC, maxBlock)), graded);
  }

  /** A 4d neuron is a position: channel, row and column. */
  @ParameterizedTest
  @CsvSource({"0,1,2,3", "1,0,2,3", "1,2,0,3", "1,2,3,0", "0,2,3,1"})
  void imagesHaveANeuronForEachPosition(int a, int b, int c, int d) {
    INDArray nchw = spikes(DataType.FLOAT, 5, 1, 24).reshape('c', 5, 2, 3, 4);
    int[] order = {a, b, c, d};
    int[] back = new int[4];
    for (int i = 0; i < 4; i++) {
      back[order[i]] = i;
    }
    // The same array with its axes in another order in memory.
    INDArray moved = nchw.permute(order).dup('c').permute(back);
    assertThat(moved).isEqualTo(nchw);
    assertEqualsPlain(SpikeStatistics.of(moved, RNNFormat.NWC), nchw.reshape('c', 5, 1, 24));
  }

  static Stream<Arguments> otherValues() {
    return Stream.of(0.5, -1.0, 2.0, 1e-30, 1 + 1e-6, 1 - 1e-6, -1e-30)
        .flatMap(v -> Stream.of(Arguments.of(v, DataType.FLOAT), Arguments.of(v, DataType.DOUBLE)));
  }

  @ParameterizedTest
  @MethodSource("otherValues")
  void oneOtherValueIsNoticed(double value, DataType type) {
    INDArray ntf = spikes(type, 6, 5, 70);
    ntf.putScalar(new int[] {5, 4, 0}, value);
    for (RNNFormat format : RNNFormat.values()) {
      INDArray x = format == RNNFormat.NWC ? ntf : ntf.permute(0, 2, 1);
      SpikeStatistics s = SpikeStatistics.of(x, format);
      assertThat(s.isBinary()).isFalse();
      assertEqualsPlain(s, ntf);
      assertThat(s.silentShare()).isZero();
    }
    assertThat(SpikeStatistics.of(ntf, RNNFormat.NWC).toString()).contains("not binary");
  }

  @Test
  void valuesThatCancelAreNotSilent() {
    INDArray x = Nd4j.createFromArray(new float[][] {{1, 0, -2}, {-1, 0, 2}});
    SpikeStatistics s = SpikeStatistics.of(x, RNNFormat.NWC);
    assertThat(s.rate()).isZero();
    assertThat(s.silentShare()).isEqualTo(1 / 3.0);
    assertThat(s.saturatedShare()).isEqualTo(2 / 3.0);
  }

  @Test
  void notANumberIsShownNotHidden() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      INDArray x = Nd4j.createFromArray(new float[][] {{1, bad, 0}});
      SpikeStatistics s = SpikeStatistics.of(x, RNNFormat.NWC);
      assertThat(s.isBinary()).isFalse();
      assertThat(s.rate()).isNotFinite();
    }
  }

  @Test
  void negativeZeroIsSilence() {
    INDArray x = Nd4j.createFromArray(new float[][] {{-0f, 1}, {-0f, 0}});
    SpikeStatistics s = SpikeStatistics.of(x, RNNFormat.NWC);
    assertThat(s.isBinary()).isTrue();
    assertThat(s.silentShare()).isEqualTo(0.5);
  }

  @Test
  void copiesStayOutOfTheCallersWorkspace() {
    WorkspaceConfiguration config = WorkspaceConfiguration.builder().initialSize(1 << 20).build();
    try (MemoryWorkspace ws =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace(config, "SPIKE_STATISTICS_TEST")) {
      INDArray big = spikes(DataType.FLOAT, 4, 3, 5);
      INDArray gaps = big.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(1, 4));
      long before = ws.getPrimaryOffset();
      SpikeStatistics.of(gaps, RNNFormat.NWC);
      assertThat(ws.getPrimaryOffset()).isEqualTo(before);
    }
  }

  @Test
  void badInputIsRefused() {
    INDArray vector = Nd4j.ones(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpikeStatistics.of(vector, RNNFormat.NWC))
        .withMessageContaining("[N, T, F]")
        .withMessageContaining("[3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpikeStatistics.of(null, RNNFormat.NWC))
        .withMessageContaining("null activations");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpikeStatistics.of(Nd4j.ones(2, 3), null))
        .withMessageContaining("null format");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpikeStatistics.of(Nd4j.empty(DataType.FLOAT), RNNFormat.NWC));
  }
}
