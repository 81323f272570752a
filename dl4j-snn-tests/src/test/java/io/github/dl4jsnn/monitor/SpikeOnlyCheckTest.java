package io.github.dl4jsnn.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.conf.LifLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikeResidualVertex;
import io.github.dl4jsnn.position.PositionalEncoding;
import io.github.dl4jsnn.testing.Values;
import io.github.dl4jsnn.zoo.SpikformerForecaster;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Spike-only networks are proven so, others are found out. */
class SpikeOnlyCheckTest {
  private static final INDArray X = Values.uniform(1, -1, 3, DataType.FLOAT, 6, 5, 2);
  private static final DataSet DATA =
      new DataSet(X, Values.uniform(2, -1, 1, DataType.FLOAT, 6, 6));

  private static ComputationGraph network(
      PositionalEncoding encoding, SpikeResidualVertex.Op residual) {
    return SpikformerForecaster.builder(2, 5, 3)
        .timeSteps(2)
        .hidden(8)
        .heads(2)
        .mlpRatio(2)
        .positionalEncoding(encoding)
        .residual(residual)
        .build()
        .init();
  }

  @ParameterizedTest
  @CsvSource({"NONE,IAND", "RPE,OR", "RANDOM,OR", "CPG,OR", "CPG,IAND", "CPG_FULL,IAND"})
  void spikeOnlyNetworksPass(PositionalEncoding encoding, SpikeResidualVertex.Op residual) {
    ComputationGraph net = network(encoding, residual);
    SpikeOnlyCheck check = SpikeOnlyCheck.allBut("rate", "readout");
    net.addListeners(check);
    for (int i = 0; i < 3; i++) {
      net.fit(DATA);
    }
    check.check(net, X);
    // embedding and two blocks of seven layers and vertices, in four passes
    assertThat(check.checkedActivations()).isGreaterThanOrEqualTo(4 * 15);
    assertThat(net.feedForward(X, false).get("block1.out").sumNumber().doubleValue())
        .as("spikes")
        .isPositive();
  }

  @Test
  void aFloatResidualIsFound() {
    ComputationGraph net = network(PositionalEncoding.CPG, SpikeResidualVertex.Op.ADD);
    net.addListeners(SpikeOnlyCheck.allBut("rate", "readout"));
    assertThatThrownBy(() -> net.fit(DATA))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("SpikeOnlyCheck", "\"block0.", "puts out 2.0");
  }

  @Test
  void addedNumbersAreFound() {
    ComputationGraph net = network(PositionalEncoding.FLOAT, SpikeResidualVertex.Op.ADD);
    assertThatThrownBy(() -> SpikeOnlyCheck.allBut().check(net, X))
        .hasMessageContainingAll("\"position\"", "0 and 1");
  }

  @Test
  void sequentialNetworks() {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder().nOut(7).activation(Activation.RELU).build())
                .layer(new LifLayer.Builder().name("lif").timeSteps(3).build())
                .layer(new SpikeReadoutLayer.Builder().name("read").build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MSE)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.feedForward(4))
                .build());
    net.init();
    DataSet data =
        new DataSet(
            Values.uniform(1, 0, 2, DataType.FLOAT, 5, 4),
            Values.uniform(2, 0, 1, DataType.FLOAT, 5, 2));
    net.setListeners(SpikeOnlyCheck.allBut("layer0", "read"));
    net.fit(data);
    net.setListeners(SpikeOnlyCheck.allBut("read"));
    assertThatThrownBy(() -> net.fit(data)).hasMessageContaining("\"layer0\" puts out");
  }

  @Test
  void namesMustBeThere() {
    ComputationGraph net = network(PositionalEncoding.NONE, SpikeResidualVertex.Op.OR);
    assertThatThrownBy(() -> SpikeOnlyCheck.allBut("lif9").check(net, X))
        .hasMessageContainingAll("lif9", "block0.qkv");
    assertThatThrownBy(() -> SpikeOnlyCheck.allBut(" "))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
