package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.conf.FiringRateRegularizationLayer;
import io.github.dl4jsnn.conf.GraphConvVertex;
import io.github.dl4jsnn.conf.LabelledLossLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingGraphConvVertex;
import io.github.dl4jsnn.graph.GraphData;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;

/**
 * The network of {@link GcSnnNodeClassification} with one or two hidden layers, "hidden" and
 * "hidden2", each followed by a bound on its firing rates if one is set.
 */
final class CompressionNetwork {

  private CompressionNetwork() {}

  static ComputationGraph of(GraphData graph, CompressionSettings s, long seed) {
    ComputationGraphConfiguration.GraphBuilder net =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(new Adam(s.training.learningRate))
            .graphBuilder()
            .addInputs("features", "edges")
            .setInputTypes(InputType.feedForward(graph.numFeatures()), InputType.feedForward(3));
    net.addVertex(
        "hidden", hidden(s, s.training.featureDropout, s.training.l2), "features", "edges");
    String last = bounded(net, "hidden", s);
    if (s.layers == 3) {
      net.addVertex("hidden2", hidden(s, s.training.dropout, s.l2Hidden), last, "edges");
      last = bounded(net, "hidden2", s);
    }
    net.addVertex(
            "classes",
            new GraphConvVertex.Builder()
                .nOut(graph.numClasses())
                .activation(Activation.IDENTITY)
                .dropOut(1 - s.training.dropout)
                .l2(s.training.l2Output)
                .build(),
            last,
            "edges")
        .addLayer(
            "readout",
            new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL)
                .scale(s.training.readoutScale)
                .build(),
            "classes")
        .addLayer("loss", new LabelledLossLayer.Builder().build(), "readout")
        .setOutputs("loss");
    ComputationGraph network = new ComputationGraph(net.build());
    network.init();
    return network;
  }

  private static SpikingGraphConvVertex hidden(CompressionSettings s, double dropout, double l2) {
    return new SpikingGraphConvVertex.Builder()
        .nOut(s.training.hidden)
        .timeSteps(s.training.timeSteps)
        .neuron(s.training.neuron)
        .stfn(s.training.stfn)
        .dropOut(1 - dropout)
        .l2(l2)
        .build();
  }

  /** Puts the regulariser behind a hidden layer; returns whose output the next layer takes. */
  private static String bounded(
      ComputationGraphConfiguration.GraphBuilder net, String layer, CompressionSettings s) {
    if (s.rateWeight == 0) {
      return layer;
    }
    String name = layer + "-rate";
    net.addLayer(
        name,
        new FiringRateRegularizationLayer.Builder()
            .lower(0)
            .upper(s.rateBound)
            .coefficient(s.rateWeight)
            .build(),
        layer);
    return name;
  }
}
