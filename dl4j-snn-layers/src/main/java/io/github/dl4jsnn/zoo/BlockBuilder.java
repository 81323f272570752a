package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.conf.Backend;
import io.github.dl4jsnn.conf.SpikeResidualVertex;
import io.github.dl4jsnn.neuron.Neuron;
import java.util.Objects;

/**
 * What the builders of spiking blocks share; a block is added to the layers of a graph and takes
 * and gives {@code [N, T*L, D]}.
 *
 * @param <T> the builder
 */
@SuppressWarnings("unchecked")
public abstract class BlockBuilder<T extends BlockBuilder<T>> extends ZooBuilder<T> {
  final int hidden;
  final int timeSteps;
  SpikeResidualVertex.Op residual = SpikeResidualVertex.Op.ADD;
  Neuron neuron = SpikformerBlock.defaultNeuron();
  Backend backend = Backend.AUTO;

  BlockBuilder(int hidden, int timeSteps) {
    this.hidden = size("hidden", hidden);
    this.timeSteps = size("timeSteps", timeSteps);
  }

  /**
   * Sets how shortcut and branch are joined.
   *
   * @param residual default ADD, the float residual; OR and IAND are spike-only
   * @return this builder
   */
  public T residual(SpikeResidualVertex.Op residual) {
    this.residual = Objects.requireNonNull(residual, "residual");
    return (T) this;
  }

  /**
   * Sets the neurons of the layers with batch normalisation.
   *
   * @param neuron default LIF with threshold 1 and an arctan surrogate
   * @return this builder
   */
  public T neuron(Neuron neuron) {
    this.neuron = Objects.requireNonNull(neuron, "neuron");
    return (T) this;
  }

  /**
   * Sets how the layers are computed.
   *
   * @param backend default {@link Backend#AUTO}
   * @return this builder
   */
  public T backend(Backend backend) {
    this.backend = Objects.requireNonNull(backend, "backend");
    return (T) this;
  }
}
