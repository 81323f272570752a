package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.conf.Backend;
import io.github.dl4jsnn.conf.LastTimeStepLayer;
import io.github.dl4jsnn.conf.MeanOverTimeLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikeResidualVertex;
import io.github.dl4jsnn.conf.SpikingLinear;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.position.PositionalCode;
import io.github.dl4jsnn.position.PositionalEncoding;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/**
 * What the spiking networks of sequences share: a spiking embedding of each position, held for T
 * steps; a positional encoding; a body.
 *
 * <pre>
 *   e = SN(BN(W x + b))                     [N, L, nIn] to [N, T*L, D], "embedding"
 *   e = positional encoding of e            {@link PositionalEncodingBlock}, "position"
 *   y = body(e)                             [N, T*L, D]
 * </pre>
 */
public abstract class AbstractSpikeNetwork extends AbstractSequenceNetwork {
  private final Builder<?> s;

  AbstractSpikeNetwork(Builder<?> builder) {
    super(builder);
    this.s = builder.copy();
    encoding(); // checks
  }

  final int timeSteps() {
    return s.timeSteps;
  }

  final Neuron neuron() {
    return s.neuron;
  }

  /** How shortcuts and branches are joined. */
  final SpikeResidualVertex.Op residual() {
    return s.residual;
  }

  final Backend backend() {
    return s.backend;
  }

  /** The code that every layer takes, or null. */
  final PositionalCode layerCode() {
    return encoding().linearCode();
  }

  /**
   * Adds the body.
   *
   * @param graph where to
   * @param input name of the layer before it
   * @return name of its last layer or vertex
   */
  abstract String addBody(GraphBuilder graph, String input);

  private PositionalEncodingBlock encoding() {
    return PositionalEncodingBlock.builder(s.positionalEncoding, hidden(), s.timeSteps)
        .code(s.code)
        .residual(s.residual)
        .neuron(s.neuron)
        .backend(s.backend)
        .build();
  }

  @Override
  final String addEncoder(GraphBuilder graph, String input) {
    SpikingLinear embedding =
        new SpikingLinear.Builder()
            .nOut(hidden())
            .timeSteps(s.timeSteps)
            .repeatInput(true)
            .neuron(s.neuron)
            .backend(s.backend)
            .build();
    graph.addLayer("embedding", embedding, task().preProcessor(), input);
    return addBody(graph, encoding().addTo(graph, "position", "embedding"));
  }

  @Override
  String addReadout(GraphBuilder graph, String input) {
    return task().readsLastPosition()
        ? addLastRates(graph, input)
        : addMeanRates(graph, "rate", input);
  }

  /** Firing rates of the last position that is there. */
  private String addLastRates(GraphBuilder graph, String input) {
    MeanOverTimeLayer rate =
        new MeanOverTimeLayer.Builder().timeSteps(s.timeSteps).backend(s.backend).build();
    graph
        .addLayer("rate", rate, input)
        .addLayer("readout", new LastTimeStepLayer.Builder().backend(s.backend).build(), "rate");
    return "readout";
  }

  /** Firing rates over all positions. */
  final String addMeanRates(GraphBuilder graph, String name, String input) {
    graph.addLayer(name, new SpikeReadoutLayer.Builder().backend(s.backend).build(), input);
    return name;
  }

  /**
   * What the builders of spiking networks of sequences share.
   *
   * @param <T> the builder
   */
  @SuppressWarnings("unchecked")
  public abstract static class Builder<T extends Builder<T>>
      extends AbstractSequenceNetwork.Builder<T> {
    private int timeSteps = 4;
    private PositionalEncoding positionalEncoding = PositionalEncoding.CPG;
    private PositionalCode code;
    private SpikeResidualVertex.Op residual = SpikeResidualVertex.Op.ADD;
    private Neuron neuron = SpikformerBlock.defaultNeuron();
    private Backend backend = Backend.AUTO;

    Builder() {}

    /**
     * Sets the number of spike steps on each position.
     *
     * @param timeSteps T, at least 1; default 4
     * @return this builder
     */
    public T timeSteps(int timeSteps) {
      this.timeSteps = size("timeSteps", timeSteps);
      return (T) this;
    }

    /**
     * Sets how positions are told apart.
     *
     * @param positionalEncoding default CPG
     * @return this builder
     */
    public T positionalEncoding(PositionalEncoding positionalEncoding) {
      this.positionalEncoding = Objects.requireNonNull(positionalEncoding, "positionalEncoding");
      return (T) this;
    }

    /**
     * Sets the code of the positional encoding.
     *
     * @param code default: that of {@link PositionalEncodingBlock.Builder#code}
     * @return this builder
     */
    public T code(PositionalCode code) {
      this.code = code;
      return (T) this;
    }

    /**
     * Sets how shortcuts and branches are joined.
     *
     * @param residual default ADD, the float residual; OR and IAND make the network spike-only
     * @return this builder
     */
    public T residual(SpikeResidualVertex.Op residual) {
      this.residual = Objects.requireNonNull(residual, "residual");
      return (T) this;
    }

    /**
     * Sets the neurons of all layers with batch normalisation.
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
}
