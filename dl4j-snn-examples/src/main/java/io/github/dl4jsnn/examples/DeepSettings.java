package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.StfnParameters;
import org.deeplearning4j.nn.weights.WeightInit;
import picocli.CommandLine.Option;

/**
 * What can be tuned about a graph network of some depth. One value serves all depths of a model;
 * defaults were chosen on the validation nodes of Cora at depth 16.
 */
final class DeepSettings {

  int hidden = 64;
  int timeSteps = 4;
  double learningRate = 0.001;

  /** L2 coefficient of the first weight matrix, which holds nearly all parameters. */
  double l2 = 5e-4;

  /** L2 coefficient of the other hidden weight matrices. */
  double l2Deep;

  double featureDropout = 0.2;

  /** Probability to drop an input of the layers behind the first; training only. */
  double dropout;

  WeightInit weightInit = WeightInit.XAVIER;
  StfnParameters stfn = StfnParameters.defaults();
  LifParameters neuron =
      LifParameters.builder().decay(0.5).threshold(0.25).surrogate(new ArctanSurrogate()).build();

  /** Factor of the logits that are read from spikes, which lie between 0 and 1. */
  double spikeScale = 5;

  int epochs = 100;
  int patience = 50;

  static DeepSettings of(DeepModel model) {
    DeepSettings s = new DeepSettings();
    if (!model.spiking()) {
      s.learningRate = 0.004;
      s.weightInit = WeightInit.RELU;
      s.epochs = 200;
    }
    return s;
  }

  @Override
  public String toString() {
    return String.format(
        "hidden %d, T %d, learning rate %s, L2 %s and %s, dropout of features %s and neurons %s,"
            + " %s, %s, %s, at most %d epochs, patience %d",
        hidden,
        timeSteps,
        learningRate,
        l2,
        l2Deep,
        featureDropout,
        dropout,
        weightInit,
        stfn,
        neuron,
        epochs,
        patience);
  }

  /** The settings that can be changed on the command line; what is not given keeps its default. */
  static final class Options {
    @Option(names = "--hidden", converter = GcSnnOptions.Count.class, paramLabel = "N")
    private Integer hidden;

    @Option(names = "--time-steps", converter = GcSnnOptions.Count.class, paramLabel = "T")
    private Integer timeSteps;

    @Option(names = "--epochs", converter = GcSnnOptions.Count.class, paramLabel = "N")
    private Integer epochs;

    @Option(names = "--patience", converter = GcSnnOptions.Count.class, paramLabel = "N")
    private Integer patience;

    @Option(names = "--learning-rate", converter = GcSnnOptions.Rate.class, paramLabel = "X")
    private Double learningRate;

    @Option(names = "--dropout", converter = GcSnnOptions.Probability.class, paramLabel = "P")
    private Double dropout;

    @Option(
        names = "--feature-dropout",
        converter = GcSnnOptions.Probability.class,
        paramLabel = "P")
    private Double featureDropout;

    @Option(names = "--l2", paramLabel = "X", description = "L2 coefficient of the first layer")
    private Double l2;

    @Option(names = "--l2-deep", paramLabel = "X", description = "and of the other hidden layers")
    private Double l2Deep;

    @Option(names = "--weight-init", paramLabel = "INIT", description = "as DL4J's WeightInit")
    private WeightInit weightInit;

    @Option(names = "--stfn-eps", converter = GcSnnOptions.Rate.class, paramLabel = "X")
    private Double stfnEps;

    @Option(names = "--stfn-rho", converter = GcSnnOptions.Rate.class, paramLabel = "X")
    private Double stfnRho;

    @Option(
        names = "--surrogate-slope",
        converter = GcSnnOptions.Rate.class,
        paramLabel = "X",
        description = "alpha of the arctan surrogate")
    private Double slope;

    /** Returns the settings with what was given on the command line put in. */
    DeepSettings applyTo(DeepSettings s) {
      s.hidden = hidden == null ? s.hidden : hidden;
      s.timeSteps = timeSteps == null ? s.timeSteps : timeSteps;
      s.epochs = epochs == null ? s.epochs : epochs;
      s.patience = patience == null ? s.patience : patience;
      s.learningRate = learningRate == null ? s.learningRate : learningRate;
      s.dropout = dropout == null ? s.dropout : dropout;
      s.featureDropout = featureDropout == null ? s.featureDropout : featureDropout;
      s.l2 = l2 == null ? s.l2 : l2;
      s.l2Deep = l2Deep == null ? s.l2Deep : l2Deep;
      s.weightInit = weightInit == null ? s.weightInit : weightInit;
      s.stfn =
          StfnParameters.builder()
              .rho(stfnRho == null ? s.stfn.getRho() : stfnRho)
              .eps(stfnEps == null ? s.stfn.getEps() : stfnEps)
              .build();
      if (slope != null) {
        s.neuron = s.neuron.toBuilder().surrogate(new ArctanSurrogate(slope)).build();
      }
      return s;
    }
  }
}
