package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.conf.LastTimeStepLayer;
import io.github.dl4jsnn.conf.SeriesLevelVertex;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.internal.BuilderChecks;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Forecasts: series {@code [N, L, C]} to {@code [N, H*C]}, column {@code h C + c}, with or without
 * a {@link SeriesLevel}.
 */
final class ForecastTask extends SequenceTask {
  private static final String LEVEL = "level";

  private final int channels;
  private final int inputLength;
  private final int horizon;
  private final ForecastReadout readout;
  private final SeriesLevel level;

  ForecastTask(String label, int channels, int inputLength, int horizon) {
    this(
        BuilderChecks.size(label, "channels", channels),
        BuilderChecks.size(label, "inputLength", inputLength),
        BuilderChecks.size(label, "horizon", horizon),
        ForecastReadout.LAST,
        SeriesLevel.NONE);
  }

  private ForecastTask(
      int channels, int inputLength, int horizon, ForecastReadout readout, SeriesLevel level) {
    this.channels = channels;
    this.inputLength = inputLength;
    this.horizon = horizon;
    this.readout = Objects.requireNonNull(readout, "readout");
    this.level = Objects.requireNonNull(level, "level");
  }

  /** The same task, read from something else. */
  ForecastTask withReadout(ForecastReadout readout) {
    return new ForecastTask(channels, inputLength, horizon, readout, level);
  }

  /** The same task with another level. */
  ForecastTask withLevel(SeriesLevel level) {
    return new ForecastTask(channels, inputLength, horizon, readout, level);
  }

  @Override
  InputType inputType() {
    return InputType.recurrent(channels, inputLength, RNNFormat.NWC);
  }

  @Override
  OutputLayer.Builder output() {
    return new OutputLayer.Builder(LossFunction.MSE)
        .activation(Activation.IDENTITY)
        .nOut(columns());
  }

  private long columns() {
    return (long) horizon * channels;
  }

  @Override
  boolean readsLastPosition() {
    return readout == ForecastReadout.LAST;
  }

  /** With a level, differences from it and the level itself go in. */
  @Override
  String addInput(GraphBuilder graph, String input) {
    if (level == SeriesLevel.NONE) {
      return input;
    }
    graph
        .addLayer(
            LEVEL,
            level == SeriesLevel.MEAN
                ? new SpikeReadoutLayer.Builder().build()
                : new LastTimeStepLayer.Builder().build(),
            input)
        .addVertex("differences", new SeriesLevelVertex(SeriesLevelVertex.Op.SPLIT), input, LEVEL);
    return "differences";
  }

  /** With a level, the affine map gives the change from it. */
  @Override
  void addOutputLayer(GraphBuilder graph, String name, String input, double retain) {
    if (level == SeriesLevel.NONE) {
      super.addOutputLayer(graph, name, input, retain);
      return;
    }
    DenseLayer.Builder change =
        new DenseLayer.Builder().activation(Activation.IDENTITY).nOut(columns());
    if (retain != 1) {
      change.dropOut(retain);
    }
    graph
        .addLayer("change", change.build(), input)
        .addVertex("forecast", new SeriesLevelVertex(SeriesLevelVertex.Op.ADD), "change", LEVEL)
        .addLayer(
            name,
            new LossLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY).build(),
            "forecast");
  }
}
