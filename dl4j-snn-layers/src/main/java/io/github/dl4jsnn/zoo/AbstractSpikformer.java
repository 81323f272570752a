package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.conf.Backend;
import io.github.dl4jsnn.conf.SpikeResidualVertex;
import io.github.dl4jsnn.conf.SpikingLinear;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.position.PositionalCode;
import io.github.dl4jsnn.position.PositionalEncoding;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.InputPreProcessor;

/**
 * What the Spikformers share: a spiking embedding of each position, held for T steps; a positional
 * encoding; encoder blocks.
 *
 * <pre>
 *   e = SN(BN(W x))                         [N, L, nIn] to [N, T*L, D], "embedding"
 *   e = positional encoding of e            {@link PositionalEncodingBlock}, "position"
 *   e = block(e), B times                   {@link SpikformerBlock}, "block0", "block1", ...
 * </pre>
 */
abstract class AbstractSpikformer extends ZooNetwork {
  /** Name of the network's input. */
  static final String INPUT = "input";

  /** Name of the output layer. */
  static final String OUTPUT = "output";

  private final Builder<?> s;

  AbstractSpikformer(Builder<?> builder) {
    super(builder);
    ZooChecks.heads(builder.label(), builder.hidden, builder.heads);
    this.s = builder.copy();
    encoding(); // checks
  }

  /** T. */
  final int timeSteps() {
    return s.timeSteps;
  }

  final Backend backend() {
    return s.backend;
  }

  /** Probability to keep an input of a layer. */
  final double retain() {
    return s.dropOut;
  }

  private PositionalEncodingBlock encoding() {
    return PositionalEncodingBlock.builder(s.positionalEncoding, s.hidden, s.timeSteps)
        .code(s.code)
        .residual(s.residual)
        .neuron(s.neuron)
        .backend(s.backend)
        .build();
  }

  /**
   * Adds embedding, positional encoding and blocks.
   *
   * @param graph where to
   * @param input name of a sequence {@code [N, L, nIn]}
   * @param before what comes before the embedding, or null
   * @return name of the last vertex, {@code [N, T*L, D]}
   */
  final String addEncoder(GraphBuilder graph, String input, InputPreProcessor before) {
    SpikingLinear embedding =
        new SpikingLinear.Builder()
            .nOut(s.hidden)
            .timeSteps(s.timeSteps)
            .repeatInput(true)
            .neuron(s.neuron)
            .backend(s.backend)
            .build();
    graph.addLayer("embedding", embedding, before, input);
    PositionalEncodingBlock encoding = encoding();
    String last = encoding.addTo(graph, "position", "embedding");
    SpikformerBlock block =
        SpikformerBlock.builder(s.hidden, s.timeSteps)
            .heads(s.heads)
            .mlpRatio(s.mlpRatio)
            .scale(s.scale)
            .residual(s.residual)
            .neuron(s.neuron)
            .attentionNeuron(s.attentionNeuron)
            .positionalCode(encoding.linearCode())
            .dropOut(s.dropOut)
            .backend(s.backend)
            .build();
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
  public abstract static class Builder<T extends Builder<T>> extends ZooNetwork.Builder<T> {
    private int timeSteps = 4;
    private int hidden = 128;
    private int blocks = 2;
    private int heads = 8;
    private int mlpRatio = 4;
    private double scale = 0.125;
    private double dropOut = 1;
    private PositionalEncoding positionalEncoding = PositionalEncoding.CPG;
    private PositionalCode code;
    private SpikeResidualVertex.Op residual = SpikeResidualVertex.Op.ADD;
    private Neuron neuron = SpikformerBlock.defaultNeuron();
    private Neuron attentionNeuron = SpikformerBlock.defaultAttentionNeuron();
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
     * Sets the number of features of each position.
     *
     * @param hidden D, a multiple of heads; default 128
     * @return this builder
     */
    public T hidden(int hidden) {
      this.hidden = size("hidden", hidden);
      return (T) this;
    }

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
     * Sets dropout on the input of the linear layers and of the output layer.
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
     * Sets how blocks join shortcut and branch.
     *
     * @param residual default ADD, the float residual; OR and IAND make the network spike-only
     * @return this builder
     */
    public T residual(SpikeResidualVertex.Op residual) {
      this.residual = Objects.requireNonNull(residual, "residual");
      return (T) this;
    }

    /**
     * Sets the neurons of the linear layers.
     *
     * @param neuron default LIF with threshold 1 and an arctan surrogate
     * @return this builder
     */
    public T neuron(Neuron neuron) {
      this.neuron = Objects.requireNonNull(neuron, "neuron");
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
