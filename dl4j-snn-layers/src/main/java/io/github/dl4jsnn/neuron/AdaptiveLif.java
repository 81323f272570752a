package io.github.dl4jsnn.neuron;

import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;
import org.nd4j.shade.jackson.databind.annotation.JsonPOJOBuilder;

/**
 * Leaky integrate-and-fire neuron with an adaptive threshold (ALIF): every spike raises the
 * threshold, which then falls back.
 *
 * <pre>
 *   u[t]     = k * v[t-1] + x[t]
 *   theta[t] = vTh + beta * a[t-1]
 *   o[t]     = 1 where u[t] &gt;= theta[t], else 0
 *   a[t]     = rho * a[t-1] + (1 - rho) * o[t]
 * </pre>
 *
 * <p>The reset is that of {@link SpikingNeuron}, with {@code theta[t]} for {@code vTh}. The
 * gradient of the adaptation by the spike is exact, whatever the reset gradient.
 *
 * <p><b>Defaults.</b> {@code k = 0.5}, {@code rho = 0.9}, {@code beta = 1}, nothing trained.
 * Trained decays are {@code sigmoid(w)}, a trained threshold {@code exp(w)}, beta any number.
 * {@link BpsaSurrogate} is refused: it needs one fixed threshold.
 *
 * <p><b>Source.</b> G. Bellec, D. Salaj, A. Subramoney, R. Legenstein, W. Maass, "Long short-term
 * memory and learning-to-learn in networks of spiking neurons", 2018, Eq. 1-2.
 *
 * <p>Immutable and thread-safe.
 */
@JsonDeserialize(builder = AdaptiveLif.Builder.class)
public final class AdaptiveLif extends SpikingNeuron {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double decay;
  @JsonProperty private final Sharing trainDecay;
  @JsonProperty private final double adaptationDecay;
  @JsonProperty private final Sharing trainAdaptationDecay;
  @JsonProperty private final double adaptationStrength;
  @JsonProperty private final Sharing trainAdaptationStrength;
  @JsonProperty private final Sharing trainThreshold;

  private AdaptiveLif(Builder b) {
    super(b);
    this.decay = Checks.decay("decay", b.decay);
    this.trainDecay = b.trainDecay;
    this.adaptationDecay = Checks.decay("adaptation decay", b.adaptationDecay);
    this.trainAdaptationDecay = b.trainAdaptationDecay;
    this.adaptationStrength = Checks.finite("adaptation strength", b.adaptationStrength);
    this.trainAdaptationStrength = b.trainAdaptationStrength;
    this.trainThreshold = b.trainThreshold;
    refuseBpsa("an adaptive threshold");
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
        .adaptationDecay(adaptationDecay)
        .trainAdaptationDecay(trainAdaptationDecay)
        .adaptationStrength(adaptationStrength)
        .trainAdaptationStrength(trainAdaptationStrength)
        .trainThreshold(trainThreshold);
  }

  @Override
  public List<NeuronConstant> constants() {
    return List.of(
        NeuronConstant.of(
            "threshold", getThreshold(), NeuronConstant.Range.POSITIVE, trainThreshold),
        NeuronConstant.of("decay", decay, NeuronConstant.Range.UNIT, trainDecay),
        NeuronConstant.of(
            "adaptationDecay", adaptationDecay, NeuronConstant.Range.UNIT, trainAdaptationDecay),
        NeuronConstant.of(
            "adaptationStrength",
            adaptationStrength,
            NeuronConstant.Range.ANY,
            trainAdaptationStrength));
  }

  @Override
  public List<String> stateNames() {
    return List.of("potential", "adaptation");
  }

  /** Builder of {@link AdaptiveLif}; every value has a default. */
  @JsonPOJOBuilder(withPrefix = "")
  public static final class Builder extends SpikingNeuron.Builder<Builder> {
    private double decay = 0.5;
    private Sharing trainDecay;
    private double adaptationDecay = 0.9;
    private Sharing trainAdaptationDecay;
    private double adaptationStrength = 1;
    private Sharing trainAdaptationStrength;
    private Sharing trainThreshold;

    private Builder() {}

    @Override
    protected Builder self() {
      return this;
    }

    /**
     * Sets the decay of the membrane potential.
     *
     * @param decay {@code k} in (0, 1]; default 0.5
     * @return this builder
     */
    public Builder decay(double decay) {
      this.decay = decay;
      return this;
    }

    /**
     * Sets whether the decay of the membrane potential is trained.
     *
     * @param sharing who shares it, or null for a fixed one, the default
     * @return this builder
     */
    public Builder trainDecay(Sharing sharing) {
      this.trainDecay = sharing;
      return this;
    }

    /**
     * Sets the decay of the adaptation.
     *
     * @param adaptationDecay {@code rho} in (0, 1]; default 0.9
     * @return this builder
     */
    public Builder adaptationDecay(double adaptationDecay) {
      this.adaptationDecay = adaptationDecay;
      return this;
    }

    /**
     * Sets whether the decay of the adaptation is trained.
     *
     * @param sharing who shares it, or null for a fixed one, the default
     * @return this builder
     */
    public Builder trainAdaptationDecay(Sharing sharing) {
      this.trainAdaptationDecay = sharing;
      return this;
    }

    /**
     * Sets the strength of the adaptation.
     *
     * @param adaptationStrength {@code beta}, any number; default 1
     * @return this builder
     */
    public Builder adaptationStrength(double adaptationStrength) {
      this.adaptationStrength = adaptationStrength;
      return this;
    }

    /**
     * Sets whether the strength of the adaptation is trained.
     *
     * @param sharing who shares it, or null for a fixed one, the default
     * @return this builder
     */
    public Builder trainAdaptationStrength(Sharing sharing) {
      this.trainAdaptationStrength = sharing;
      return this;
    }

    /**
     * Sets whether the threshold is trained.
     *
     * @param sharing who shares it, or null for a fixed threshold, the default
     * @return this builder
     */
    public Builder trainThreshold(Sharing sharing) {
      this.trainThreshold = sharing;
      return this;
    }

    /**
     * Builds the neuron.
     *
     * @return the immutable neuron
     * @throws IllegalArgumentException if a value is outside its range
     */
    public AdaptiveLif build() {
      return new AdaptiveLif(this);
    }
  }
}
