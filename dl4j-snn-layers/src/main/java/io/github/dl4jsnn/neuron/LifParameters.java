package io.github.dl4jsnn.neuron;

import java.io.Serializable;
import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Constants of the leaky integrate-and-fire (LIF) neuron, and its equations for the whole library.
 *
 * <pre>
 *   HARD reset   u[t] = k * u[t-1] * (1 - o[t-1]) + vReset * o[t-1] + x[t]
 *   SOFT reset   u[t] = k * (u[t-1] - vTh * o[t-1]) + x[t]
 *   no reset     u[t] = k * u[t-1] + x[t]
 *   fire         o[t] = 1 where u[t] &gt;= vTh, else 0                         (u[0] = o[0] = 0)
 * </pre>
 *
 * <p>Backward through time, with {@code d[t] = dL/du[t] = dL/dx[t]}, {@code g[t] = dL/do[t]} from
 * above and the {@link Surrogate} derivative {@code s'}:
 *
 * <pre>
 *   d[t] = s'(u[t] - vTh) * (g[t] + c[t] * d[t+1]) + l[t] * d[t+1]
 *
 *            l[t]               c[t], EXACT           DETACHED     BPTA
 *   HARD     k * (1 - o[t])     vReset - k * u[t]     0            k * alpha
 *   SOFT     k                  -k * vTh              0            refused
 *   NONE     k                  0                     0            refused
 * </pre>
 *
 * <p><b>Units.</b> Potentials have no unit; {@code k} is the decay of one time step. {@code k = 1}
 * is the integrate-and-fire (IF) neuron; {@code k = 1 - 1/tau} for a membrane time constant of
 * {@code tau} steps.
 *
 * <p><b>Defaults.</b> {@code k = 0.5}, {@code vTh = 1}, {@code vReset = 0}, hard reset, detached
 * reset gradient, {@link RectangularSurrogate} of width 1; {@code alpha = 0.8} with BPTA.
 *
 * <p><b>Elsewhere.</b> With {@code vReset = 0}, hard and soft reset equal SpikingJelly's {@code
 * LIFNode} with {@code decay_input=False} (it, too, fires at {@code >=}); hard reset equals
 * snnTorch's {@code Leaky} with {@code reset_mechanism="zero"} (it fires at {@code >}).
 *
 * <p><b>Source.</b> M. Xu, Y. Wu, L. Deng, F. Liu, G. Li, J. Pei, "Exploiting Spiking Dynamics with
 * Spatial-temporal Feature Normalization in Graph Learning", 2021, Eq. 6-7.
 *
 * <p>Immutable and thread-safe.
 */
public final class LifParameters implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Smallest threshold. The kernels tell {@code u >= vTh} from {@code u < vTh} by a scaled
   * difference, which is exact as long as neighbouring floats around the threshold are not further
   * apart than this bound implies.
   */
  public static final double MIN_THRESHOLD = 1e-20;

  /** Strength of BPTA in its paper. */
  private static final double DEFAULT_BPTA_ALPHA = 0.8;

  @JsonProperty private final double decay;
  @JsonProperty private final double threshold;
  @JsonProperty private final double resetPotential;
  @JsonProperty private final Reset reset;
  @JsonProperty private final ResetGradient resetGradient;
  @JsonProperty private final double bptaAlpha;
  @JsonProperty private final Surrogate surrogate;
  @JsonProperty private final Firing firing;

  @JsonCreator
  private LifParameters(
      @JsonProperty("decay") double decay,
      @JsonProperty("threshold") double threshold,
      @JsonProperty("resetPotential") double resetPotential,
      @JsonProperty("reset") Reset reset,
      @JsonProperty("resetGradient") ResetGradient resetGradient,
      @JsonProperty("bptaAlpha") Double bptaAlpha,
      @JsonProperty("surrogate") Surrogate surrogate,
      @JsonProperty("firing") Firing firing) {
    this.decay = checkDecay(decay);
    this.threshold = checkThreshold(threshold);
    this.resetPotential = Checks.finite("reset potential", resetPotential);
    this.reset = Checks.notNull("reset", reset);
    this.resetGradient = Checks.notNull("reset gradient", resetGradient);
    // null in JSON that was written before this field was
    this.bptaAlpha =
        bptaAlpha == null ? DEFAULT_BPTA_ALPHA : Checks.positive("alpha of BPTA", bptaAlpha);
    this.surrogate = Checks.notNull("surrogate", surrogate);
    this.firing = Checks.notNull("firing", firing);
    if (reset != Reset.HARD && resetGradient == ResetGradient.BPTA) {
      throw new IllegalArgumentException(
          "Reset gradient BPTA has a meaning with hard reset only, reset is "
              + reset
              + "; use EXACT or DETACHED with it");
    }
    if (reset != Reset.HARD && resetPotential != 0) {
      throw new IllegalArgumentException(
          "A reset potential ("
              + resetPotential
              + ") has a meaning with hard reset only, reset is "
              + reset);
    }
  }

  private static double checkDecay(double decay) {
    if (!(decay > 0 && decay <= 1)) {
      throw new IllegalArgumentException("decay must be in (0, 1], was " + decay);
    }
    return decay;
  }

  private static double checkThreshold(double threshold) {
    if (!(threshold >= MIN_THRESHOLD) || Double.isInfinite(threshold)) {
      throw new IllegalArgumentException(
          "threshold must be finite and at least " + MIN_THRESHOLD + ", was " + threshold);
    }
    return threshold;
  }

  /**
   * The default neuron.
   *
   * @return parameters with all defaults
   */
  public static LifParameters defaults() {
    return builder().build();
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
        .decay(decay)
        .threshold(threshold)
        .resetPotential(resetPotential)
        .reset(reset)
        .bpta(bptaAlpha)
        .resetGradient(resetGradient)
        .surrogate(surrogate)
        .firing(firing);
  }

  /**
   * Decay of the membrane potential in one time step.
   *
   * @return {@code k} in (0, 1]
   */
  public double getDecay() {
    return decay;
  }

  /**
   * Firing threshold.
   *
   * @return {@code vTh}
   */
  public double getThreshold() {
    return threshold;
  }

  /**
   * Potential after a spike, with hard reset.
   *
   * @return {@code vReset}
   */
  public double getResetPotential() {
    return resetPotential;
  }

  /**
   * Kind of reset.
   *
   * @return the reset
   */
  public Reset getReset() {
    return reset;
  }

  /**
   * Gradient through the reset.
   *
   * @return exact, detached or BPTA
   */
  public ResetGradient getResetGradient() {
    return resetGradient;
  }

  /**
   * Strength of the error that {@link ResetGradient#BPTA} carries across a spike; without effect
   * with the other reset gradients.
   *
   * @return {@code alpha}
   */
  public double getBptaAlpha() {
    return bptaAlpha;
  }

  /**
   * Derivative of the spike.
   *
   * @return the surrogate
   */
  public Surrogate getSurrogate() {
    return surrogate;
  }

  /**
   * Spike or smooth stand-in.
   *
   * @return the firing mode
   */
  public Firing getFiring() {
    return firing;
  }

  @Override
  public boolean equals(Object o) {
    if (!(o instanceof LifParameters)) {
      return false;
    }
    LifParameters p = (LifParameters) o;
    return decay == p.decay
        && threshold == p.threshold
        && resetPotential == p.resetPotential
        && reset == p.reset
        && resetGradient == p.resetGradient
        && bptaAlpha == p.bptaAlpha
        && surrogate.equals(p.surrogate)
        && firing == p.firing;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        decay, threshold, resetPotential, reset, resetGradient, bptaAlpha, surrogate, firing);
  }

  @Override
  public String toString() {
    return "LIF(decay="
        + decay
        + ", threshold="
        + threshold
        + ", reset="
        + reset
        + "("
        + resetPotential
        + "), "
        + resetGradient
        + (resetGradient == ResetGradient.BPTA ? "(" + bptaAlpha + ")" : "")
        + " reset gradient, "
        + surrogate
        + ", "
        + firing
        + ")";
  }

  /** Builder of {@link LifParameters}; every value has a default. */
  public static final class Builder {
    private double decay = 0.5;
    private double threshold = 1.0;
    private double resetPotential;
    private Reset reset = Reset.HARD;
    private ResetGradient resetGradient = ResetGradient.DETACHED;
    private double bptaAlpha = DEFAULT_BPTA_ALPHA;
    private Surrogate surrogate = new RectangularSurrogate();
    private Firing firing = Firing.SPIKE;

    private Builder() {}

    /**
     * Sets the decay of one time step.
     *
     * @param decay {@code k} in (0, 1]; 1 is integrate-and-fire; default 0.5
     * @return this builder
     */
    public Builder decay(double decay) {
      this.decay = decay;
      return this;
    }

    /**
     * Sets the firing threshold.
     *
     * @param threshold {@code vTh}, at least {@link #MIN_THRESHOLD}; default 1
     * @return this builder
     */
    public Builder threshold(double threshold) {
      this.threshold = threshold;
      return this;
    }

    /**
     * Sets the potential after a spike; hard reset only.
     *
     * @param resetPotential {@code vReset}; default 0
     * @return this builder
     */
    public Builder resetPotential(double resetPotential) {
      this.resetPotential = resetPotential;
      return this;
    }

    /**
     * Sets the kind of reset.
     *
     * @param reset default {@link Reset#HARD}
     * @return this builder
     */
    public Builder reset(Reset reset) {
      this.reset = reset;
      return this;
    }

    /**
     * Sets how the error flows through the reset.
     *
     * @param resetGradient default {@link ResetGradient#DETACHED}
     * @return this builder
     */
    public Builder resetGradient(ResetGradient resetGradient) {
      this.resetGradient = resetGradient;
      return this;
    }

    /**
     * Sets the reset gradient to {@link ResetGradient#BPTA}, of this strength; hard reset only.
     *
     * @param alpha above 0; 0.8 in the paper and by default
     * @return this builder
     */
    public Builder bpta(double alpha) {
      this.resetGradient = ResetGradient.BPTA;
      this.bptaAlpha = alpha;
      return this;
    }

    /**
     * Sets the derivative of the spike.
     *
     * @param surrogate default {@link RectangularSurrogate} of width 1
     * @return this builder
     */
    public Builder surrogate(Surrogate surrogate) {
      this.surrogate = surrogate;
      return this;
    }

    /**
     * Sets what the neuron emits.
     *
     * @param firing default {@link Firing#SPIKE}; {@link Firing#SMOOTH} for gradient checks
     * @return this builder
     */
    public Builder firing(Firing firing) {
      this.firing = firing;
      return this;
    }

    /**
     * Builds the parameters.
     *
     * @return the immutable parameters
     * @throws IllegalArgumentException if a value is outside its range, or a reset potential or
     *     BPTA comes with another than a hard reset
     */
    public LifParameters build() {
      return new LifParameters(
          decay, threshold, resetPotential, reset, resetGradient, bptaAlpha, surrogate, firing);
    }
  }
}
