package io.github.dl4jsnn.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.conf.GraphConvVertex;
import io.github.dl4jsnn.conf.LabelledLossLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingGraphConvVertex;
import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.KarateClub;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

class SynapticOperationsTest {
  private static final int HIDDEN = 5;
  private static final int T = 3;

  private final GraphData karate = KarateClub.load();

  private ComputationGraph network() {
    ComputationGraph net =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .graphBuilder()
                .addInputs("x", "e")
                .addVertex(
                    "hidden",
                    new SpikingGraphConvVertex.Builder().nOut(HIDDEN).timeSteps(T).build(),
                    "x",
                    "e")
                .addVertex(
                    "classes",
                    new GraphConvVertex.Builder().nOut(2).activation(Activation.IDENTITY).build(),
                    "hidden",
                    "e")
                .addLayer("readout", new SpikeReadoutLayer.Builder().build(), "classes")
                .addLayer("loss", new LabelledLossLayer.Builder().build(), "readout")
                .setOutputs("loss")
                .setInputTypes(
                    InputType.feedForward(karate.numFeatures()), InputType.feedForward(3))
                .build());
    net.init();
    return net;
  }

  @Test
  void countsSpikesTimesOutputs() {
    ComputationGraph net = network();
    Map<String, INDArray> activations =
        net.feedForward(new INDArray[] {karate.features(), karate.edges()}, false);
    long spikes = activations.get("hidden").sumNumber().longValue();

    SynapticOperations operations = SynapticOperations.of(net);

    assertThat(operations.vertices()).containsExactly("hidden", "classes");
    // One feature a node, held over the steps.
    assertThat(operations.accumulates("hidden")).isEqualTo(34 * HIDDEN);
    assertThat(operations.dense("hidden")).isEqualTo(34 * T * 34 * HIDDEN);
    assertThat(operations.ratio("hidden")).isEqualTo(34 * T);
    assertThat(spikes).isPositive();
    assertThat(operations.accumulates("classes")).isEqualTo(spikes * 2);
    assertThat(operations.dense("classes")).isEqualTo(34 * T * HIDDEN * 2);
    assertThat(operations.totalAccumulates()).isEqualTo(34 * HIDDEN + spikes * 2);
    assertThat(operations.totalDense()).isEqualTo(34 * T * 34 * HIDDEN + 34 * T * HIDDEN * 2);
    assertThat(operations.totalRatio())
        .isCloseTo(18360.0 / (34 * HIDDEN + spikes * 2), within(1e-12));
  }

  @Test
  void reportsALineForEachVertexAndOneForAll() {
    ComputationGraph net = network();
    net.output(karate.features(), karate.edges());

    assertThat(SynapticOperations.of(net).report().lines().map(l -> l.split(" +")[0]))
        .containsExactly("vertex", "hidden", "classes", "all");
    assertThat(SynapticOperations.of(net).report()).contains("17,340").contains("102.0");
  }

  @Test
  void refusesANetworkThatHasNotRun() {
    ComputationGraph net = network();
    assertThatThrownBy(() -> SynapticOperations.of(net))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("hidden")
        .hasMessageContaining("forward pass");
  }

  @Test
  void refusesANetworkThatIsNotInitialised() {
    ComputationGraph net = new ComputationGraph(network().getConfiguration());
    assertThatThrownBy(() -> SynapticOperations.of(net))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("init()");
  }

  @Test
  void refusesANetworkWithoutGraphConvolutions() {
    ComputationGraph net =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("x")
                .addLayer("out", new OutputLayer.Builder().nIn(2).nOut(2).build(), "x")
                .setOutputs("out")
                .build());
    net.init();
    assertThatThrownBy(() -> SynapticOperations.of(net))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[out]");
  }

  @Test
  void refusesAnUnknownVertex() {
    ComputationGraph net = network();
    net.output(karate.features(), karate.edges());
    assertThatThrownBy(() -> SynapticOperations.of(net).ratio("readout"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("readout")
        .hasMessageContaining("[hidden, classes]");
  }
}
