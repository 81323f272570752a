package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;

/**
 * Spikformer that classifies texts.
 *
 * <pre>
 *   embedding of the tokens                     [N, L] to [N, L, D], "tokens"
 *   embedding, positional encoding, blocks      [N, T*L, D]
 *   firing rates over all positions             [N, D]
 *   affine map, softmax, cross-entropy          [N, classes]
 * </pre>
 *
 * <pre>{@code
 * ComputationGraph net = SpikformerTextClassifier.builder(vocabulary.size(), 64, 2).build().init();
 * }</pre>
 *
 * <p><b>Inputs.</b> Numbers of tokens {@code [N, L]}, from 0 to the size of the vocabulary less 1,
 * padded to one length, with a feature mask {@code [N, L]} that marks padding with 0: it is neither
 * attended to nor counted in the rates nor in any statistic. <b>Labels.</b> {@code [N, classes]}.
 *
 * <p><b>Source.</b> C. Lv, D. Han, Y. Wang, X. Zheng, X. Huang, D. Li, "Advancing Spiking Neural
 * Networks for Sequential Modeling with Central Pattern Generators", NeurIPS 2024, section 4.2.
 */
public final class SpikformerTextClassifier extends AbstractSpikformer {
  private final int vocabulary;
  private final int length;
  private final int classes;
  private final int tokenFeatures;

  private SpikformerTextClassifier(Builder builder) {
    super(builder);
    this.vocabulary = builder.vocabulary;
    this.length = builder.length;
    this.classes = builder.classes;
    this.tokenFeatures = builder.tokenFeatures;
  }

  /**
   * A builder with the defaults.
   *
   * @param vocabulary number of tokens, at least 1
   * @param length L, tokens of a text with its padding, at least 1
   * @param classes at least 2
   * @return a builder
   */
  public static Builder builder(int vocabulary, int length, int classes) {
    return new Builder(vocabulary, length, classes);
  }

  @Override
  void build(GraphBuilder graph) {
    graph
        .addInputs(INPUT)
        .addLayer(
            "tokens",
            new EmbeddingSequenceLayer.Builder()
                .nIn(vocabulary)
                .nOut(tokenFeatures)
                .inputLength(length)
                .outputDataFormat(RNNFormat.NWC)
                .weightInit(new NormalDistribution(0, 1))
                .build(),
            INPUT);
    String last = addEncoder(graph, "tokens", null);
    graph
        .addLayer("rate", new SpikeReadoutLayer.Builder().backend(backend()).build(), last)
        .addLayer(OUTPUT, Classification.output(classes, retain()), "rate")
        .setOutputs(OUTPUT)
        .setInputTypes(tokens());
  }

  /** DL4J's embedding takes the size of the vocabulary for the features of its input. */
  private InputType tokens() {
    return InputType.recurrent(vocabulary, length, RNNFormat.NWC);
  }

  /** Builder of {@link SpikformerTextClassifier}. */
  public static final class Builder extends AbstractSpikformer.Builder<Builder> {
    private final int vocabulary;
    private final int length;
    private final int classes;
    private int tokenFeatures = 128;

    private Builder(int vocabulary, int length, int classes) {
      this.vocabulary = size("vocabulary", vocabulary);
      this.length = size("length", length);
      this.classes = size("classes", classes);
    }

    /**
     * Sets the width of the token embedding.
     *
     * @param tokenFeatures at least 1; default 128
     * @return this builder
     */
    public Builder tokenFeatures(int tokenFeatures) {
      this.tokenFeatures = size("tokenFeatures", tokenFeatures);
      return this;
    }

    /**
     * Builds the description of the network.
     *
     * @return an immutable description
     * @throws IllegalArgumentException if the settings do not go together
     */
    public SpikformerTextClassifier build() {
      return new SpikformerTextClassifier(this);
    }
  }
}
