package io.github.dl4jsnn.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.testing.Networks;
import io.github.dl4jsnn.testing.TestNetwork;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knowm.xchart.XYChart;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RatePlotTest {

  @TempDir Path folder;

  private static SpikingStatsListener trained(int iterations) {
    ComputationGraph net = TestNetwork.STATIC_SPIKING_GRAPH.create();
    SpikingStatsListener stats =
        new SpikingStatsListener.Builder().frequency(3).warnShare(2).build();
    net.setListeners(stats);
    Networks.fit(net, TestNetwork.STATIC_SPIKING_GRAPH.data(DataType.FLOAT), iterations, 1);
    return stats;
  }

  @Test
  void ratesStandAtTheirIterations() {
    SpikingStatsListener stats = trained(7);
    XYChart chart = SpikePlots.firingRates(stats, "rates");
    assertThat(chart.getSeries("gc1").getXData()).containsExactly(0, 3, 6);
    for (String layer : new String[] {"gc1", "gc2"}) {
      assertThat(chart.getSeries(layer).getYData())
          .containsExactly(
              stats.history().stream().mapToDouble(s -> s.layer(layer).spikes().rate()).toArray());
    }
    XYChart dead = SpikePlots.deadNeurons(stats, "dead");
    assertThat(dead.getSeries("gc1").getYData()[2])
        .isEqualTo(100 * stats.last().layer("gc1").deadShare());
  }

  /** One record has no extent, many get round ticks. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 94})
  void picturesAreDrawnForAnyNumberOfRecords(int iterations) throws Exception {
    SpikingStatsListener stats = trained(iterations);
    SpikePlots.saveFiringRates(folder.resolve("a/rates.png"), stats, "rates");
    SpikePlots.saveDeadNeurons(folder.resolve("a/dead.png"), stats, "dead");
    SpikePlots.saveRateHistogram(folder.resolve("a/histogram.png"), stats.last(), "histogram");
    for (String name : new String[] {"rates", "dead", "histogram"}) {
      assertThat(ImageIO.read(folder.resolve("a/" + name + ".png").toFile()).getWidth())
          .isEqualTo(900);
    }
  }

  @Test
  void histogramIsAStepForEachBin() {
    INDArray spikes = Nd4j.zeros(1, 10, 4);
    spikes.putScalar(0, 3, 2, 1);
    for (int t = 0; t < 5; t++) {
      spikes.putScalar(0, t, 3, 1);
    }
    SpikeCounts counts = SpikeCounts.of(spikes, RNNFormat.NWC);
    NeuronHistory history = new NeuronHistory(1, 0.9);
    history.add(counts);
    SpikingLayerStats layer = SpikingLayerStats.of(counts, history, null);
    XYChart chart = SpikePlots.rateHistogram(new SpikingStats(0, 0, Map.of("a", layer)), "rates");
    double[] x = chart.getSeries("a (50 % silent)").getXData();
    double[] y = chart.getSeries("a (50 % silent)").getYData();
    assertThat(x).hasSize(2 * 26);
    assertThat(Arrays.copyOf(x, 4)).containsExactly(0, 0.02, 0.02, 0.04);
    assertThat(y[0]).as("two of four silent").isEqualTo(50);
    assertThat(y[1]).isEqualTo(50);
    assertThat(y[2 * 5]).as("rate 0.1").isEqualTo(25);
    assertThat(y[2 * 25 + 1]).as("rate 0.5").isEqualTo(25);
    assertThat(Arrays.stream(y).sum()).isCloseTo(200, within(1e-9));
  }

  @Test
  void nothingRecordedIsNoPicture() {
    SpikingStatsListener empty = new SpikingStatsListener.Builder().build();
    assertThatIllegalStateException().isThrownBy(() -> SpikePlots.firingRates(empty, "x"));
    SpikingStats none = new SpikingStats(0, 0, new HashMap<>());
    assertThatIllegalArgumentException().isThrownBy(() -> SpikePlots.rateHistogram(none, "x"));
  }
}
