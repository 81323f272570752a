package io.github.dl4jsnn.neuron;

import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;
import org.nd4j.shade.jackson.databind.annotation.JsonPOJOBuilder;

/**
 * Leaky integrate-and-fire neuron with a synaptic current (second order): a spike that comes in
 * charges the membrane over several steps.
 *
 * <pre>
 *   i[t] = alpha * i[t-1] + x[t]
 *   u[t] = k * v[t-1] + i[t]
 * </pre>
 *
 * <p>Firing and reset are those of {@link SpikingNeuron}; a spike leaves the current as it is.
 *
 * <p><b>Defaults.</b> {@code k = 0.5}, {@code alpha = 0.5}, nothing trained. Trained decays are
 * {@code sigmoid(w)}, a trained threshold {@code exp(w)}.
 *
 * <p><b>Source.</b> F. Zenke, S. Ganguli, "SuperSpike: Supervised Learning in Multilayer Spiking
 * Neural Networks", 2018, discretised as is usual with one exponential decay a step.
 *
 * <p>Immutable and thread-safe.
 */
@JsonDeserialize(builder = SynapticLif.Builder.class)
public final class SynapticLif extends SpikingNeuron {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double decay;
  @JsonProperty private final Sharing trainDecay;
  @JsonProperty private final double currentDecay;
  @JsonProperty private final Sharing trainCurrentDecay;
  @JsonProperty private final Sharing trainThreshold;

  private SynapticLif(Builder b) {
    super(b);
    this.decay = Checks.decay("decay", b.decay);
    this.trainDecay = b.trainDecay;
    this.currentDecay = Checks.decay("current decay", b.currentDecay);
    this.trainCurrentDecay = b.trainCurrentDecay;
    this.trainThreshold = b.trainThreshold;
    if (trainThreshold != null) {
      refuseBpsa("a trained threshold");
    }
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
        .currentDecay(currentDecay)
        .trainCurrentDecay(trainCurrentDecay)
        .trainThreshold(trainThreshold);
  }

  @Override
  public List<NeuronConstant> constants() {
    return List.of(
        NeuronConstant.of(
            "threshold", getThreshold(), NeuronConstant.Range.POSITIVE, trainThreshold),
        NeuronConstant.of("decay", decay, NeuronConstant.Range.UNIT, trainDecay),
        NeuronConstant.of(
            "currentDecay", currentDecay, NeuronConstant.Range.UNIT, trainCurrentDecay));
  }

  @Override
  public List<String> stateNames() {
    return List.of("potential", "current");
  }

  /** Builder of {@link SynapticLif}; every value has a default. */
  @JsonPOJOBuilder(withPrefix = "")
  public static final class Builder extends SpikingNeuron.Builder<Builder> {
    private double decay = 0.5;
    private Sharing trainDecay;
    private double currentDecay = 0.5;
    private Sharing trainCurrentDecay;
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
     * Sets the decay of the synaptic current.
     *
     * @param currentDecay {@code alpha} in (0, 1]; default 0.5
     * @return this builder
     */
    public Builder currentDecay(double currentDecay) {
      this.currentDecay = currentDecay;
      return this;
    }

    /**
     * Sets whether the decay of the synaptic current is trained.
     *
     * @param sharing who shares it, or null for a fixed one, the default
     * @return this builder
     */
    public Builder trainCurrentDecay(Sharing sharing) {
      this.trainCurrentDecay = sharing;
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
    public SynapticLif build() {
      return new SynapticLif(this);
    }
  }
}
