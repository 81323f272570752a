package io.github.dl4jsnn.zoo;

/**
 * Spiking temporal convolution network that classifies texts.
 *
 * <pre>
 *   embedding of the tokens                     [N, L] to [N, L, F], "tokens"
 *   embedding, positional encoding              [N, L, F] to [N, T*L, D]
 *   blocks of causal, dilated convolutions      [N, T*L, D], {@link SpikeTcnBlock}
 *   firing rates over all positions             [N, D]
 *   affine map, softmax, cross-entropy          [N, classes]
 * </pre>
 *
 * <pre>{@code
 * ComputationGraph net = SpikeTcnTextClassifier.builder(vocabulary.size(), 64, 2).build().init();
 * }</pre>
 *
 * <p><b>Inputs.</b> Numbers of tokens {@code [N, L]}, from 0 to the size of the vocabulary less 1,
 * padded to one length, with a feature mask {@code [N, L]} that marks padding with 0: it is neither
 * seen nor counted in the rates nor in any statistic. <b>Labels.</b> {@code [N, classes]}.
 *
 * <p><b>Source.</b> As {@link SpikeTcnForecaster}, section 4.2.
 */
public final class SpikeTcnTextClassifier extends AbstractSpikeTcn {
  private SpikeTcnTextClassifier(Builder builder) {
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

  /** Builder of {@link SpikeTcnTextClassifier}. */
  public static final class Builder extends AbstractSpikeTcn.Builder<Builder> {
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
    public SpikeTcnTextClassifier build() {
      return new SpikeTcnTextClassifier(this);
    }
  }
}
