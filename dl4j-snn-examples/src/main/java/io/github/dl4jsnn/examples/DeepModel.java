package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.conf.AbstractGraphConvVertex;
import io.github.dl4jsnn.conf.GraphConvVertex;
import io.github.dl4jsnn.conf.LabelledLossLayer;
import io.github.dl4jsnn.conf.NodeFeatureAttentionLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingGraphConvVertex;
import io.github.dl4jsnn.graph.GraphData;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Graph networks of any depth: as many graph convolutions of the same width, one behind the other,
 * without shortcuts.
 */
enum DeepModel {
  /** Spiking graph convolution, trained with STBP. */
  GCSNN("GC-SNN"),
  /** Graph convolutional network (Kipf and Welling, 2017). */
  GCN("GCN"),
  /** A GCN that has the normalisation of the spiking one, to tell its effect from the spikes'. */
  GCN_STFN("GCN with STFN"),
  /** The spiking network with attention over nodes and features behind each hidden layer. */
  GCSNN_ATTENTION("GC-SNN with attention");

  final String system;

  DeepModel(String system) {
    this.system = system;
  }

  /** How the classes are read from the spiking network. */
  enum Readout {
    /** Currents into the classes, accumulated. */
    POTENTIAL,
    /** Firing rates of spiking classes. */
    RATE,
    /** Which of the spiking classes fires first. */
    FIRST_SPIKE;

    @Override
    public String toString() {
      return name().toLowerCase(ROOT).replace('_', '-');
    }
  }

  boolean spiking() {
    return this == GCSNN || this == GCSNN_ATTENTION;
  }

  /** Builds and initialises a network of {@code depth} graph convolutions, 2 at least. */
  ComputationGraph network(GraphData graph, DeepSettings s, int depth, Readout readout, long seed) {
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(new Adam(s.learningRate))
            .graphBuilder()
            .addInputs("features", "edges");
    String last = "features";
    for (int i = 1; i < depth; i++) {
      AbstractGraphConvVertex.Builder<?> hidden = hidden(s).nOut(s.hidden);
      hidden.l2(i == 1 ? s.l2 : s.l2Deep);
      hidden.weightInit(s.weightInit).dropOut(1 - (i == 1 ? s.featureDropout : s.dropout));
      builder.addVertex(hiddenName(i), built(hidden), last, "edges");
      last = hiddenName(i);
      if (this == GCSNN_ATTENTION) {
        last = "attention" + i;
        builder.addLayer(last, new NodeFeatureAttentionLayer.Builder().build(), hiddenName(i));
      }
    }
    boolean spikingClasses = spiking() && readout != Readout.POTENTIAL;
    AbstractGraphConvVertex.Builder<?> classes =
        spikingClasses ? spikes(s) : new GraphConvVertex.Builder().activation(Activation.IDENTITY);
    classes.nOut(graph.numClasses()).dropOut(1 - s.dropout).weightInit(s.weightInit);
    builder.addVertex("classes", built(classes), last, "edges");
    last = "classes";
    if (spiking()) {
      builder.addLayer("readout", readout(s, readout), last);
      last = "readout";
    }
    ComputationGraph network =
        new ComputationGraph(
            builder
                .addLayer("loss", new LabelledLossLayer.Builder().build(), last)
                .setOutputs("loss")
                .setInputTypes(InputType.feedForward(graph.numFeatures()), InputType.feedForward(3))
                .build());
    network.init();
    return network;
  }

  private AbstractGraphConvVertex.Builder<?> hidden(DeepSettings s) {
    if (spiking()) {
      return spikes(s);
    }
    GraphConvVertex.Builder hidden = new GraphConvVertex.Builder().activation(Activation.RELU);
    return this == GCN ? hidden : hidden.stfn(s.stfn);
  }

  private static SpikingGraphConvVertex.Builder spikes(DeepSettings s) {
    return new SpikingGraphConvVertex.Builder()
        .timeSteps(s.timeSteps)
        .neuron(s.neuron)
        .stfn(s.stfn);
  }

  private static AbstractGraphConvVertex built(AbstractGraphConvVertex.Builder<?> builder) {
    return builder instanceof SpikingGraphConvVertex.Builder
        ? ((SpikingGraphConvVertex.Builder) builder).build()
        : ((GraphConvVertex.Builder) builder).build();
  }

  private static SpikeReadoutLayer readout(DeepSettings s, Readout readout) {
    switch (readout) {
      case FIRST_SPIKE:
        return new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.FIRST_SPIKE)
            .scale(s.spikeScale)
            .build();
      case POTENTIAL:
        return new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL).build();
      default:
        return new SpikeReadoutLayer.Builder().scale(s.spikeScale).build();
    }
  }

  /** Returns the name of a hidden vertex, counted from 1. */
  static String hiddenName(int i) {
    return "hidden" + i;
  }

  @Override
  public String toString() {
    return name().toLowerCase(ROOT).replace('_', '-');
  }
}
