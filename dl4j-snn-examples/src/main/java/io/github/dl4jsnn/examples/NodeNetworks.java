package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.conf.AbstractSnnVertex;
import io.github.dl4jsnn.conf.GraphAttentionVertex;
import io.github.dl4jsnn.conf.GraphConvVertex;
import io.github.dl4jsnn.conf.LabelledLossLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingGraphAttentionVertex;
import io.github.dl4jsnn.graph.GraphData;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;

/**
 * The networks that stand beside GC-SNN ({@link GcSnnNodeClassification#network}): two vertices,
 * "hidden" and "classes", each between features and edges.
 */
final class NodeNetworks {

  private NodeNetworks() {}

  /** Graph attention with spiking neurons, attention of one head over the spikes, read-out. */
  static ComputationGraph gasnn(GraphData graph, GcSnnSettings s, long seed) {
    GraphBuilder layers =
        layers(
            s,
            seed,
            new SpikingGraphAttentionVertex.Builder()
                .nOut(s.hidden)
                .heads(s.heads)
                .timeSteps(s.timeSteps)
                .neuron(s.neuron)
                .stfn(s.stfn)
                .dropOut(1 - s.featureDropout)
                .attentionDropOut(1 - s.attentionDropout)
                .l2(s.l2)
                .build(),
            attentionToClasses(graph, s));
    layers.addLayer("readout", readout(s), "classes");
    return network(graph, layers, "readout");
  }

  /** Two graph attentions, several heads and one, as in Veličković et al., 2018, section 3.3. */
  static ComputationGraph gat(GraphData graph, GcSnnSettings s, long seed) {
    GraphBuilder layers =
        layers(
            s,
            seed,
            new GraphAttentionVertex.Builder()
                .nOut(s.hidden)
                .heads(s.heads)
                .activation(Activation.ELU)
                .dropOut(1 - s.featureDropout)
                .attentionDropOut(1 - s.attentionDropout)
                .l2(s.l2)
                .build(),
            attentionToClasses(graph, s));
    return network(graph, layers, "classes");
  }

  /** Two graph convolutions, as in Kipf and Welling, 2017. */
  static ComputationGraph gcn(GraphData graph, GcSnnSettings s, long seed) {
    GraphBuilder layers =
        layers(
            s,
            seed,
            new GraphConvVertex.Builder()
                .nOut(s.hidden)
                .activation(Activation.RELU)
                .dropOut(1 - s.featureDropout)
                .l2(s.l2)
                .build(),
            new GraphConvVertex.Builder()
                .nOut(graph.numClasses())
                .activation(Activation.IDENTITY)
                .dropOut(1 - s.dropout)
                .l2(s.l2Output)
                .build());
    return network(graph, layers, "classes");
  }

  private static GraphAttentionVertex attentionToClasses(GraphData graph, GcSnnSettings s) {
    return new GraphAttentionVertex.Builder()
        .nOut(graph.numClasses())
        .activation(Activation.IDENTITY)
        .dropOut(1 - s.dropout)
        .attentionDropOut(1 - s.attentionDropout)
        .l2(s.l2Output)
        .build();
  }

  private static GraphBuilder layers(
      GcSnnSettings s, long seed, AbstractSnnVertex hidden, AbstractSnnVertex classes) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .updater(new Adam(s.learningRate))
        .graphBuilder()
        .addInputs("features", "edges")
        .addVertex("hidden", hidden, "features", "edges")
        .addVertex("classes", classes, "hidden", "edges");
  }

  private static SpikeReadoutLayer readout(GcSnnSettings s) {
    return new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL)
        .scale(s.readoutScale)
        .build();
  }

  private static ComputationGraph network(GraphData graph, GraphBuilder layers, String logits) {
    layers.addLayer("loss", new LabelledLossLayer.Builder().build(), logits);
    layers.setOutputs("loss");
    layers.setInputTypes(InputType.feedForward(graph.numFeatures()), InputType.feedForward(3));
    ComputationGraph network = new ComputationGraph(layers.build());
    network.init();
    return network;
  }
}
