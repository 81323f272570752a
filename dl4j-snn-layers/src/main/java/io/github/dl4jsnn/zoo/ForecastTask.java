package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.internal.BuilderChecks;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Forecasts: series {@code [N, L, C]} to {@code [N, H*C]}, column {@code h C + c}. */
final class ForecastTask extends SequenceTask {
  private final int channels;
  private final int inputLength;
  private final int horizon;

  ForecastTask(String label, int channels, int inputLength, int horizon) {
    this.channels = BuilderChecks.size(label, "channels", channels);
    this.inputLength = BuilderChecks.size(label, "inputLength", inputLength);
    this.horizon = BuilderChecks.size(label, "horizon", horizon);
  }

  @Override
  InputType inputType() {
    return InputType.recurrent(channels, inputLength, RNNFormat.NWC);
  }

  @Override
  OutputLayer.Builder output() {
    return new OutputLayer.Builder(LossFunction.MSE)
        .activation(Activation.IDENTITY)
        .nOut((long) horizon * channels);
  }

  @Override
  boolean readsLastPosition() {
    return true;
  }
}
