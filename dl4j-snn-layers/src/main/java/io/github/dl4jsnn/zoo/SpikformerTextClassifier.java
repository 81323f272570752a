package io.github.dl4jsnn.zoo;

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
  private SpikformerTextClassifier(Builder builder) {
    super(builder);
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

  /** Builder of {@link SpikformerTextClassifier}. */
  public static final class Builder extends AbstractSpikformer.Builder<Builder> {
    private TextTask task;

    private Builder(int vocabulary, int length, int classes) {
      this.task = new TextTask(label(), vocabulary, length, classes);
    }

    @Override
    SequenceTask task() {
      return task;
    }

    /**
     * Sets the width of the token embedding.
     *
     * @param tokenFeatures F, at least 1; default 128
     * @return this builder
     */
    public Builder tokenFeatures(int tokenFeatures) {
      this.task = task.withFeatures(size("tokenFeatures", tokenFeatures));
      return this;
    }

    @Override
    public SpikformerTextClassifier build() {
      return new SpikformerTextClassifier(this);
    }
  }
}
