package io.github.dl4jsnn.neuron;

import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;
import org.nd4j.shade.jackson.databind.annotation.JsonPOJOBuilder;

/**
 * Quadratic integrate-and-fire (QIF) neuron: below a critical potential it falls back to rest,
 * above it runs off to a spike by itself.
 *
 * <pre>
 *   u[t] = v[t-1] + (x[t] + a0 * (v[t-1] - vRest) * (v[t-1] - vCritical)) / tau
 * </pre>
 *
 * <p>Firing and reset are those of {@link SpikingNeuron}. It starts at {@code vReset}.
 *
 * <p><b>Defaults.</b> {@code tau = 2} steps, {@code a0 = 1}, {@code vRest = 0}, {@code vCritical =
 * 0.8}.
 *
 * <p><b>Source.</b> W. Gerstner, W. Kistler, R. Naud, L. Paninski, "Neuronal Dynamics", 2014,
 * section 5.3, with Euler steps of length 1.
 *
 * <p>Immutable and thread-safe.
 */
@JsonDeserialize(builder = QuadraticIf.Builder.class)
public final class QuadraticIf extends SpikingNeuron {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double tau;
  @JsonProperty private final double curvature;
  @JsonProperty private final double restPotential;
  @JsonProperty private final double criticalPotential;

  private QuadraticIf(Builder b) {
    super(b);
    this.tau = Checks.positive("tau", b.tau);
    this.curvature = Checks.positive("curvature", b.curvature);
    this.restPotential = Checks.finite("rest potential", b.restPotential);
    this.criticalPotential = Checks.finite("critical potential", b.criticalPotential);
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
        .curvature(curvature)
        .restPotential(restPotential)
        .criticalPotential(criticalPotential);
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
   * Curvature of the parabola.
   *
   * @return {@code a0}
   */
  public double getCurvature() {
    return curvature;
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
   * Potential from which the neuron runs off.
   *
   * @return {@code vCritical}
   */
  public double getCriticalPotential() {
    return criticalPotential;
  }

  @Override
  public List<NeuronConstant> constants() {
    return List.of(
        NeuronConstant.fixed("threshold", getThreshold()),
        NeuronConstant.fixed("tau", tau),
        NeuronConstant.fixed("curvature", curvature),
        NeuronConstant.fixed("restPotential", restPotential),
        NeuronConstant.fixed("criticalPotential", criticalPotential));
  }

  @Override
  public List<String> stateNames() {
    return List.of("potential");
  }

  /** Builder of {@link QuadraticIf}; every value has a default. */
  @JsonPOJOBuilder(withPrefix = "")
  public static final class Builder extends SpikingNeuron.Builder<Builder> {
    private double tau = 2;
    private double curvature = 1;
    private double restPotential = 0;
    private double criticalPotential = 0.8;

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
     * Sets the curvature of the parabola.
     *
     * @param curvature {@code a0}, above 0; default 1
     * @return this builder
     */
    public Builder curvature(double curvature) {
      this.curvature = curvature;
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
     * Sets the potential from which the neuron runs off.
     *
     * @param criticalPotential {@code vCritical}; default 0.8
     * @return this builder
     */
    public Builder criticalPotential(double criticalPotential) {
      this.criticalPotential = criticalPotential;
      return this;
    }

    /**
     * Builds the neuron.
     *
     * @return the immutable neuron
     * @throws IllegalArgumentException if a value is outside its range
     */
    public QuadraticIf build() {
      return new QuadraticIf(this);
    }
  }
}
