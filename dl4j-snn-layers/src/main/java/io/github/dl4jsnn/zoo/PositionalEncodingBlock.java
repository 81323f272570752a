package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.conf.PositionalEncodingLayer;
import io.github.dl4jsnn.conf.SpikeResidualVertex;
import io.github.dl4jsnn.conf.SpikingConv1d;
import io.github.dl4jsnn.conf.SpikingLinear;
import io.github.dl4jsnn.position.CpgCode;
import io.github.dl4jsnn.position.PositionalCode;
import io.github.dl4jsnn.position.PositionalEncoding;
import io.github.dl4jsnn.position.RandomCode;
import io.github.dl4jsnn.position.SinusoidalCode;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/**
 * The layers of a {@link PositionalEncoding}, which holds the equations, added to a graph.
 *
 * <p><b>Shapes.</b> {@code [N, T*L, D]} in and out.
 */
public final class PositionalEncodingBlock {
  /** As many random spikes as CPG-PE has: the share of angles whose cosine is above 0.8. */
  private static final double RANDOM_RATE = 0.2;

  /** Positions that see each other in RPE, as in the Spikformer. */
  private static final int KERNEL = 3;

  private final Builder s;

  private PositionalEncodingBlock(Builder builder) {
    this.s = builder;
  }

  /**
   * A builder with the defaults.
   *
   * @param encoding which encoding
   * @param hidden D, at least 1
   * @param timeSteps T, at least 1
   * @return a builder
   */
  public static Builder builder(PositionalEncoding encoding, int hidden, int timeSteps) {
    return new Builder(encoding, hidden, timeSteps);
  }

  /**
   * Adds the layers.
   *
   * @param graph where to
   * @param name of the layer, or of the vertex with RPE, that is the output
   * @param input name of the layer or vertex before it
   * @return name of the output: that of the input where nothing is added
   */
  public String addTo(GraphBuilder graph, String name, String input) {
    switch (s.encoding) {
      case RPE:
        SpikingConv1d convolution =
            new SpikingConv1d.Builder()
                .kernelSize(KERNEL)
                .padding(SpikingConv1d.Padding.SAME)
                .nOut(s.hidden)
                .timeSteps(s.timeSteps)
                .neuron(s.neuron)
                .backend(s.backend)
                .build();
        graph
            .addLayer(name + ".convolution", convolution, input)
            .addVertex(name, new SpikeResidualVertex(s.residual), input, name + ".convolution");
        return name;
      case FLOAT:
        PositionalEncodingLayer added =
            new PositionalEncodingLayer.Builder()
                .code(s.code)
                .merge(PositionalEncodingLayer.Merge.ADD)
                .backend(s.backend)
                .build();
        graph.addLayer(name, added, input);
        return name;
      case RANDOM:
      case CPG:
        SpikingLinear mapped =
            new SpikingLinear.Builder()
                .nOut(s.hidden)
                .positionalCode(s.code)
                .timeSteps(s.timeSteps)
                .neuron(s.neuron)
                .backend(s.backend)
                .build();
        graph.addLayer(name, mapped, input);
        return name;
      default:
        return input;
    }
  }

  /**
   * The code that every linear layer of the network takes.
   *
   * @return a code with CPG_FULL, else null
   */
  public PositionalCode linearCode() {
    return s.encoding == PositionalEncoding.CPG_FULL ? s.code : null;
  }

  private static PositionalCode defaultCode(PositionalEncoding encoding, int hidden) {
    CpgCode cpg = CpgCode.builder().build();
    switch (encoding) {
      case FLOAT:
        return new SinusoidalCode(hidden);
      case RANDOM:
        return new RandomCode(cpg.width(), RANDOM_RATE, 0);
      case CPG:
      case CPG_FULL:
        return cpg;
      default:
        return null;
    }
  }

  /** Builder of {@link PositionalEncodingBlock}. */
  public static final class Builder extends BlockBuilder<Builder> {
    private final PositionalEncoding encoding;
    private PositionalCode code;

    private Builder(PositionalEncoding encoding, int hidden, int timeSteps) {
      super(hidden, timeSteps);
      this.encoding = Objects.requireNonNull(encoding, "encoding");
      this.code = defaultCode(encoding, hidden);
    }

    /**
     * Sets the code.
     *
     * @param code default: sinusoidal of width D with FLOAT; 64 random spikes at rate 0.2 with
     *     RANDOM; {@code CpgCode.builder().build()} with CPG and CPG_FULL; null keeps it
     * @return this builder
     * @throws IllegalArgumentException if the encoding has no code, or wants spikes and the code is
     *     none
     */
    public Builder code(PositionalCode code) {
      if (code == null) {
        return this;
      }
      boolean spikes = encoding != PositionalEncoding.FLOAT;
      if (this.code == null || spikes && !code.isBinary()) {
        throw new IllegalArgumentException(
            "PositionalEncodingBlock: "
                + encoding
                + (this.code == null ? " takes no code" : " takes a code of 0 and 1")
                + ", got "
                + code);
      }
      this.code = code;
      return this;
    }

    /**
     * Builds the encoding.
     *
     * @return an encoding
     * @throws IllegalArgumentException if FLOAT, which puts out numbers, is to be spike-only
     */
    public PositionalEncodingBlock build() {
      if (encoding == PositionalEncoding.FLOAT && residual != SpikeResidualVertex.Op.ADD) {
        throw new IllegalArgumentException(
            "PositionalEncodingBlock: FLOAT puts out numbers, so it does not go with the spike-only"
                + " residual "
                + residual);
      }
      return new PositionalEncodingBlock(copy());
    }
  }
}
