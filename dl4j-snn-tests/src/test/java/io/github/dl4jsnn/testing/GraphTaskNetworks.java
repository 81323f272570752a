package io.github.dl4jsnn.testing;

import static io.github.dl4jsnn.testing.TestNetworkData.CLASSES;

import io.github.dl4jsnn.conf.DotProductDecoderVertex;
import io.github.dl4jsnn.conf.GraphConvVertex;
import io.github.dl4jsnn.conf.GraphReadoutVertex;
import io.github.dl4jsnn.conf.GraphReadoutVertex.Pooling;
import io.github.dl4jsnn.conf.SpikeLossLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingGraphConvVertex;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Bodies of {@link TestNetwork}: losses of nodes, whole graphs, links. */
final class GraphTaskNetworks {
  private GraphTaskNetworks() {}

  static void graphLoss(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x", "e")
        .addVertex(
            "gc1",
            new SpikingGraphConvVertex.Builder()
                .nOut(CLASSES)
                .timeSteps(4)
                .neuron(TestNetwork.neuron())
                .backend(s.backend())
                .build(),
            "x",
            "e")
        .addLayer("out", new SpikeLossLayer.Builder().build(), "gc1")
        .setOutputs("out");
  }

  static void graphReadout(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x", "e", "membership")
        .addVertex(
            "gc1",
            new SpikingGraphConvVertex.Builder()
                .nOut(8)
                .timeSteps(4)
                .neuron(TestNetwork.neuron())
                .dataFormat(RNNFormat.NCW)
                .backend(s.backend())
                .build(),
            "x",
            "e")
        .addVertex("pool", pooling(Pooling.ATTENTION, s), "gc1", "membership")
        .addLayer("rate", new SpikeReadoutLayer.Builder().backend(s.backend()).build(), "pool")
        .addVertex("gc2", mean(s), "x", "e")
        .addVertex("pool2", pooling(Pooling.MEAN, s), "gc2", "membership")
        .addLayer("out", TestNetwork.softmax(), "rate", "pool2")
        .setOutputs("out");
  }

  private static GraphReadoutVertex pooling(Pooling pooling, NetworkSettings s) {
    return new GraphReadoutVertex.Builder(pooling).backend(s.backend()).build();
  }

  private static GraphConvVertex mean(NetworkSettings s) {
    return new GraphConvVertex.Builder().nOut(4).backend(s.backend()).build();
  }

  static void linkPrediction(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x", "e", "pairs")
        .addVertex(
            "gc1",
            new SpikingGraphConvVertex.Builder()
                .nOut(8)
                .timeSteps(4)
                .neuron(TestNetwork.neuron())
                .backend(s.backend())
                .build(),
            "x",
            "e")
        .addLayer("rate", new SpikeReadoutLayer.Builder().backend(s.backend()).build(), "gc1")
        .addVertex(
            "decoder",
            new DotProductDecoderVertex.Builder()
                .scale(2)
                .trainScale(true)
                .trainBias(true)
                .backend(s.backend())
                .build(),
            "rate",
            "pairs")
        .addLayer(
            "out",
            new LossLayer.Builder(LossFunction.XENT).activation(Activation.SIGMOID).build(),
            "decoder")
        .setOutputs("out");
  }
}
