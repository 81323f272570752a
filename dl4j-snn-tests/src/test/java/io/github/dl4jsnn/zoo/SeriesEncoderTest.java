package io.github.dl4jsnn.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.testing.Values;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class SeriesEncoderTest {
  private static final int N = 7;
  private static final int L = 5;
  private static final int C = 2;
  private static final int T = 3;
  private static final int D = 11;

  private final INDArray series = Values.uniform(1, -1, 2, DataType.FLOAT, N, L, C);

  private static ComputationGraph network(SeriesEncoder encoder) {
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(0.02))
            .graphBuilder()
            .addInputs("x");
    LifParameters neuron = LifParameters.builder().decay(0.5).threshold(0.5).build();
    String spikes = encoder.addTo(graph, "encoder", "x", D, T, neuron);
    ComputationGraph network =
        new ComputationGraph(
            graph
                .addLayer("rate", new SpikeReadoutLayer.Builder().build(), spikes)
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunction.MSE)
                        .nOut(3)
                        .activation(Activation.IDENTITY)
                        .build(),
                    "rate")
                .setOutputs("out")
                .setInputTypes(InputType.recurrent(C, L, RNNFormat.NWC))
                .build());
    network.init();
    return network;
  }

  private static INDArray spikes(SeriesEncoder encoder, INDArray series) {
    return network(encoder).feedForward(series, false).get("encoder");
  }

  @ParameterizedTest
  @EnumSource
  void givesStepsTimesPositionsOfSpikesAndLearns(SeriesEncoder encoder) {
    INDArray spikes = spikes(encoder, series);
    assertThat(spikes.shape()).containsExactly(N, T * L, D);
    assertThat(spikes.eq(0).castTo(DataType.INT).sumNumber().intValue())
        .isBetween(1, N * T * L * D - 1);
    assertThat(Values.of(spikes)).containsOnly(0, 1);

    ComputationGraph network = network(encoder);
    DataSet data = new DataSet(series, Values.uniform(2, -1, 2, DataType.FLOAT, N, 3));
    double before = network.score(data);
    for (int i = 0; i < 40; i++) {
      network.fit(data);
    }
    assertThat(network.score(data)).isLessThan(0.8 * before);
  }

  /** The current of a position comes from it alone, from it and the one before, or from three. */
  @Test
  void seesItsPositions() {
    for (int changed = 0; changed < L; changed++) {
      INDArray other = series.dup();
      for (int n = 0; n < N; n++) {
        other.putScalar(n, changed, 0, other.getDouble(n, changed, 0) + 50);
      }
      for (SeriesEncoder encoder : SeriesEncoder.values()) {
        INDArray a = spikes(encoder, series);
        INDArray b = spikes(encoder, other);
        int first = encoder == SeriesEncoder.CONVOLUTION ? changed - 1 : changed;
        int last = encoder == SeriesEncoder.REPEAT ? changed : changed + 1;
        for (int p = 0; p < T * L; p++) {
          int l = p % L;
          boolean sees = l >= first && l <= last && !(encoder == SeriesEncoder.DELTA && l == 0);
          boolean differs = differs(a, b, p);
          assertThat(differs).as("%s, change at %d, entry %d", encoder, changed, p).isEqualTo(sees);
        }
      }
    }
  }

  private static boolean differs(INDArray a, INDArray b, int p) {
    for (int n = 0; n < N; n++) {
      for (int d = 0; d < D; d++) {
        if (a.getDouble(n, p, d) != b.getDouble(n, p, d)) {
          return true;
        }
      }
    }
    return false;
  }
}
