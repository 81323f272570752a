package io.github.dl4jsnn.testing;

import static io.github.dl4jsnn.testing.TestNetworkData.CLASSES;

import io.github.dl4jsnn.conf.GraphAttentionVertex;
import io.github.dl4jsnn.conf.GraphConvVertex;
import io.github.dl4jsnn.conf.HeadMerge;
import io.github.dl4jsnn.conf.LabelledLossLayer;
import io.github.dl4jsnn.conf.NodeFeatureAttentionLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingGraphAttentionVertex;
import io.github.dl4jsnn.conf.SpikingGraphConvVertex;
import io.github.dl4jsnn.graph.Propagation;
import io.github.dl4jsnn.neuron.StfnParameters;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.nd4j.linalg.activations.Activation;

/** Bodies of {@link TestNetwork}: graph convolution and attention. */
final class GraphNetworks {
  private GraphNetworks() {}

  static void staticSpikingGraph(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x", "e")
        .addVertex(
            "gc1",
            new SpikingGraphConvVertex.Builder()
                .nOut(10)
                .timeSteps(4)
                .neuron(TestNetwork.neuron())
                .dropOut(0.8)
                .backend(s.backend())
                .build(),
            "x",
            "e")
        .addVertex(
            "gc2",
            new SpikingGraphConvVertex.Builder()
                .nOut(CLASSES)
                .neuron(TestNetwork.neuron())
                .stfn(
                    StfnParameters.builder().affine(StfnParameters.Affine.SCALAR).rho(1.2).build())
                .dropOut(0.9)
                .dropOutPerStep(true)
                .backend(s.backend())
                .build(),
            "gc1",
            "e")
        .addLayer(
            "read", new SpikeReadoutLayer.Builder().scale(5).backend(s.backend()).build(), "gc2")
        .addLayer("out", new LabelledLossLayer.Builder().build(), "read")
        .setOutputs("out");
  }

  static void sequenceSpikingGraph(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x", "e")
        .addVertex(
            "gc1",
            new SpikingGraphConvVertex.Builder()
                .nOut(8)
                .neuron(TestNetwork.neuron())
                .dropOut(0.9)
                .backend(s.backend())
                .build(),
            "x",
            "e")
        .addVertex(
            "gc2",
            new GraphConvVertex.Builder()
                .nOut(7)
                .activation(Activation.TANH)
                .backend(s.backend())
                .build(),
            "gc1",
            "e")
        .addLayer(
            "read",
            new SpikeReadoutLayer.Builder().trainScale(true).backend(s.backend()).build(),
            "gc2")
        .addLayer("out", TestNetwork.softmax(), "read")
        .setOutputs("out");
  }

  static void plainGraph(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x", "e")
        .addVertex(
            "gc1",
            new GraphConvVertex.Builder().nOut(8).dropOut(0.8).backend(s.backend()).build(),
            "x",
            "e")
        .addVertex(
            "gc2",
            new GraphConvVertex.Builder()
                .nOut(CLASSES)
                .activation(Activation.IDENTITY)
                .backend(s.backend())
                .build(),
            "gc1",
            "e")
        .addLayer("out", new LabelledLossLayer.Builder().build(), "gc2")
        .setOutputs("out");
  }

  static void propagations(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x", "e")
        .addVertex(
            "gc1", spiking(Propagation.mean(), s).timeSteps(4).dropOut(0.9).build(), "x", "e")
        .addVertex("gc2", spiking(Propagation.max(), s).residual(true).build(), "gc1", "e")
        .addVertex("gc3", spiking(Propagation.sum(), s).nOut(6).residual(true).build(), "gc2", "e")
        .addVertex("gc4", spiking(Propagation.gin(0.1, true), s).build(), "gc3", "e")
        .addVertex(
            "gc5",
            new GraphConvVertex.Builder()
                .nOut(CLASSES)
                .propagation(Propagation.chebyshev(3))
                .activation(Activation.IDENTITY)
                .backend(s.backend())
                .build(),
            "gc4",
            "e")
        .addLayer(
            "read",
            new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL)
                .backend(s.backend())
                .build(),
            "gc5")
        .addLayer("out", new LabelledLossLayer.Builder().build(), "read")
        .setOutputs("out");
  }

  private static SpikingGraphConvVertex.Builder spiking(Propagation p, NetworkSettings s) {
    return new SpikingGraphConvVertex.Builder()
        .nOut(8)
        .neuron(TestNetwork.neuron())
        .propagation(p)
        .backend(s.backend());
  }

  static void nodeFeatureAttention(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x", "e")
        .addLayer(
            "gate0",
            new NodeFeatureAttentionLayer.Builder().reduction(2).backend(s.backend()).build(),
            "x")
        .addVertex(
            "gc1",
            new SpikingGraphConvVertex.Builder()
                .nOut(9)
                .timeSteps(4)
                .neuron(TestNetwork.neuron())
                .dataFormat(RNNFormat.NCW)
                .backend(s.backend())
                .build(),
            "gate0",
            "e")
        .addLayer(
            "gate1",
            new NodeFeatureAttentionLayer.Builder().dropOut(0.9).backend(s.backend()).build(),
            "gc1")
        .addVertex(
            "gc2",
            new GraphConvVertex.Builder()
                .nOut(CLASSES)
                .activation(Activation.IDENTITY)
                .backend(s.backend())
                .build(),
            "gate1",
            "e")
        .addLayer(
            "gate2",
            new NodeFeatureAttentionLayer.Builder()
                .nodeAttention(false)
                .squeeze(NodeFeatureAttentionLayer.Squeeze.GRAPH)
                .backend(s.backend())
                .build(),
            "gc2")
        .addLayer(
            "read",
            new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL)
                .backend(s.backend())
                .build(),
            "gate2")
        .addLayer("out", new LabelledLossLayer.Builder().build(), "read")
        .setOutputs("out");
  }

  static void graphAttention(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x", "e")
        .addVertex(
            "gc1",
            new SpikingGraphAttentionVertex.Builder()
                .nOut(9)
                .heads(3)
                .timeSteps(4)
                .neuron(TestNetwork.neuron())
                .dropOut(0.9)
                .attentionDropOut(0.9)
                .backend(s.backend())
                .build(),
            "x",
            "e")
        .addVertex(
            "gc2",
            new GraphAttentionVertex.Builder()
                .nOut(CLASSES)
                .heads(2)
                .headMerge(HeadMerge.MEAN)
                .activation(Activation.IDENTITY)
                .attentionDropOut(0.9)
                .dropOutPerStep(true)
                .backend(s.backend())
                .build(),
            "gc1",
            "e")
        .addLayer(
            "read",
            new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL)
                .backend(s.backend())
                .build(),
            "gc2")
        .addLayer("out", new LabelledLossLayer.Builder().build(), "read")
        .setOutputs("out");
  }
}
