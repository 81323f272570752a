package io.github.dl4jsnn.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.deeplearning4j.nn.conf.RNNFormat;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RateHistogramTest {

  @Test
  void everyNeuronIsInTheBinOfItsRate() {
    // 100 steps, neuron f fires f times: rates 0, 0.01, ..., 1; borders are multiples of 0.02
    INDArray spikes = Nd4j.zeros(1, 100, 101);
    for (int f = 0; f <= 100; f++) {
      for (int t = 0; t < f; t++) {
        spikes.putScalar(0, t, f, 1);
      }
    }
    RateHistogram h = RateHistogram.of(spikes, RNNFormat.NWC);
    for (int bin = 0; bin < RateHistogram.BINS - 1; bin++) {
      assertThat(h.neurons(bin)).as("bin %d", bin).isEqualTo(2);
    }
    assertThat(h.neurons(RateHistogram.BINS - 1)).as("0.98, 0.99 and 1").isEqualTo(3);
    assertThat(h.neurons()).isEqualTo(101);
    assertThat(RateHistogram.of(spikes.permute(0, 2, 1), RNNFormat.NCW)).isEqualTo(h);
  }

  @Test
  void lastBinIsTheHighestRate() {
    assertThat(RateHistogram.of(Nd4j.zeros(2, 3, 4), RNNFormat.NWC).lastBin()).isZero();
    INDArray half = Nd4j.zeros(1, 2, 3);
    half.putScalar(0, 1, 2, 1);
    assertThat(RateHistogram.of(half, RNNFormat.NWC).lastBin()).isEqualTo(25);
  }

  @Test
  void gradedActivationsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RateHistogram.of(Nd4j.ones(1, 2, 3).muli(0.5), RNNFormat.NWC))
        .withMessageContaining("0 or 1");
  }
}
