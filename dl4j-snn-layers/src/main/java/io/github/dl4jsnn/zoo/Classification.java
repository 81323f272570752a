package io.github.dl4jsnn.zoo;

import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What the classifiers share. */
final class Classification {
  private Classification() {}

  /** Softmax and cross-entropy. */
  static OutputLayer output(int classes, double retain) {
    OutputLayer.Builder output =
        new OutputLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).nOut(classes);
    return retain == 1 ? output.build() : output.dropOut(retain).build();
  }
}
