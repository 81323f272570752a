package io.github.dl4jsnn.neuron;

import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;
import org.nd4j.shade.jackson.databind.annotation.JsonPOJOBuilder;

/**
 * Izhikevich neuron: a quadratic neuron with a recovery variable.
 *
 * <pre>
 *   u[t] = v[t-1] + (x[t] + a0 * (v[t-1] - vRest) * (v[t-1] - vCritical) - w[t-1]) / tau
 *   w[t] = w[t-1] + (a * (u[t] - vRest) - w[t-1]) / tauW + b * o[t]
 * </pre>
 *
 * <p>Firing and reset are those of {@link SpikingNeuron}. It starts at {@code vReset} and {@code w
 * = 0}. The gradient of the recovery by the spike is exact, whatever the reset gradient.
 *
 * <p><b>Defaults.</b> {@code tau = 2} steps, {@code a0 = 1}, {@code vRest = -0.1}, {@code vCritical
 * = 0.8}, {@code tauW = 2} steps, {@code a = 0}, {@code b = 0}.
 *
 * <p><b>Source.</b> E. Izhikevich, "Simple Model of Spiking Neurons", 2003, Eq. 1-3, in units of
 * the threshold and with Euler steps of length 1.
 *
 * <p>Immutable and thread-safe.
 */
@JsonDeserialize(builder = Izhikevich.Builder.class)
public final class Izhikevich extends SpikingNeuron {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double tau;
  @JsonProperty private final double curvature;
  @JsonProperty private final double restPotential;
  @JsonProperty private final double criticalPotential;
  @JsonProperty private final double recoveryTau;
  @JsonProperty private final double recoverySensitivity;
  @JsonProperty private final double recoveryJump;

  private Izhikevich(Builder b) {
    super(b);
    this.tau = Checks.positive("tau", b.tau);
    this.curvature = Checks.positive("curvature", b.curvature);
    this.restPotential = Checks.finite("rest potential", b.restPotential);
    this.criticalPotential = Checks.finite("critical potential", b.criticalPotential);
    this.recoveryTau = Checks.positive("time constant of the recovery", b.recoveryTau);
    this.recoverySensitivity = Checks.finite("sensitivity of the recovery", b.recoverySensitivity);
    this.recoveryJump = Checks.finite("jump of the recovery", b.recoveryJump);
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
        .criticalPotential(criticalPotential)
        .recoveryTau(recoveryTau)
        .recoverySensitivity(recoverySensitivity)
        .recoveryJump(recoveryJump);
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

  /**
   * Time constant of the recovery.
   *
   * @return {@code tauW} in time steps
   */
  public double getRecoveryTau() {
    return recoveryTau;
  }

  /**
   * Sensitivity of the recovery to the potential.
   *
   * @return {@code a}
   */
  public double getRecoverySensitivity() {
    return recoverySensitivity;
  }

  /**
   * Jump of the recovery at a spike.
   *
   * @return {@code b}
   */
  public double getRecoveryJump() {
    return recoveryJump;
  }

  @Override
  public List<NeuronConstant> constants() {
    return List.of(
        NeuronConstant.fixed("threshold", getThreshold()),
        NeuronConstant.fixed("tau", tau),
        NeuronConstant.fixed("curvature", curvature),
        NeuronConstant.fixed("restPotential", restPotential),
        NeuronConstant.fixed("criticalPotential", criticalPotential),
        NeuronConstant.fixed("recoveryTau", recoveryTau),
        NeuronConstant.fixed("recoverySensitivity", recoverySensitivity),
        NeuronConstant.fixed("recoveryJump", recoveryJump));
  }

  @Override
  public List<String> stateNames() {
    return List.of("potential", "recovery");
  }

  /** Builder of {@link Izhikevich}; every value has a default. */
  @JsonPOJOBuilder(withPrefix = "")
  public static final class Builder extends SpikingNeuron.Builder<Builder> {
    private double tau = 2;
    private double curvature = 1;
    private double restPotential = -0.1;
    private double criticalPotential = 0.8;
    private double recoveryTau = 2;
    private double recoverySensitivity = 0;
    private double recoveryJump = 0;

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
     * @param restPotential {@code vRest}; default -0.1
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
     * Sets the time constant of the recovery.
     *
     * @param recoveryTau {@code tauW} in time steps, above 0; default 2
     * @return this builder
     */
    public Builder recoveryTau(double recoveryTau) {
      this.recoveryTau = recoveryTau;
      return this;
    }

    /**
     * Sets the sensitivity of the recovery to the potential.
     *
     * @param recoverySensitivity {@code a}; default 0
     * @return this builder
     */
    public Builder recoverySensitivity(double recoverySensitivity) {
      this.recoverySensitivity = recoverySensitivity;
      return this;
    }

    /**
     * Sets the jump of the recovery at a spike.
     *
     * @param recoveryJump {@code b}; default 0
     * @return this builder
     */
    public Builder recoveryJump(double recoveryJump) {
      this.recoveryJump = recoveryJump;
      return this;
    }

    /**
     * Builds the neuron.
     *
     * @return the immutable neuron
     * @throws IllegalArgumentException if a value is outside its range
     */
    public Izhikevich build() {
      return new Izhikevich(this);
    }
  }
}
