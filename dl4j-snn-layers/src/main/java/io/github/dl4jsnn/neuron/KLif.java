package io.github.dl4jsnn.neuron;

import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;
import org.nd4j.shade.jackson.databind.annotation.JsonPOJOBuilder;

/**
 * KLIF neuron: the charged potential of a LIF neuron is scaled by a trained factor and cut off at 0
 * before it fires.
 *
 * <pre>
 *   c[t] = k * v[t-1] + x[t]                decayInput false
 *   c[t] = k * v[t-1] + (1 - k) * x[t]      decayInput true
 *   u[t] = max(0, s * c[t])
 * </pre>
 *
 * <p>Firing and reset are those of {@link SpikingNeuron}.
 *
 * <p><b>Defaults.</b> {@code k = 0.5}, fixed; {@code s = 1}, trained as {@code s = exp(w)}, one for
 * the layer. A trained decay is {@code k = sigmoid(w)}.
 *
 * <p><b>Source.</b> C. Jiang, Y. Zhang, "KLIF: An Optimized Spiking Neuron Unit for Tuning
 * Surrogate Gradient Function", 2023, without its option to scale the reset back.
 *
 * <p>Immutable and thread-safe.
 */
@JsonDeserialize(builder = KLif.Builder.class)
public final class KLif extends SpikingNeuron {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double decay;
  @JsonProperty private final Sharing trainDecay;
  @JsonProperty private final double scale;
  @JsonProperty private final Sharing trainScale;
  @JsonProperty private final boolean decayInput;

  private KLif(Builder b) {
    super(b);
    this.decay = Checks.decay("decay", b.decay);
    this.trainDecay = b.trainDecay;
    this.scale = Checks.positive("scale", b.scale);
    this.trainScale = b.trainScale;
    this.decayInput = b.decayInput;
    constants();
  }

  /**
   * Starts from the defaults.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A builder that starts from these values.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return new Builder()
        .copy(this)
        .decay(decay)
        .trainDecay(trainDecay)
        .scale(scale)
        .trainScale(trainScale)
        .decayInput(decayInput);
  }

  /**
   * Decay of the membrane potential in one time step.
   *
   * @return {@code k}
   */
  public double getDecay() {
    return decay;
  }

  /**
   * Factor of the charged potential.
   *
   * @return {@code s}
   */
  public double getScale() {
    return scale;
  }

  /**
   * Whether the input is scaled by {@code 1 - k}.
   *
   * @return true if so
   */
  public boolean isDecayInput() {
    return decayInput;
  }

  @Override
  public List<NeuronConstant> constants() {
    return List.of(
        NeuronConstant.fixed("threshold", getThreshold()),
        NeuronConstant.of("decay", decay, NeuronConstant.Range.UNIT, trainDecay),
        NeuronConstant.of("scale", scale, NeuronConstant.Range.POSITIVE, trainScale));
  }

  @Override
  public List<String> stateNames() {
    return List.of("potential");
  }

  @Override
  public boolean equals(Object o) {
    return super.equals(o) && decayInput == ((KLif) o).decayInput;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + Boolean.hashCode(decayInput);
  }

  /** Builder of {@link KLif}; every value has a default. */
  @JsonPOJOBuilder(withPrefix = "")
  public static final class Builder extends SpikingNeuron.Builder<Builder> {
    private double decay = 0.5;
    private Sharing trainDecay;
    private double scale = 1;
    private Sharing trainScale = Sharing.LAYER;
    private boolean decayInput;

    private Builder() {}

    @Override
    protected Builder self() {
      return this;
    }

    /**
     * Sets the decay of the membrane potential in one time step.
     *
     * @param decay {@code k} in (0, 1]; default 0.5
     * @return this builder
     */
    public Builder decay(double decay) {
      this.decay = decay;
      return this;
    }

    /**
     * Sets who shares the decay, if training is wanted.
     *
     * @param trainDecay who, or null for fixed values; default null
     * @return this builder
     */
    public Builder trainDecay(Sharing trainDecay) {
      this.trainDecay = trainDecay;
      return this;
    }

    /**
     * Sets the factor of the charged potential.
     *
     * @param scale {@code s}, above 0; default 1
     * @return this builder
     */
    public Builder scale(double scale) {
      this.scale = scale;
      return this;
    }

    /**
     * Sets who shares the factor, if training is wanted.
     *
     * @param trainScale who, or null for fixed values; default {@link Sharing#LAYER}
     * @return this builder
     */
    public Builder trainScale(Sharing trainScale) {
      this.trainScale = trainScale;
      return this;
    }

    /**
     * Sets whether the input is scaled by {@code 1 - k}.
     *
     * @param decayInput default false
     * @return this builder
     */
    public Builder decayInput(boolean decayInput) {
      this.decayInput = decayInput;
      return this;
    }

    /**
     * Builds the neuron.
     *
     * @return the immutable neuron
     * @throws IllegalArgumentException if a value is outside its range
     */
    public KLif build() {
      return new KLif(this);
    }
  }
}
