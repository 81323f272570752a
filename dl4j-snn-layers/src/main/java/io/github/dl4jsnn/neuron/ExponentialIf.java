package io.github.dl4jsnn.neuron;

import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;
import org.nd4j.shade.jackson.databind.annotation.JsonPOJOBuilder;

/**
 * Exponential integrate-and-fire (EIF) neuron: a leaky neuron whose spike sets in exponentially.
 *
 * <pre>
 *   u[t] = v[t-1] + (x[t] + vRest - v[t-1] + d * exp((v[t-1] - vRheobase) / d)) / tau
 * </pre>
 *
 * <p>Firing and reset are those of {@link SpikingNeuron}. It starts at {@code vReset}. Without a
 * hard reset the exponential may leave the range of its type: that ends in an exception.
 *
 * <p><b>Defaults.</b> {@code tau = 2} steps, sharpness {@code d = 1}, {@code vRest = 0}, {@code
 * vRheobase = 0.8}.
 *
 * <p><b>Source.</b> N. Fourcaud-Trocme, D. Hansel, C. van Vreeswijk, N. Brunel, "How Spike
 * Generation Mechanisms Determine the Neuronal Response to Fluctuating Inputs", 2003, with Euler
 * steps of length 1.
 *
 * <p>Immutable and thread-safe.
 */
@JsonDeserialize(builder = ExponentialIf.Builder.class)
public final class ExponentialIf extends SpikingNeuron {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double tau;
  @JsonProperty private final double sharpness;
  @JsonProperty private final double restPotential;
  @JsonProperty private final double rheobasePotential;

  private ExponentialIf(Builder b) {
    super(b);
    this.tau = Checks.positive("tau", b.tau);
    this.sharpness = Checks.positive("sharpness", b.sharpness);
    this.restPotential = Checks.finite("rest potential", b.restPotential);
    this.rheobasePotential = Checks.finite("rheobase potential", b.rheobasePotential);
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
        .tau(tau)
        .sharpness(sharpness)
        .restPotential(restPotential)
        .rheobasePotential(rheobasePotential);
  }

  /**
   * Membrane time constant.
   *
   * @return {@code tau} in time steps
   */
  public double getTau() {
    return tau;
  }

  /**
   * Sharpness of the onset.
   *
   * @return {@code d}
   */
  public double getSharpness() {
    return sharpness;
  }

  /**
   * Resting potential.
   *
   * @return {@code vRest}
   */
  public double getRestPotential() {
    return restPotential;
  }

  /**
   * Potential where the exponential sets in.
   *
   * @return {@code vRheobase}
   */
  public double getRheobasePotential() {
    return rheobasePotential;
  }

  @Override
  public List<NeuronConstant> constants() {
    return List.of(
        NeuronConstant.fixed("threshold", getThreshold()),
        NeuronConstant.fixed("tau", tau),
        NeuronConstant.fixed("sharpness", sharpness),
        NeuronConstant.fixed("restPotential", restPotential),
        NeuronConstant.fixed("rheobasePotential", rheobasePotential));
  }

  @Override
  public List<String> stateNames() {
    return List.of("potential");
  }

  /** Builder of {@link ExponentialIf}; every value has a default. */
  @JsonPOJOBuilder(withPrefix = "")
  public static final class Builder extends SpikingNeuron.Builder<Builder> {
    private double tau = 2;
    private double sharpness = 1;
    private double restPotential = 0;
    private double rheobasePotential = 0.8;

    private Builder() {}

    @Override
    protected Builder self() {
      return this;
    }

    /**
     * Sets the membrane time constant.
     *
     * @param tau {@code tau} in time steps, above 0; default 2
     * @return this builder
     */
    public Builder tau(double tau) {
      this.tau = tau;
      return this;
    }

    /**
     * Sets the sharpness of the onset.
     *
     * @param sharpness {@code d}, above 0; default 1
     * @return this builder
     */
    public Builder sharpness(double sharpness) {
      this.sharpness = sharpness;
      return this;
    }

    /**
     * Sets the resting potential.
     *
     * @param restPotential {@code vRest}; default 0
     * @return this builder
     */
    public Builder restPotential(double restPotential) {
      this.restPotential = restPotential;
      return this;
    }

    /**
     * Sets the potential where the exponential sets in.
     *
     * @param rheobasePotential {@code vRheobase}; default 0.8
     * @return this builder
     */
    public Builder rheobasePotential(double rheobasePotential) {
      this.rheobasePotential = rheobasePotential;
      return this;
    }

    /**
     * Builds the neuron.
     *
     * @return the immutable neuron
     * @throws IllegalArgumentException if a value is outside its range
     */
    public ExponentialIf build() {
      return new ExponentialIf(this);
    }
  }
}
