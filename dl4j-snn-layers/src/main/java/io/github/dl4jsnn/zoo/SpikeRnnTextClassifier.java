package io.github.dl4jsnn.zoo;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/**
 * Spiking recurrent network that classifies texts.
 *
 * <pre>
 *   embedding of the tokens                     [N, L] to [N, L, F], "tokens"
 *   embedding, positional encoding              [N, L, F] to [N, T*L, D]
 *   recurrent layers                            [N, T*L, D], {@link SpikeRnnCell}
 *   firing rates over all positions             [N, D]
 *   affine map, softmax, cross-entropy          [N, classes]
 * </pre>
 *
 * <pre>{@code
 * ComputationGraph net = SpikeRnnTextClassifier.builder(vocabulary.size(), 64, 2).build().init();
 * }</pre>
 *
 * <p><b>Inputs.</b> Numbers of tokens {@code [N, L]}, from 0 to the size of the vocabulary less 1,
 * padded to one length, with a feature mask {@code [N, L]} that marks padding with 0: it is neither
 * seen nor counted in the rates nor in any statistic. <b>Labels.</b> {@code [N, classes]}.
 *
 * <p><b>Source.</b> As {@link SpikeRnnForecaster}, section 4.2.
 */
public final class SpikeRnnTextClassifier extends AbstractSpikeRnn {
  private final TextTask task;
  private final int tokenFeatures;

  private SpikeRnnTextClassifier(Builder builder) {
    super(builder);
    this.task = builder.task;
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
    graph.addInputs(INPUT);
    String tokens = task.addTokens(graph, INPUT, tokenFeatures);
    String rates = addMeanRates(graph, addEncoder(graph, tokens));
    task.addOutput(graph, OUTPUT, rates, retain());
  }

  /** Builder of {@link SpikeRnnTextClassifier}. */
  public static final class Builder extends AbstractSpikeRnn.Builder<Builder> {
    private final TextTask task;
    private int tokenFeatures = 128;

    private Builder(int vocabulary, int length, int classes) {
      this.task = new TextTask(label(), vocabulary, length, classes);
    }

    /**
     * Sets the width of the token embedding.
     *
     * @param tokenFeatures F, at least 1; default 128
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
    public SpikeRnnTextClassifier build() {
      return new SpikeRnnTextClassifier(this);
    }
  }
}
