package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.position.PositionalEncoding;
import io.github.dl4jsnn.text.TextData;
import io.github.dl4jsnn.text.TextIterator;
import io.github.dl4jsnn.text.TextVocabulary;
import io.github.dl4jsnn.zoo.SpikformerTextClassifier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.text.tokenization.tokenizerfactory.TokenizerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Settings of a Spikformer that classifies texts, and what they make of data. */
final class TextOptions {

  private static final int SCORED_AT_ONCE = 128;

  @Mixin SpikformerOptions network = new SpikformerOptions();

  @Option(
      names = "--length",
      defaultValue = "32",
      converter = GcSnnOptions.Count.class,
      description = "tokens L of a text; longer ones lose their end")
  int length;

  @Option(names = "--align-end", description = "whether the padding stands before a text")
  boolean alignEnd;

  @Option(
      names = "--min-frequency",
      defaultValue = "2",
      converter = GcSnnOptions.Count.class,
      description = "least number of times that a token occurs in the training part")
  int minFrequency;

  @Option(
      names = "--word-dropout",
      defaultValue = "0",
      converter = GcSnnOptions.Probability.class,
      description = "probability that a token of a training text becomes an unknown one")
  double wordDropout;

  @Option(
      names = "--embedding-deviation",
      defaultValue = "0.1",
      converter = GcSnnOptions.Rate.class,
      description = "standard deviation of the embedding before training")
  double embeddingDeviation;

  /** The vocabulary of the training part. */
  TextVocabulary vocabulary(TextData data, TokenizerFactory tokenizers) {
    return new TextVocabulary.Builder(tokenizers)
        .minFrequency(minFrequency)
        .build(data.part(Split.TRAIN));
  }

  /** Shuffled batches of the training part, with word dropout. */
  TextIterator training(TextData data, TextVocabulary vocabulary, long seed) {
    return texts(data, Split.TRAIN, vocabulary)
        .batchSize(network.batchSize)
        .shuffle(seed)
        .wordDropout(wordDropout, seed)
        .build();
  }

  /** Batches of a part to score. */
  TextIterator scoring(TextData data, TextVocabulary vocabulary, Split split) {
    return texts(data, split, vocabulary).batchSize(SCORED_AT_ONCE).build();
  }

  private TextIterator.Builder texts(TextData data, Split split, TextVocabulary vocabulary) {
    return new TextIterator.Builder(data.part(split), vocabulary, data.numClasses())
        .maxLength(length)
        .alignEnd(alignEnd);
  }

  /** A network before training. */
  ComputationGraph network(TextData data, int tokens, PositionalEncoding pe, long seed) {
    ComputationGraph net =
        network.init(
            SpikformerTextClassifier.builder(tokens, length, data.numClasses())
                .tokenFeatures(network.hidden)
                .timeSteps(network.timeSteps)
                .hidden(network.hidden)
                .blocks(network.blocks)
                .heads(network.heads)
                .scale(network.attentionScale)
                .mlpRatio(network.mlpRatio)
                .dropOut(1 - network.dropOut)
                .positionalEncoding(pe)
                .code(network.code(pe))
                .seed(seed)
                .adamW(network.adamW(data.part(Split.TRAIN).size()))
                .build());
    // The zoo's embedding has deviation 1, which AdamW moves too slowly for few epochs.
    net.getLayer("tokens").getParam("W").muli(embeddingDeviation);
    return net;
  }

  /** The settings that do not depend on the network. */
  String batches() {
    return String.format(
        ROOT,
        "L %d%s, tokens from %d times, word dropout %s, batch %d",
        length,
        alignEnd ? " with the padding before" : "",
        minFrequency,
        wordDropout,
        network.batchSize);
  }

  /** All settings that an encoding depends on. */
  String settings(PositionalEncoding pe) {
    return String.format(
        ROOT,
        "%s, embedding deviation %s, %s",
        network.settings(pe),
        embeddingDeviation,
        batches());
  }
}
