package io.github.dl4jsnn.zoo;

import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What the forecasters share. */
final class Forecast {
  private Forecast() {}

  /** Affine map and mean squared error, column {@code h C + c}. */
  static OutputLayer output(int horizon, int channels, double retain) {
    OutputLayer.Builder output =
        new OutputLayer.Builder(LossFunction.MSE)
            .activation(Activation.IDENTITY)
            .nOut((long) horizon * channels);
    return retain == 1 ? output.build() : output.dropOut(retain).build();
  }
}
