package io.github.dl4jsnn.zoo;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/**
 * Spiking temporal convolution networks: {@link SpikeTcnBlock}s with dilation 1, 2, 4, ... behind
 * embedding and positional encoding; the last position sees {@code 1 + 2 (k - 1) (2^blocks - 1)}
 * positions with kernel size k.
 */
abstract class AbstractSpikeTcn extends AbstractSpikeNetwork {
  private final Builder<?> s;

  AbstractSpikeTcn(Builder<?> builder) {
    super(builder);
    this.s = builder.copy();
  }

  @Override
  final String addBody(GraphBuilder graph, String input) {
    String last = input;
    for (int i = 0; i < s.blocks; i++) {
      SpikeTcnBlock block =
          SpikeTcnBlock.builder(hidden(), timeSteps())
              .kernelSize(s.kernelSize)
              .dilation(1 << i)
              .weightNorm(s.weightNorm)
              .residual(residual())
              .neuron(neuron())
              .positionalCode(layerCode())
              .dropOut(retain())
              .backend(backend())
              .build();
      last = block.addTo(graph, "block" + i, last);
    }
    return last;
  }

  /**
   * What the builders of spiking temporal convolution networks share.
   *
   * @param <T> the builder
   */
  @SuppressWarnings("unchecked")
  public abstract static class Builder<T extends Builder<T>>
      extends AbstractSpikeNetwork.Builder<T> {
    private int blocks = 3;
    private int kernelSize = 3;
    private boolean weightNorm;

    Builder() {}

    /**
     * Sets the number of residual blocks; block i has dilation {@code 2^i}.
     *
     * @param blocks from 1 to 20; default 3
     * @return this builder
     * @throws IllegalArgumentException if it is not in the range
     */
    public T blocks(int blocks) {
      this.blocks = DilatedBlocks.check(label(), blocks);
      return (T) this;
    }

    /**
     * Sets how many positions a convolution sees.
     *
     * @param kernelSize at least 1; default 3
     * @return this builder
     */
    public T kernelSize(int kernelSize) {
      this.kernelSize = size("kernelSize", kernelSize);
      return (T) this;
    }

    /**
     * Whether length and direction of the weights of convolutions are parameters of their own.
     *
     * @param weightNorm default false
     * @return this builder
     */
    public T weightNorm(boolean weightNorm) {
      this.weightNorm = weightNorm;
      return (T) this;
    }
  }
}
