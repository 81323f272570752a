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
 * What the spiking convolution and recurrent networks share: a spiking embedding of each position,
 * held for T steps; a positional encoding; a body.
 *
 * <pre>
 *   e = SN(BN(W x + b))                     [N, L, nIn] to [N, T*L, D], "embedding"
 *   e = positional encoding of e            {@link PositionalEncodingBlock}, "position"
 *   y = body(e)                             [N, T*L, D]
 * </pre>
 */
abstract class AbstractSpikeNetwork extends ZooNetwork {
  /** Name of the network's input. */
  static final String INPUT = "input";

  /** Name of the output layer. */
  static final String OUTPUT = "output";

  private final Builder<?> s;

  AbstractSpikeNetwork(Builder<?> builder) {
    super(builder);
    this.s = builder.copy();
    encoding(); // checks
  }

  final int timeSteps() {
    return s.timeSteps;
  }

  final int hidden() {
    return s.hidden;
  }

  final Neuron neuron() {
    return s.neuron;
  }

  final Backend backend() {
    return s.backend;
  }

  /** Probability to keep an input of a layer. */
  final double retain() {
    return s.dropOut;
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
    return PositionalEncodingBlock.builder(s.positionalEncoding, s.hidden, s.timeSteps)
        .code(s.code)
        .residual(s.residual())
        .neuron(s.neuron)
        .backend(s.backend)
        .build();
  }

  /**
   * Adds embedding, positional encoding and body.
   *
   * @param graph where to
   * @param input name of a sequence {@code [N, L, nIn]}
   * @return name of the last layer or vertex, {@code [N, T*L, D]}
   */
  final String addEncoder(GraphBuilder graph, String input) {
    SpikingLinear embedding =
        new SpikingLinear.Builder()
            .nOut(s.hidden)
            .timeSteps(s.timeSteps)
            .repeatInput(true)
            .neuron(s.neuron)
            .backend(s.backend)
            .build();
    graph.addLayer("embedding", embedding, input);
    return addBody(graph, encoding().addTo(graph, "position", "embedding"));
  }

  /** Firing rates of the last position that is there. */
  final String addLastRates(GraphBuilder graph, String input) {
    MeanOverTimeLayer rate =
        new MeanOverTimeLayer.Builder().timeSteps(s.timeSteps).backend(s.backend).build();
    graph
        .addLayer("rate", rate, input)
        .addLayer("readout", new LastTimeStepLayer.Builder().backend(s.backend).build(), "rate");
    return "readout";
  }

  /** Firing rates over all positions. */
  final String addMeanRates(GraphBuilder graph, String input) {
    graph.addLayer("rate", new SpikeReadoutLayer.Builder().backend(s.backend).build(), input);
    return "rate";
  }

  /**
   * What the builders share.
   *
   * @param <T> the builder
   */
  @SuppressWarnings("unchecked")
  public abstract static class Builder<T extends Builder<T>> extends ZooNetwork.Builder<T> {
    private int timeSteps = 4;
    private int hidden = 128;
    private double dropOut = 1;
    private PositionalEncoding positionalEncoding = PositionalEncoding.CPG;
    private PositionalCode code;
    private Neuron neuron = SpikformerBlock.defaultNeuron();
    private Backend backend = Backend.AUTO;

    Builder() {}

    /** How shortcuts and branches are joined. */
    SpikeResidualVertex.Op residual() {
      return SpikeResidualVertex.Op.ADD;
    }

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
     * Sets the number of features of each position.
     *
     * @param hidden D, at least 1; default 128
     * @return this builder
     */
    public T hidden(int hidden) {
      this.hidden = size("hidden", hidden);
      return (T) this;
    }

    /**
     * Sets dropout on the input of the layers behind the positional encoding.
     *
     * @param retain probability to keep an input, in (0, 1], as in DL4J; default 1: no dropout
     * @return this builder
     */
    public T dropOut(double retain) {
      this.dropOut = ZooChecks.retain(label(), retain);
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
