package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.RectangularSurrogate;
import io.github.dl4jsnn.neuron.StfnParameters;

/** What can be tuned about a node classifier, with the values chosen for each graph. */
final class GcSnnSettings {

  /** Spiking neurons of the hidden layer. */
  int hidden = 256;

  /** Steps T that the network runs for one answer. */
  int timeSteps = 6;

  LifParameters neuron =
      LifParameters.builder()
          .decay(0.5)
          .threshold(0.25)
          .surrogate(new RectangularSurrogate(1))
          .build();

  StfnParameters stfn = StfnParameters.defaults();

  /** Factor of the logits, which the read-out averages over the steps. */
  double readoutScale = 1;

  /** Probability to drop a feature, and a spike of the hidden layer; training only. */
  double dropout = 0.6;

  double learningRate = 0.003;

  /** L2 coefficient of the first weight matrix, which holds nearly all parameters. */
  double l2 = 0.02;

  int epochs = 300;

  /** Epochs without a better validation score after which training ends. */
  int patience = 100;

  /** Whether the features of a node are divided by their sum; a spiking layer wants them binary. */
  boolean normalizedFeatures = false;

  private GcSnnSettings() {}

  static GcSnnSettings of(NodeData data) {
    GcSnnSettings s = new GcSnnSettings();
    if (data == NodeData.KARATE) {
      s.hidden = 32;
      s.timeSteps = 20;
      s.dropout = 0.2;
      s.learningRate = 0.003;
      s.l2 = 5e-4;
      s.epochs = 100;
      s.patience = 40;
    }
    return s;
  }

  /** Kipf and Welling's settings of a GCN; what is about spikes has no meaning there. */
  static GcSnnSettings gcn() {
    GcSnnSettings s = new GcSnnSettings();
    s.hidden = 16;
    s.timeSteps = 1;
    s.dropout = 0.5;
    s.learningRate = 0.01;
    s.l2 = 5e-4;
    s.epochs = 200;
    s.patience = 200;
    s.normalizedFeatures = true;
    return s;
  }

  /** Returns a graph with its features as the network wants them. */
  GraphData prepare(GraphData graph) {
    return normalizedFeatures ? graph.rowNormalizedFeatures() : graph;
  }

  @Override
  public String toString() {
    return String.format(
        "hidden %d, T %d, dropout %s, learning rate %s, L2 %s, at most %d epochs, patience %d",
        hidden, timeSteps, dropout, learningRate, l2, epochs, patience);
  }
}
