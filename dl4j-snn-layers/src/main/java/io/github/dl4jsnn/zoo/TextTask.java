package io.github.dl4jsnn.zoo;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;

/** Input and output of a text classifier: tokens {@code [N, L]} to {@code [N, classes]}. */
final class TextTask {
  private static final String TOKENS = "tokens";

  private final int vocabulary;
  private final int length;
  private final int classes;

  TextTask(String label, int vocabulary, int length, int classes) {
    this.vocabulary = ZooChecks.size(label, "vocabulary", vocabulary);
    this.length = ZooChecks.size(label, "length", length);
    this.classes = ZooChecks.size(label, "classes", classes);
  }

  /** Adds the embedding of the tokens; returns its name. */
  String addTokens(GraphBuilder graph, String input, int features) {
    graph.addLayer(
        TOKENS,
        new EmbeddingSequenceLayer.Builder()
            .nIn(vocabulary)
            .nOut(features)
            .inputLength(length)
            .inferInputLength(true) // of each batch
            .outputDataFormat(RNNFormat.NWC)
            .weightInit(new NormalDistribution(0, 1))
            .build(),
        input);
    return TOKENS;
  }

  /** Adds the output layer behind rows {@code [N, D]}. */
  void addOutput(GraphBuilder graph, String output, String input, double retain) {
    graph
        .addLayer(output, Classification.output(classes, retain), input)
        .setOutputs(output)
        // of a feed-forward type DL4J would take the length for the size of the vocabulary
        .setInputTypes(InputType.recurrent(vocabulary, length, RNNFormat.NWC));
  }
}
