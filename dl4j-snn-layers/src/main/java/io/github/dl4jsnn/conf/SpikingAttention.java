package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.BuilderChecks;
import io.github.dl4jsnn.internal.definition.SpikingAttentionDefinition;
import io.github.dl4jsnn.internal.runtime.FusedSpikingAttention;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.NeuronConstant;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Spiking self-attention: positions attend to each other within a spike step, by products of spike
 * trains and without a softmax.
 *
 * <pre>
 *   a[t] = (Q[t] K[t]^T) V[t] * scale       of each head, over the L positions of step t
 *   y[t] = SN(a[t])                         neurons over the T steps of each position and feature
 * </pre>
 *
 * <p><b>Two axes.</b> The sequence holds T steps of each of L positions, entry {@code p = t L + l},
 * see {@link AbstractSpikeSequenceLayer}. Positions of different steps do not attend to each other;
 * steps of a position meet in its neurons alone.
 *
 * <p><b>Shapes.</b> {@code [N, T*L, 3D]} (NWC) or {@code [N, 3D, T*L]} (NCW) in: Q, K and V side by
 * side, D features each, as one affine layer of 3D outputs and its neurons put them out. {@code [N,
 * T*L, D]} or {@code [N, D, T*L]} out. Head h has features {@code h D/heads} to {@code (h+1)
 * D/heads - 1} of Q, K, V and output. L may vary.
 *
 * <p><b>Cost.</b> Without a softmax the product may be taken in either order. {@code Q (K^T V)}
 * costs {@code L d^2} a head of {@code d = D/heads} features, {@code (Q K^T) V} costs {@code L^2
 * d}; the cheaper one is taken. Of spikes, 0 and 1, all products are counts, which floats hold
 * exactly up to 2^24, so both orders give the same numbers.
 *
 * <p><b>Parameters.</b> None; constants of the neurons are not trained.
 *
 * <p><b>Masks.</b> An entry that the feature mask {@code [N, T*L]} marks with 0 is not attended to,
 * puts out 0, and leaves its neurons at rest.
 *
 * <p><b>Streams</b> and truncated BPTT are refused: the layer needs all positions of a step.
 *
 * <p><b>Errors.</b> T does not divide the entries, or 3 times {@code heads} the features; NaN or
 * infinity: an exception that names the layer.
 *
 * <p><b>See</b> {@link io.github.dl4jsnn.monitor.AttentionMap} for who attends to whom.
 *
 * <p><b>Source.</b> Z. Zhou, Y. Zhu, C. He, Y. Wang, S. Yan, Y. Tian, L. Yuan, "Spikformer: When
 * Spiking Neural Network Meets Transformer", ICLR 2023, Eq. 6-7; its affine map behind the neurons
 * is a layer of its own here.
 */
public final class SpikingAttention extends AbstractSpikeSequenceLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private int heads = 8;
  @JsonProperty private double scale = 0.125;
  @JsonProperty private Neuron neuron = defaultNeuron();

  private SpikingAttention() {}

  private SpikingAttention(Builder builder) {
    super(builder);
    this.heads = builder.heads;
    this.scale = builder.scale;
    this.neuron = builder.neuron;
  }

  private static Neuron defaultNeuron() {
    return LifParameters.builder().threshold(0.5).build();
  }

  /**
   * Number of heads.
   *
   * @return at least 1
   */
  public int getHeads() {
    return heads;
  }

  /**
   * Factor of the products.
   *
   * @return the scale
   */
  public double getScale() {
    return scale;
  }

  /**
   * The model of the neurons.
   *
   * @return model and constants
   */
  public Neuron getNeuron() {
    return neuron;
  }

  @Override
  protected long outputEntries(long entries) {
    positions(entries);
    return entries;
  }

  @Override
  protected long outputFeatures(long features) {
    return QkvFeatures.each(label(), features, heads);
  }

  @Override
  SDVariable define(SameDiff sd, SDVariable input, long[] shape, SDVariable mask) {
    return SpikingAttentionDefinition.define(sd, input, shape[1], shape[2], this, mask);
  }

  @Override
  protected SameDiffLayer fusedLayer(NeuralNetConfiguration conf, DataType type) {
    return new FusedSpikingAttention(conf, type);
  }

  @Override
  public boolean equals(Object o) {
    if (!super.equals(o)) {
      return false;
    }
    SpikingAttention l = (SpikingAttention) o;
    return heads == l.heads && Double.compare(scale, l.scale) == 0 && neuron.equals(l.neuron);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), heads, scale, neuron);
  }

  /** Builder of {@link SpikingAttention}. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractSpikeSequenceLayer.Builder<Builder> {
    private int heads = 8;
    private double scale = 0.125;
    private Neuron neuron = defaultNeuron();

    /** Eight heads, scale 0.125; {@link #timeSteps} must be set. */
    public Builder() {}

    /**
     * Sets the number of heads.
     *
     * @param heads at least 1, a divisor of D; default 8
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder heads(int heads) {
      this.heads = (int) BuilderChecks.size("SpikingAttention", "heads", heads);
      return this;
    }

    /**
     * Sets the factor of the products.
     *
     * @param scale above 0; default 0.125. Larger where few spikes meet, smaller where L is large
     * @return this builder
     * @throws IllegalArgumentException if it is not above 0 and finite
     */
    public Builder scale(double scale) {
      this.scale = BuilderChecks.positive("SpikingAttention", "scale", scale);
      return this;
    }

    /**
     * Sets the model of the neurons.
     *
     * @param neuron default {@link LifParameters} with threshold 0.5
     * @return this builder
     * @throws IllegalArgumentException if one of its constants is trained
     */
    public Builder neuron(Neuron neuron) {
      this.neuron = Objects.requireNonNull(neuron, "neuron");
      if (neuron.constants().stream().anyMatch(NeuronConstant::trained)) {
        throw new IllegalArgumentException(
            "SpikingAttention: expected a neuron without trained constants, got " + neuron);
      }
      return this;
    }

    @Override
    public SpikingAttention build() {
      return new SpikingAttention(this);
    }
  }
}
