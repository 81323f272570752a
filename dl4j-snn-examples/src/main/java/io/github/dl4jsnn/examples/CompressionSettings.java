package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.neuron.StfnParameters;

/** What {@link CompressionStudy} can be told, with the values that validation chose. */
final class CompressionSettings {

  /** Graph convolutions, 2 or 3. */
  final int layers;

  /** What the study shares with {@link NodeClassificationStudy}. */
  final GcSnnSettings training;

  /** L2 coefficient of the weights between the hidden layers. */
  double l2Hidden;

  /** Firing rate of a neuron above which it is penalised. */
  double rateBound = 0.05;

  /** Weight of this penalty, 0 for none. */
  double rateWeight;

  private CompressionSettings(int layers, GcSnnSettings training) {
    this.layers = layers;
    this.training = training;
  }

  /**
   * The settings for a graph. Narrow layers want a higher learning rate and less dropout than the
   * 256 neurons of {@link GcSnnSettings}, three layers less of it still.
   */
  static CompressionSettings of(NodeData data, int layers, int hidden) {
    CompressionSettings s = new CompressionSettings(layers, GcSnnSettings.of(data));
    GcSnnSettings t = s.training;
    t.hidden = hidden;
    t.epochs = 400;
    t.patience = 60;
    t.learningRate = hidden > 64 ? 0.003 : layers == 3 ? 0.005 : 0.01;
    if (data == NodeData.CITESEER) {
      t.featureDropout = layers == 3 ? 0.5 : 0.6;
      t.dropout = 0.3;
      if (layers == 3) {
        t.timeSteps = 4;
        t.learningRate = 0.003;
        t.l2 = 0.05;
        s.l2Hidden = 0.05;
      }
    } else if (data == NodeData.CORA) {
      t.featureDropout = layers == 3 ? 0.7 : 0.8;
      t.dropout = layers == 3 ? 0 : 0.5;
      t.timeSteps = layers == 3 ? 3 : 6;
      s.rho(layers == 3 ? 1 : 0.6);
    }
    return s;
  }

  /** Sets the standard deviation of the normalised currents, in thresholds. */
  void rho(double rho) {
    training.stfn = StfnParameters.builder().eps(training.stfn.getEps()).rho(rho).build();
  }

  @Override
  public String toString() {
    return String.format(
        "%d layers, %s; L2 between hidden layers %s; %s; %s; rate bound %s, weight %s",
        layers, training, l2Hidden, training.neuron, training.stfn, rateBound, rateWeight);
  }
}
