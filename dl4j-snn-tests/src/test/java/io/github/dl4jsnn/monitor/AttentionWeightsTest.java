package io.github.dl4jsnn.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.conf.Backend;
import io.github.dl4jsnn.conf.GraphAttentionVertex;
import io.github.dl4jsnn.testing.NetworkSettings;
import io.github.dl4jsnn.testing.TestNetwork;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AttentionWeightsTest {

  /** One head of one feature, W = aDst = 1, aSrc = 2: the scores can be worked out by hand. */
  @Test
  void coefficientsAreThoseOfTheFormula() {
    ComputationGraph net = new ComputationGraph(tiny());
    net.init();
    net.getParam("gat_W").assign(1);
    net.getParam("gat_aDst").assign(1);
    net.getParam("gat_aSrc").assign(2);
    INDArray x = Nd4j.createFromArray(new double[][] {{1}, {-2}, {0.5}});
    // 0 and 2 send to 1, 1 twice to 2; one row is no edge
    INDArray e =
        Nd4j.createFromArray(
            new double[][] {{2, 1, 1}, {1, 2, 1}, {0, 1, 3}, {1, 0, 0}, {1, 2, 1}});
    INDArray out = net.output(x, e)[0];

    AttentionWeights a = AttentionWeights.of(net, "gat");
    assertThat(a.targets()).containsExactly(0, 1, 1, 1, 2, 2, 2);
    assertThat(a.sources()).containsExactly(0, 2, 0, 1, 1, 1, 2);
    assertThat(a.weights().shape()).containsExactly(7, 1, 1);
    // node 1: d = -2; s = 1, 2, -4, of which l = -1, 0, -6 and e = -0.2, 0, -1.2
    double[] p = {Math.exp(-0.2), 3, Math.exp(-1.2)};
    // node 2: d = 0.5; s = -4, -4, 1, of which l = -3.5, -3.5, 1.5 and e = -0.7, -0.7, 1.5
    double[] q = {Math.exp(-0.7), Math.exp(-0.7), Math.exp(1.5)};
    double[] expected = {1, 0, 0, 0, 0, 0, 0};
    for (int i = 0; i < 3; i++) {
      expected[1 + i] = p[i] / (p[0] + p[1] + p[2]);
      expected[4 + i] = q[i] / (q[0] + q[1] + q[2]);
    }
    assertThat(a.weights().dup('c').data().asDouble()).containsExactly(expected, within(1e-12));
    assertThat(out.getDouble(1))
        .isCloseTo(0.5 * expected[1] + expected[2] - 2 * expected[3], within(1e-12));
  }

  private static org.deeplearning4j.nn.conf.ComputationGraphConfiguration tiny() {
    return new NeuralNetConfiguration.Builder()
        .dataType(DataType.DOUBLE)
        .graphBuilder()
        .addInputs("x", "e")
        .addVertex(
            "gat",
            new GraphAttentionVertex.Builder().nOut(1).activation(Activation.IDENTITY).build(),
            "x",
            "e")
        .addLayer("out", new LossLayer.Builder().activation(Activation.IDENTITY).build(), "gat")
        .setOutputs("out")
        .setInputTypes(InputType.feedForward(1), InputType.feedForward(3))
        .build();
  }

  @Test
  void coefficientsOfATargetAddUpToOneInEachStepAndHead() {
    ComputationGraph net = TestNetwork.GRAPH_ATTENTION.create();
    net.output(TestNetwork.GRAPH_ATTENTION.data(DataType.FLOAT).getFeatures());
    assertThat(AttentionWeights.of(net, "gc1").weights().shape()[1]).isEqualTo(1);
    AttentionWeights a = AttentionWeights.of(net, "gc2");
    INDArray w = a.weights();
    assertThat(w.shape()).containsExactly(a.targets().length, 4, 2);
    double[][][] sum = new double[11][4][2];
    for (int e = 0; e < a.targets().length; e++) {
      for (int t = 0; t < 4; t++) {
        for (int h = 0; h < 2; h++) {
          sum[a.targets()[e]][t][h] += w.getDouble(e, t, h);
        }
      }
    }
    for (double[][] node : sum) {
      for (double[] step : node) {
        assertThat(step).containsExactly(new double[] {1, 1}, within(1e-6));
      }
    }
    assertThat(w.slice(0, 1).distance2(w.slice(3, 1))).as("steps differ").isGreaterThan(1e-4);
  }

  @Test
  void whatHasNoAttentionIsRefused() {
    ComputationGraph fresh = TestNetwork.GRAPH_ATTENTION.create();
    assertThatThrownBy(() -> AttentionWeights.of(fresh, "gc1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("gc1", "forward pass");
    assertThatThrownBy(() -> AttentionWeights.of(fresh, "other"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("other", "gc1", "gc2");
    assertThatThrownBy(() -> AttentionWeights.of(fresh, "read"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("read", "SpikingGraphAttentionVertex");
    assertThatThrownBy(() -> AttentionWeights.of(TestNetwork.PLAIN_GRAPH.create(), "gc1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("gc1", "SpikingGraphAttentionVertex");
    ComputationGraph defined =
        TestNetwork.GRAPH_ATTENTION.create(NetworkSettings.defaults().with(Backend.SAMEDIFF));
    assertThatThrownBy(() -> AttentionWeights.of(defined, "gc1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fused");
  }
}
