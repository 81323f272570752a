package io.github.dl4jsnn.zoo;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;

/** Input and output of a forecaster: {@code [N, L, C]} to {@code [N, H*C]}. */
final class ForecastTask {
  private final int channels;
  private final int inputLength;
  private final int horizon;

  ForecastTask(String label, int channels, int inputLength, int horizon) {
    this.channels = ZooChecks.size(label, "channels", channels);
    this.inputLength = ZooChecks.size(label, "inputLength", inputLength);
    this.horizon = ZooChecks.size(label, "horizon", horizon);
  }

  /** The type of the input. */
  InputType input() {
    return InputType.recurrent(channels, inputLength, RNNFormat.NWC);
  }

  /** Adds the output layer behind rows {@code [N, D]}. */
  void addOutput(GraphBuilder graph, String output, String input, double retain) {
    graph
        .addLayer(output, Forecast.output(horizon, channels, retain), input)
        .setOutputs(output)
        .setInputTypes(input());
  }
}
