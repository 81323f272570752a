package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.RectangularSurrogate;
import io.github.dl4jsnn.neuron.Reset;
import io.github.dl4jsnn.neuron.StfnParameters;

/** What can be tuned about a node classifier, with the values chosen for each graph. */
final class GcSnnSettings {

  /** Spiking neurons of the hidden layer. */
  int hidden = 256;

  /** Steps T that the network runs for one answer. */
  int timeSteps = 6;

  LifParameters neuron =
      LifParameters.builder().decay(0.5).threshold(0.25).surrogate(new ArctanSurrogate()).build();

  /**
   * A large eps: STFN would otherwise blow the weak current of a node with few known words up to
   * full strength, noise and all. It raises the accuracy and makes the spikes rare.
   */
  StfnParameters stfn = StfnParameters.builder().eps(0.1).build();

  /** Factor of the logits, which the read-out averages over the steps. */
  double readoutScale = 1;

  /** Probability to drop a feature; training only. */
  double featureDropout = 0.8;

  /** Probability to drop a neuron of the hidden layer; training only. */
  double dropout = 0.5;

  /** Attention heads of the hidden layer, their outputs side by side; 0 where none attends. */
  int heads;

  /** Probability to drop an attention coefficient; training only. */
  double attentionDropout;

  double learningRate = 0.003;

  /** L2 coefficient of the first weight matrix, which holds nearly all parameters. */
  double l2 = 0.02;

  /** L2 coefficient of the second weight matrix. */
  double l2Output;

  int epochs = 120;

  /** Epochs without a better validation score after which training ends. */
  int patience = 40;

  /** Whether the features of a node are divided by their sum; a spiking layer wants them binary. */
  boolean normalizedFeatures = false;

  /** Whether the features of all nodes are scaled to one length; see {@link FeatureLengths}. */
  boolean equalLengths = false;

  private GcSnnSettings() {}

  /** Returns the settings of GC-SNN. */
  static GcSnnSettings of(NodeData data) {
    GcSnnSettings s = new GcSnnSettings();
    if (data == NodeData.KARATE) {
      s.hidden = 32;
      s.timeSteps = 20;
      s.featureDropout = 0.2;
      s.dropout = 0.2;
      s.neuron = s.neuron.toBuilder().surrogate(new RectangularSurrogate(1)).build();
      s.stfn = StfnParameters.defaults();
      s.l2 = 5e-4;
      s.epochs = 100;
      s.patience = 40;
    }
    if (data == NodeData.CITESEER) {
      s.timeSteps = 12;
      s.neuron = s.neuron.toBuilder().reset(Reset.SOFT).build();
      s.equalLengths = true;
      s.dropout = 0.7;
      s.l2 = 0.1;
      s.l2Output = 0.05;
    }
    return s;
  }

  /** Returns the settings of GA-SNN; what is not named is as in GC-SNN. */
  static GcSnnSettings gasnn(NodeData data) {
    GcSnnSettings s = of(data);
    s.hidden = 64;
    s.heads = 8;
    s.attentionDropout = 0.5;
    if (data == NodeData.CITESEER) {
      s.equalLengths = false;
      s.readoutScale = 0.5;
      s.attentionDropout = 0.1;
    }
    return s;
  }

  /** Veličković et al.'s settings of a GAT; what is about spikes has no meaning there. */
  static GcSnnSettings gat() {
    GcSnnSettings s = new GcSnnSettings();
    s.hidden = 64;
    s.heads = 8;
    s.timeSteps = 1;
    s.featureDropout = 0.6;
    s.dropout = 0.6;
    s.attentionDropout = 0.6;
    s.learningRate = 0.005;
    s.l2 = 5e-4;
    s.l2Output = 5e-4;
    s.epochs = 500;
    s.patience = 100;
    s.normalizedFeatures = true;
    return s;
  }

  /** Kipf and Welling's settings of a GCN; what is about spikes has no meaning there. */
  static GcSnnSettings gcn() {
    GcSnnSettings s = new GcSnnSettings();
    s.hidden = 16;
    s.timeSteps = 1;
    s.featureDropout = 0.5;
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
    GraphData scaled = equalLengths ? FeatureLengths.equal(graph) : graph;
    return normalizedFeatures ? scaled.rowNormalizedFeatures() : scaled;
  }

  @Override
  public String toString() {
    String attention =
        heads == 0
            ? ""
            : String.format(", %d heads, attention dropout %s", heads, attentionDropout);
    return String.format(
        "hidden %d, T %d, dropout of features %s and neurons %s, learning rate %s, L2 %s and %s, at most %d epochs, patience %d%s",
        hidden,
        timeSteps,
        featureDropout,
        dropout,
        learningRate,
        l2,
        l2Output,
        epochs,
        patience,
        attention);
  }
}
