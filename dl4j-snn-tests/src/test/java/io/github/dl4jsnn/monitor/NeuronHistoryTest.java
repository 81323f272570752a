package io.github.dl4jsnn.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NeuronHistoryTest {

  private static SpikeCounts counts(INDArray spikes) {
    return SpikeCounts.of(spikes, RNNFormat.NWC);
  }

  /** Against keeping all batches and looking through the last ones. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 20})
  void sharesAreThoseOfTheLastBatches(int window) {
    Random random = new Random(window);
    int neurons = 13;
    double bound = 0.75;
    NeuronHistory history = new NeuronHistory(window, bound);
    double[][] rates = new double[10][neurons];
    for (int b = 0; b < rates.length; b++) {
      INDArray spikes = Nd4j.zeros(2, 3, neurons);
      for (int f = 0; f < neurons; f++) {
        int kind = random.nextInt(3);
        int fired = kind == 0 ? 0 : kind == 1 ? 6 : random.nextInt(7);
        for (int i = 0; i < fired; i++) {
          spikes.putScalar(i % 2, i / 2, f, 1);
        }
        rates[b][f] = fired / 6.0;
      }
      history.add(counts(spikes));
      int from = Math.max(0, b + 1 - window);
      assertThat(history.deadShare()).isEqualTo(share(rates, from, b, 0, 0));
      assertThat(history.saturatedShare()).isEqualTo(share(rates, from, b, bound + 1e-9, 1));
      assertThat(history.isFull()).isEqualTo(b + 1 >= window);
    }
  }

  private static double share(double[][] rates, int from, int to, double low, double high) {
    int count = 0;
    for (int f = 0; f < rates[0].length; f++) {
      boolean all = true;
      for (int b = from; b <= to; b++) {
        all &= rates[b][f] >= low && rates[b][f] <= high;
      }
      count += all ? 1 : 0;
    }
    return (double) count / rates[0].length;
  }

  @Test
  void aLayerOfAnotherSizeStartsAnew() {
    NeuronHistory history = new NeuronHistory(2, 0.5);
    history.add(counts(Nd4j.ones(1, 2, 3)));
    history.add(counts(Nd4j.ones(1, 2, 3)));
    history.add(counts(Nd4j.zeros(1, 2, 4)));
    assertThat(history.isFull()).isFalse();
    assertThat(history.deadShare()).isEqualTo(1);
    assertThat(history.saturatedShare()).isZero();
  }
}
