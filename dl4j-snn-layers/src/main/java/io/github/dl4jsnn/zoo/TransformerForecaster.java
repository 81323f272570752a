package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.conf.PositionalEncodingLayer;
import io.github.dl4jsnn.conf.SoftmaxAttention;
import io.github.dl4jsnn.conf.SpikingDense;
import io.github.dl4jsnn.conf.ThresholdBatchNormLayer;
import io.github.dl4jsnn.position.SinusoidalCode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.nd4j.linalg.activations.Activation;

/**
 * Transformer encoder that forecasts series: what {@link SpikformerForecaster} is compared with, of
 * equal widths, without spikes.
 *
 * <pre>
 *   x = W x + b + sinusoidal code                          [N, L, C] to [N, L, D]
 *   x = x + projection(attention(qkv(norm(x))))            B blocks, softmax attention
 *   x = x + mlp2(ReLU(mlp1(norm(x))))
 *   affine map of norm(x) at the last position, mean squared error
 * </pre>
 *
 * <p>{@link ForecastReadout} and {@link SeriesLevel} as for its counterpart with spikes.
 *
 * <p>{@code norm} is batch normalisation over examples and positions, as in the Spikformer, where
 * the Transformer of text has layer normalisation: so that the two differ in their neurons and
 * their attention alone.
 *
 * <p><b>Inputs.</b> {@code [N, L, C]} in NWC; a feature mask {@code [N, L]} marks missing readings
 * with 0. <b>Labels.</b> {@code [N, H*C]}, column {@code h C + c}.
 *
 * <p><b>Source.</b> A. Vaswani et al., "Attention Is All You Need", NeurIPS 2017, section 3.1, with
 * the normalisation before each part.
 */
public final class TransformerForecaster extends AbstractForecaster {
  private final Builder s;

  private TransformerForecaster(Builder builder) {
    super(builder);
    builder.heads(hidden(), builder.heads);
    this.s = builder.copy();
  }

  /**
   * A builder with the defaults.
   *
   * @param channels C, at least 1
   * @param inputLength L, at least 1
   * @param horizon H, at least 1
   * @return a builder
   */
  public static Builder builder(int channels, int inputLength, int horizon) {
    return new Builder(channels, inputLength, horizon);
  }

  @Override
  String addEncoder(GraphBuilder graph, String input) {
    graph.addLayer("embedding", affine(hidden(), 1), input);
    String last = "embedding";
    if (s.positionalEncoding) {
      graph.addLayer(
          "position",
          new PositionalEncodingLayer.Builder()
              .code(new SinusoidalCode(hidden()))
              .merge(PositionalEncodingLayer.Merge.ADD)
              .build(),
          last);
      last = "position";
    }
    for (int i = 0; i < s.blocks; i++) {
      last = addBlock(graph, "block" + i, last);
    }
    graph.addLayer("norm", norm(), last);
    return "norm";
  }

  private String addBlock(GraphBuilder graph, String name, String input) {
    graph
        .addLayer(name + ".norm1", norm(), input)
        .addLayer(name + ".qkv", affine(3 * hidden(), retain()), name + ".norm1")
        .addLayer(
            name + ".attention",
            new SoftmaxAttention.Builder().heads(s.heads).build(),
            name + ".qkv")
        .addLayer(name + ".projection", affine(hidden(), retain()), name + ".attention")
        .addVertex(name + ".attended", sum(), input, name + ".projection")
        .addLayer(name + ".norm2", norm(), name + ".attended")
        .addLayer(name + ".mlp1", affine(s.mlpRatio * hidden(), retain()), name + ".norm2")
        .addLayer(name + ".relu", new ActivationLayer(Activation.RELU), name + ".mlp1")
        .addLayer(name + ".mlp2", affine(hidden(), retain()), name + ".relu")
        .addVertex(name + ".out", sum(), name + ".attended", name + ".mlp2");
    return name + ".out";
  }

  private static ElementWiseVertex sum() {
    return new ElementWiseVertex(ElementWiseVertex.Op.Add);
  }

  /** A threshold of 1 leaves plain batch normalisation. */
  private static ThresholdBatchNormLayer norm() {
    return new ThresholdBatchNormLayer.Builder().threshold(1).alpha(1).build();
  }

  private static SpikingDense affine(int nOut, double retain) {
    SpikingDense.Builder affine = new SpikingDense.Builder().nOut(nOut);
    return retain == 1 ? affine.build() : affine.dropOut(retain).build();
  }

  /** Builder of {@link TransformerForecaster}. */
  public static final class Builder extends AbstractForecaster.Builder<Builder> {
    private int blocks = 2;
    private int heads = 8;
    private int mlpRatio = 4;
    private boolean positionalEncoding = true;

    private Builder(int channels, int inputLength, int horizon) {
      super(channels, inputLength, horizon);
    }

    /**
     * Sets the number of encoder blocks.
     *
     * @param blocks at least 1; default 2
     * @return this builder
     */
    public Builder blocks(int blocks) {
      this.blocks = size("blocks", blocks);
      return this;
    }

    /**
     * Sets the number of heads of the attention.
     *
     * @param heads a divisor of D; default 8
     * @return this builder
     */
    public Builder heads(int heads) {
      this.heads = size("heads", heads);
      return this;
    }

    /**
     * Sets the width of the hidden layer of each MLP.
     *
     * @param mlpRatio times D; default 4
     * @return this builder
     */
    public Builder mlpRatio(int mlpRatio) {
      this.mlpRatio = size("mlpRatio", mlpRatio);
      return this;
    }

    /**
     * Sets whether sinusoidal codes tell positions apart.
     *
     * @param positionalEncoding default true
     * @return this builder
     */
    public Builder positionalEncoding(boolean positionalEncoding) {
      this.positionalEncoding = positionalEncoding;
      return this;
    }

    @Override
    public TransformerForecaster build() {
      return new TransformerForecaster(this);
    }
  }
}
