package io.github.dl4jsnn.testing;

import io.github.dl4jsnn.conf.LifLayer;
import io.github.dl4jsnn.conf.MeanOverTimeLayer;
import io.github.dl4jsnn.conf.RepeatOverTimeLayer;
import io.github.dl4jsnn.conf.SoftmaxAttention;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikeResidualVertex;
import io.github.dl4jsnn.conf.SpikingAttention;
import io.github.dl4jsnn.conf.SpikingDense;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.OutputLayer;

/** Networks of {@link TestNetwork} with attention. */
final class AttentionNetworks {
  private static final int T = 3;
  private static final int D = 6;

  private AttentionNetworks() {}

  /** Spiking attention between affine maps and neurons, with both spike-only residuals. */
  static void spiking(GraphBuilder b, NetworkSettings s, OutputLayer output) {
    b.addInputs("x")
        .addLayer(
            "repeat",
            new RepeatOverTimeLayer.Builder()
                .timeSteps(T)
                .dropOut(0.95)
                .backend(s.backend())
                .build(),
            "x")
        .addLayer("embedding", affine(D, s), "repeat")
        .addLayer("lif", lif(s), "embedding")
        .addLayer("current", affine(3 * D, s), "lif")
        .addLayer("qkv", lif(s), "current")
        .addLayer(
            "attention",
            new SpikingAttention.Builder()
                .timeSteps(T)
                .heads(2)
                .scale(0.25)
                .neuron(TestNetwork.neuron())
                .backend(s.backend())
                .build(),
            "qkv")
        .addVertex("or", new SpikeResidualVertex(SpikeResidualVertex.Op.OR), "lif", "attention")
        .addLayer("mlp", affine(D, s), "or")
        .addLayer("mlpLif", lif(s), "mlp")
        .addVertex("iand", new SpikeResidualVertex(SpikeResidualVertex.Op.IAND), "or", "mlpLif")
        .addVertex("add", new SpikeResidualVertex(SpikeResidualVertex.Op.ADD), "iand", "lif")
        .addLayer(
            "rate",
            new MeanOverTimeLayer.Builder().timeSteps(T).backend(s.backend()).build(),
            "add")
        .addLayer("read", new SpikeReadoutLayer.Builder().backend(s.backend()).build(), "rate")
        .addLayer("out", output, "read")
        .setOutputs("out");
  }

  /** Softmax attention, then neurons. */
  static void softmax(GraphBuilder b, NetworkSettings s, OutputLayer output) {
    b.addInputs("x")
        .addLayer("qkv", affine(3 * D, s), "x")
        .addLayer(
            "attention",
            new SoftmaxAttention.Builder().heads(3).dropOut(0.95).backend(s.backend()).build(),
            "qkv")
        .addLayer("current", affine(D, s), "attention")
        .addLayer("lif", lif(s), "current")
        .addLayer("read", new SpikeReadoutLayer.Builder().backend(s.backend()).build(), "lif")
        .addLayer("out", output, "read")
        .setOutputs("out");
  }

  private static SpikingDense affine(int nOut, NetworkSettings s) {
    return new SpikingDense.Builder().nOut(nOut).backend(s.backend()).build();
  }

  private static LifLayer lif(NetworkSettings s) {
    return new LifLayer.Builder().neuron(TestNetwork.neuron()).backend(s.backend()).build();
  }
}
