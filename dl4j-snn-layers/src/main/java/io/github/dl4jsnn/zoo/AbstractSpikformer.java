package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.neuron.Neuron;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/** Spikformers: {@link SpikformerBlock}s behind embedding and positional encoding. */
abstract class AbstractSpikformer extends AbstractSpikeNetwork {
  private final Builder<?> s;

  AbstractSpikformer(Builder<?> builder) {
    super(builder);
    this.s = builder.copy();
    builder.heads(hidden(), builder.heads);
  }

  @Override
  final String addBody(GraphBuilder graph, String input) {
    SpikformerBlock block =
        SpikformerBlock.builder(hidden(), timeSteps())
            .heads(s.heads)
            .mlpRatio(s.mlpRatio)
            .scale(s.scale)
            .residual(residual())
            .neuron(neuron())
            .attentionNeuron(s.attentionNeuron)
            .positionalCode(layerCode())
            .dropOut(retain())
            .backend(backend())
            .build();
    String last = input;
    for (int i = 0; i < s.blocks; i++) {
      last = block.addTo(graph, "block" + i, last);
    }
    return last;
  }

  /**
   * What the builders of Spikformers share.
   *
   * @param <T> the builder
   */
  @SuppressWarnings("unchecked")
  public abstract static class Builder<T extends Builder<T>>
      extends AbstractSpikeNetwork.Builder<T> {
    private int blocks = 2;
    private int heads = 8;
    private int mlpRatio = 4;
    private double scale = 0.125;
    private Neuron attentionNeuron = SpikformerBlock.defaultAttentionNeuron();

    Builder() {}

    /**
     * Sets the number of encoder blocks.
     *
     * @param blocks at least 1; default 2
     * @return this builder
     */
    public T blocks(int blocks) {
      this.blocks = size("blocks", blocks);
      return (T) this;
    }

    /**
     * Sets the number of heads of the attention.
     *
     * @param heads a divisor of D; default 8
     * @return this builder
     */
    public T heads(int heads) {
      this.heads = size("heads", heads);
      return (T) this;
    }

    /**
     * Sets the width of the hidden layer of each MLP.
     *
     * @param mlpRatio times D; default 4
     * @return this builder
     */
    public T mlpRatio(int mlpRatio) {
      this.mlpRatio = size("mlpRatio", mlpRatio);
      return (T) this;
    }

    /**
     * Sets the factor of the products of the attention.
     *
     * @param scale above 0; default 0.125
     * @return this builder
     */
    public T scale(double scale) {
      if (!(scale > 0) || Double.isInfinite(scale)) {
        throw new IllegalArgumentException(
            label() + ": scale must be above 0 and finite, was " + scale);
      }
      this.scale = scale;
      return (T) this;
    }

    /**
     * Sets the neurons of the attention.
     *
     * @param neuron without trained constants; default LIF with threshold 0.5 and an arctan
     *     surrogate
     * @return this builder
     */
    public T attentionNeuron(Neuron neuron) {
      this.attentionNeuron = Objects.requireNonNull(neuron, "attentionNeuron");
      return (T) this;
    }
  }
}
