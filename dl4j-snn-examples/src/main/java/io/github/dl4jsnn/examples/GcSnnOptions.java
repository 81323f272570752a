package io.github.dl4jsnn.examples;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The settings that can be changed on the command line; what is not given keeps its default. */
final class GcSnnOptions {

  @Option(
      names = "--hidden",
      converter = Count.class,
      paramLabel = "N",
      description = "neurons of the hidden layer")
  private Integer hidden;

  @Option(
      names = "--time-steps",
      converter = Count.class,
      paramLabel = "T",
      description = "steps of the spiking network")
  private Integer timeSteps;

  @Option(
      names = "--epochs",
      converter = Count.class,
      paramLabel = "N",
      description = "most epochs to train")
  private Integer epochs;

  @Option(
      names = "--patience",
      converter = Count.class,
      paramLabel = "N",
      description = "epochs to go on without a better validation score")
  private Integer patience;

  @Option(
      names = "--learning-rate",
      converter = Rate.class,
      paramLabel = "X",
      description = "step size of Adam")
  private Double learningRate;

  @Option(
      names = "--dropout",
      converter = Probability.class,
      paramLabel = "P",
      description = "probability to drop a hidden neuron, 0 for none")
  private Double dropout;

  @Option(
      names = "--feature-dropout",
      converter = Probability.class,
      paramLabel = "P",
      description = "probability to drop a feature, 0 for none")
  private Double featureDropout;

  @Option(
      names = "--heads",
      converter = Count.class,
      paramLabel = "N",
      description = "attention heads; the hidden layer must be a multiple")
  private Integer heads;

  @Option(
      names = "--attention-dropout",
      converter = Probability.class,
      paramLabel = "P",
      description = "probability to drop an attention coefficient, 0 for none")
  private Double attentionDropout;

  /** Returns the settings with what was given on the command line put in. */
  GcSnnSettings applyTo(GcSnnSettings s) {
    s.hidden = hidden == null ? s.hidden : hidden;
    s.timeSteps = timeSteps == null ? s.timeSteps : timeSteps;
    s.epochs = epochs == null ? s.epochs : epochs;
    s.patience = patience == null ? s.patience : patience;
    s.learningRate = learningRate == null ? s.learningRate : learningRate;
    s.dropout = dropout == null ? s.dropout : dropout;
    s.featureDropout = featureDropout == null ? s.featureDropout : featureDropout;
    s.heads = heads == null ? s.heads : heads;
    s.attentionDropout = attentionDropout == null ? s.attentionDropout : attentionDropout;
    return s;
  }

  static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      int n = Integer.parseInt(value);
      return require(n >= 1, n, "expected a number of 1 or more");
    }
  }

  static final class CountOrZero implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      int n = Integer.parseInt(value);
      return require(n >= 0, n, "expected a number of 0 or more");
    }
  }

  static final class Rate implements ITypeConverter<Double> {
    @Override
    public Double convert(String value) {
      double x = Double.parseDouble(value);
      return require(x > 0 && Double.isFinite(x), x, "expected a number above 0");
    }
  }

  static final class Probability implements ITypeConverter<Double> {
    @Override
    public Double convert(String value) {
      double p = Double.parseDouble(value);
      return require(p >= 0 && p < 1, p, "expected a probability in [0, 1)");
    }
  }

  private static <V> V require(boolean ok, V value, String expected) {
    if (!ok) {
      throw new TypeConversionException(expected + ", got " + value);
    }
    return value;
  }
}
