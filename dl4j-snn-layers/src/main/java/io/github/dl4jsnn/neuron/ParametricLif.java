package io.github.dl4jsnn.neuron;

import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;
import org.nd4j.shade.jackson.databind.annotation.JsonPOJOBuilder;

/**
 * Parametric leaky integrate-and-fire (PLIF) neuron: decay and threshold may be trained, one for
 * the layer or one a feature.
 *
 * <pre>
 *   u[t] = k * v[t-1] + x[t]                decayInput false
 *   u[t] = k * v[t-1] + (1 - k) * x[t]      decayInput true
 * </pre>
 *
 * <p>Firing and reset are those of {@link SpikingNeuron}. A trained decay is {@code k =
 * sigmoid(w)}, a trained threshold {@code vTh = exp(w)}. With a reset potential of 0 and nothing
 * trained it is the neuron of {@link LifParameters}, which runs faster; the reset potential here
 * leaks like any other potential.
 *
 * <p><b>Defaults.</b> {@code k = 0.5}, trained, one for the layer; a fixed threshold; input as it
 * is. The rest as in {@link SpikingNeuron}.
 *
 * <p><b>Source.</b> W. Fang et al., "Incorporating Learnable Membrane Time Constant to Enhance
 * Learning of Spiking Neural Networks", 2021, Eq. 6-8, where {@code 1/tau = sigmoid(w)}, so that
 * their w is minus ours.
 *
 * <p>Immutable and thread-safe.
 */
@JsonDeserialize(builder = ParametricLif.Builder.class)
public final class ParametricLif extends SpikingNeuron {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double decay;
  @JsonProperty private final Sharing trainDecay;
  @JsonProperty private final Sharing trainThreshold;
  @JsonProperty private final boolean decayInput;

  private ParametricLif(Builder b) {
    super(b);
    this.decay = Checks.decay("decay", b.decay);
    this.trainDecay = b.trainDecay;
    this.trainThreshold = b.trainThreshold;
    this.decayInput = b.decayInput;
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
   * The same neuron as a plain LIF, nothing trained.
   *
   * @param p constants of the plain neuron
   * @return the neuron with these constants
   * @throws IllegalArgumentException if the plain neuron has a reset potential, which does not leak
   *     there and would here
   */
  public static ParametricLif of(LifParameters p) {
    if (p.getResetPotential() != 0) {
      throw new IllegalArgumentException(
          "The reset potential of a plain LIF neuron does not leak, that of ParametricLif does;"
              + " expected 0, was "
              + p.getResetPotential());
    }
    return new Builder().copy(p).decay(p.getDecay()).trainDecay(null).build();
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
        .trainThreshold(trainThreshold)
        .decayInput(decayInput);
  }

  /**
   * Decay of the membrane potential in one time step.
   *
   * @return {@code k} at the start of training
   */
  public double getDecay() {
    return decay;
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
        NeuronConstant.of(
            "threshold", getThreshold(), NeuronConstant.Range.POSITIVE, trainThreshold),
        NeuronConstant.of("decay", decay, NeuronConstant.Range.UNIT, trainDecay));
  }

  @Override
  public List<String> stateNames() {
    return List.of("potential");
  }

  @Override
  public boolean equals(Object o) {
    return super.equals(o) && decayInput == ((ParametricLif) o).decayInput;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + Boolean.hashCode(decayInput);
  }

  /** Builder of {@link ParametricLif}; every value has a default. */
  @JsonPOJOBuilder(withPrefix = "")
  public static final class Builder extends SpikingNeuron.Builder<Builder> {
    private double decay = 0.5;
    private Sharing trainDecay = Sharing.LAYER;
    private Sharing trainThreshold;
    private boolean decayInput;

    private Builder() {}

    @Override
    protected Builder self() {
      return this;
    }

    /**
     * Sets the decay of one time step.
     *
     * @param decay {@code k} in (0, 1], below 1 if it is trained; default 0.5
     * @return this builder
     */
    public Builder decay(double decay) {
      this.decay = decay;
      return this;
    }

    /**
     * Sets whether the decay is trained.
     *
     * @param sharing who shares it, or null for a fixed decay; default {@link Sharing#LAYER}
     * @return this builder
     */
    public Builder trainDecay(Sharing sharing) {
      this.trainDecay = sharing;
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
     * Sets whether the input decays, too.
     *
     * @param decayInput true to scale it by {@code 1 - k}; default false
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
    public ParametricLif build() {
      return new ParametricLif(this);
    }
  }
}
