package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.internal.BuilderChecks;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;

/** Classification of texts: tokens {@code [N, L]} to {@code [N, classes]}. */
final class TextTask extends SequenceTask {
  private static final String TOKENS = "tokens";
  private static final int FEATURES = 128;

  private final int vocabulary;
  private final int length;
  private final int classes;
  private final int features;

  TextTask(String label, int vocabulary, int length, int classes) {
    this(
        BuilderChecks.size(label, "vocabulary", vocabulary),
        BuilderChecks.size(label, "length", length),
        BuilderChecks.size(label, "classes", classes),
        FEATURES);
  }

  private TextTask(int vocabulary, int length, int classes, int features) {
    this.vocabulary = vocabulary;
    this.length = length;
    this.classes = classes;
    this.features = features;
  }

  /** The same task with another width of the token embedding, F. */
  TextTask withFeatures(int features) {
    return new TextTask(vocabulary, length, classes, features);
  }

  /** Adds the embedding of the tokens. */
  @Override
  String addInput(GraphBuilder graph, String input) {
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

  /** Of a feed-forward type DL4J would take the length for the size of the vocabulary. */
  @Override
  InputType inputType() {
    return InputType.recurrent(vocabulary, length, RNNFormat.NWC);
  }

  @Override
  OutputLayer.Builder output() {
    return classes(classes);
  }

  @Override
  boolean readsLastPosition() {
    return false;
  }
}
