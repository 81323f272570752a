package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.conf.SpikeResidualVertex;
import io.github.dl4jsnn.conf.SpikingAttention;
import io.github.dl4jsnn.conf.SpikingLinear;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Neuron;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/**
 * One encoder block of a Spikformer, added to the layers of a graph.
 *
 * <pre>
 *   a = x + projection(attention(qkv(x)))       or with OR, IAND in place of the sum
 *   y = a + mlp2(mlp1(a))
 * </pre>
 *
 * <p>{@code qkv}, {@code projection}, {@code mlp1} and {@code mlp2} are {@link SpikingLinear} (map,
 * batch normalisation, neurons) with 3D, D, R D and D outputs, {@code attention} is a {@link
 * SpikingAttention}. The layers are named {@code name.qkv}, {@code name.attention}, {@code
 * name.projection}, {@code name.attended}, {@code name.mlp1}, {@code name.mlp2} and {@code
 * name.out}.
 *
 * <p><b>Float residual or spike-only.</b> {@link SpikeResidualVertex.Op#ADD}, as in the paper, adds
 * spikes to counts, so that the next layer multiplies; with {@code OR} or {@code IAND} everything
 * between layers is 0 and 1.
 *
 * <p><b>Shapes.</b> {@code [N, T*L, D]} in and out.
 *
 * <p><b>Source.</b> Z. Zhou, Y. Zhu, C. He, Y. Wang, S. Yan, Y. Tian, L. Yuan, "Spikformer: When
 * Spiking Neural Network Meets Transformer", ICLR 2023, section 3.2 and Eq. 4-8.
 */
public final class SpikformerBlock {
  private final Builder s;

  private SpikformerBlock(Builder builder) {
    this.s = builder;
  }

  /**
   * A builder with the defaults.
   *
   * @param hidden D, at least 1
   * @param timeSteps T, at least 1
   * @return a builder
   */
  public static Builder builder(int hidden, int timeSteps) {
    return new Builder(hidden, timeSteps);
  }

  /** The neuron of the linear layers unless another is set. */
  static Neuron defaultNeuron() {
    return LifParameters.builder().surrogate(new ArctanSurrogate()).build();
  }

  /** The neuron of the attention unless another is set. */
  static Neuron defaultAttentionNeuron() {
    return LifParameters.builder().threshold(0.5).surrogate(new ArctanSurrogate()).build();
  }

  /**
   * Adds the layers of the block.
   *
   * @param graph where to
   * @param name of the block, the start of the names of its layers
   * @param input name of the layer or vertex before it
   * @return name of the vertex that is its output
   */
  public String addTo(GraphBuilder graph, String name, String input) {
    String attended = name + ".attended";
    String out = name + ".out";
    graph
        .addLayer(name + ".qkv", linear(3 * s.hidden), input)
        .addLayer(
            name + ".attention",
            new SpikingAttention.Builder()
                .timeSteps(s.timeSteps)
                .heads(s.heads)
                .scale(s.scale)
                .neuron(s.attentionNeuron)
                .backend(s.backend)
                .build(),
            name + ".qkv")
        .addLayer(name + ".projection", linear(s.hidden), name + ".attention")
        .addVertex(attended, new SpikeResidualVertex(s.residual), input, name + ".projection")
        .addLayer(name + ".mlp1", linear(s.mlpRatio * s.hidden), attended)
        .addLayer(name + ".mlp2", linear(s.hidden), name + ".mlp1")
        .addVertex(out, new SpikeResidualVertex(s.residual), attended, name + ".mlp2");
    return out;
  }

  private SpikingLinear linear(int nOut) {
    SpikingLinear.Builder linear =
        new SpikingLinear.Builder()
            .nOut(nOut)
            .timeSteps(s.timeSteps)
            .neuron(s.neuron)
            .positionalCode(s.code)
            .backend(s.backend);
    return s.dropOut == 1 ? linear.build() : linear.dropOut(s.dropOut).build();
  }

  /** Builder of {@link SpikformerBlock}. */
  public static final class Builder extends EncoderBlockBuilder<Builder> {
    private int heads = 8;
    private int mlpRatio = 4;
    private double scale = 0.125;
    private Neuron attentionNeuron = defaultAttentionNeuron();

    private Builder(int hidden, int timeSteps) {
      super(hidden, timeSteps);
    }

    /**
     * Sets the number of heads.
     *
     * @param heads a divisor of D; default 8
     * @return this builder
     */
    public Builder heads(int heads) {
      this.heads = size("heads", heads);
      return this;
    }

    /**
     * Sets the width of the hidden layer of the MLP.
     *
     * @param mlpRatio R, times D; default 4
     * @return this builder
     */
    public Builder mlpRatio(int mlpRatio) {
      this.mlpRatio = size("mlpRatio", mlpRatio);
      return this;
    }

    /**
     * Sets the factor of the products of the attention.
     *
     * @param scale above 0; default 0.125
     * @return this builder
     */
    public Builder scale(double scale) {
      this.scale = scale;
      return this;
    }

    /**
     * Sets the neuron of the attention.
     *
     * @param neuron without trained constants; default {@link LifParameters} with threshold 0.5 and
     *     an arctan surrogate
     * @return this builder
     */
    public Builder attentionNeuron(Neuron neuron) {
      this.attentionNeuron = Objects.requireNonNull(neuron, "attentionNeuron");
      return this;
    }

    /**
     * Builds the block.
     *
     * @return a block, which may be added more than once
     * @throws IllegalArgumentException if heads does not divide D
     */
    public SpikformerBlock build() {
      heads(hidden, heads);
      return new SpikformerBlock(copy());
    }
  }
}
