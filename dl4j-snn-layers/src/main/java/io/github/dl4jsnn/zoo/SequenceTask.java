package io.github.dl4jsnn.zoo;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What a network of sequences is for: its input and its output. */
abstract class SequenceTask {

  /** The type of the network's input. */
  abstract InputType inputType();

  /** Affine map, activation and loss, of rows {@code [N, D]}. */
  abstract OutputLayer.Builder output();

  /** Whether the answer is read from the last position, not from all of them. */
  abstract boolean readsLastPosition();

  /**
   * Adds what turns the input into a sequence {@code [N, L, F]}.
   *
   * @param graph where to
   * @param input name of the input
   * @return name of the sequence: that of the input unless a layer is needed
   */
  String addInput(GraphBuilder graph, String input) {
    return input;
  }

  /** What turns the input into a sequence without a layer, or null. */
  InputPreProcessor preProcessor() {
    return null;
  }

  /** Adds the output layer behind rows {@code [N, D]}. */
  final void addOutput(GraphBuilder graph, String name, String input, double retain) {
    addOutputLayer(graph, name, input, retain);
    graph.setOutputs(name).setInputTypes(inputType());
  }

  /** Adds affine map and loss. */
  void addOutputLayer(GraphBuilder graph, String name, String input, double retain) {
    OutputLayer.Builder output = output();
    if (retain != 1) {
      output.dropOut(retain);
    }
    graph.addLayer(name, output.build(), input);
  }

  /** Softmax and cross-entropy. */
  static OutputLayer.Builder classes(int classes) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .activation(Activation.SOFTMAX)
        .nOut(classes);
  }
}
