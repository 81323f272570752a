package io.github.dl4jsnn.neuron;

import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * What the neurons that fire have in common: threshold, reset and surrogate.
 *
 * <p>With {@code u[t]} the membrane potential after charging and {@code v[t]} after the reset,
 *
 * <pre>
 *   u[t] = charge(v[t-1], x[t])                       each neuron's own
 *   o[t] = 1 where u[t] &gt;= vTh, else 0
 *   HARD reset   v[t] = u[t] * (1 - o[t]) + vReset * o[t]
 *   SOFT reset   v[t] = u[t] - vTh * o[t]
 *   NONE         v[t] = u[t]
 * </pre>
 *
 * <p>Backward, with {@code dv[t] = dL/dv[t]}, {@code g[t] = dL/do[t]} and the {@link Surrogate}
 * derivative {@code s'}:
 *
 * <pre>
 *   du[t] = s'(u[t] - vTh) * (g[t] + c[t]) + l[t] * dv[t]
 *
 *            l[t]         c[t], EXACT                  DETACHED     BPTA
 *   HARD     1 - o[t]     (vReset - u[t]) * dv[t]      0            alpha * dv[t]
 *   SOFT     1            -vTh * dv[t]                 0            refused
 *   NONE     1            0                            0            refused
 * </pre>
 *
 * <p><b>Defaults.</b> {@code vTh = 1}, {@code vReset = 0}, hard reset, detached reset gradient,
 * {@link RectangularSurrogate} of width 1; {@code alpha = 0.8} with BPTA.
 *
 * <p>Immutable and thread-safe.
 */
public abstract class SpikingNeuron implements Neuron {
  private static final long serialVersionUID = 1L;

  /**
   * Smallest threshold. The kernels tell {@code u >= vTh} from {@code u < vTh} by a scaled
   * difference, which is exact as long as neighbouring floats around the threshold are not further
   * apart than this bound implies.
   */
  public static final double MIN_THRESHOLD = 1e-20;

  /** Strength of BPTA in its paper. */
  private static final double DEFAULT_BPTA_ALPHA = 0.8;

  @JsonProperty private final double threshold;
  @JsonProperty private final double resetPotential;
  @JsonProperty private final Reset reset;
  @JsonProperty private final ResetGradient resetGradient;
  @JsonProperty private final double bptaAlpha;
  @JsonProperty private final Surrogate surrogate;
  @JsonProperty private final Firing firing;

  /**
   * Takes over and checks what the builder holds.
   *
   * @param b builder
   * @throws IllegalArgumentException if a value is outside its range, or a reset potential or BPTA
   *     comes with another than a hard reset
   */
  protected SpikingNeuron(Builder<?> b) {
    this.threshold = checkThreshold(b.threshold);
    this.resetPotential = Checks.finite("reset potential", b.resetPotential);
    this.reset = Checks.notNull("reset", b.reset);
    this.resetGradient = Checks.notNull("reset gradient", b.resetGradient);
    this.bptaAlpha = Checks.positive("alpha of BPTA", b.bptaAlpha);
    this.surrogate = Checks.notNull("surrogate", b.surrogate);
    this.firing = Checks.notNull("firing", b.firing);
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

  private static double checkThreshold(double threshold) {
    if (!(threshold >= MIN_THRESHOLD) || Double.isInfinite(threshold)) {
      throw new IllegalArgumentException(
          "threshold must be finite and at least " + MIN_THRESHOLD + ", was " + threshold);
    }
    return threshold;
  }

  /**
   * Refuses {@link BpsaSurrogate}, whose derivative depends on the threshold itself, where the
   * threshold is not one fixed number.
   *
   * @param what makes the threshold vary
   * @throws IllegalArgumentException if the surrogate is BPSA
   */
  protected final void refuseBpsa(String what) {
    if (surrogate instanceof BpsaSurrogate) {
      throw new IllegalArgumentException(
          "BpsaSurrogate needs one fixed threshold and does not go with " + what);
    }
  }

  /**
   * Firing threshold.
   *
   * @return {@code vTh}; at the start of training where it is trained
   */
  public final double getThreshold() {
    return threshold;
  }

  /**
   * Potential after a spike, with hard reset.
   *
   * @return {@code vReset}
   */
  public final double getResetPotential() {
    return resetPotential;
  }

  /**
   * Kind of reset.
   *
   * @return the reset
   */
  public final Reset getReset() {
    return reset;
  }

  /**
   * Gradient through the reset.
   *
   * @return exact, detached or BPTA
   */
  public final ResetGradient getResetGradient() {
    return resetGradient;
  }

  /**
   * Strength of the error that {@link ResetGradient#BPTA} carries across a spike; without effect
   * with the other reset gradients.
   *
   * @return {@code alpha}
   */
  public final double getBptaAlpha() {
    return bptaAlpha;
  }

  /**
   * Derivative of the spike.
   *
   * @return the surrogate
   */
  public final Surrogate getSurrogate() {
    return surrogate;
  }

  /**
   * Spike or smooth stand-in.
   *
   * @return the firing mode
   */
  public final Firing getFiring() {
    return firing;
  }

  /** Two neurons are equal if class, threshold, reset, surrogate and constants are. */
  @Override
  public boolean equals(Object o) {
    if (o == null || o.getClass() != getClass()) {
      return false;
    }
    SpikingNeuron p = (SpikingNeuron) o;
    return constants().equals(p.constants())
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
        getClass().getName(),
        constants(),
        threshold,
        resetPotential,
        reset,
        resetGradient,
        bptaAlpha,
        surrogate,
        firing);
  }

  @Override
  public String toString() {
    return getClass().getSimpleName()
        + constants()
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
        + firing;
  }

  /**
   * What the builders share; every value has a default.
   *
   * @param <B> the builder
   */
  public abstract static class Builder<B extends Builder<B>> {
    private double threshold = 1.0;
    private double resetPotential;
    private Reset reset = Reset.HARD;
    private ResetGradient resetGradient = ResetGradient.DETACHED;
    private double bptaAlpha = DEFAULT_BPTA_ALPHA;
    private Surrogate surrogate = new RectangularSurrogate();
    private Firing firing = Firing.SPIKE;

    /** All defaults. */
    protected Builder() {}

    /**
     * This builder.
     *
     * @return this
     */
    protected abstract B self();

    /**
     * Takes over what all spiking neurons have.
     *
     * @param p other neuron
     * @return this builder
     */
    protected final B copy(SpikingNeuron p) {
      threshold = p.threshold;
      resetPotential = p.resetPotential;
      reset = p.reset;
      resetGradient = p.resetGradient;
      bptaAlpha = p.bptaAlpha;
      surrogate = p.surrogate;
      firing = p.firing;
      return self();
    }

    /**
     * Sets the firing threshold.
     *
     * @param threshold {@code vTh}, at least {@link #MIN_THRESHOLD}; default 1
     * @return this builder
     */
    public B threshold(double threshold) {
      this.threshold = threshold;
      return self();
    }

    /**
     * Sets the potential after a spike; hard reset only.
     *
     * @param resetPotential {@code vReset}; default 0
     * @return this builder
     */
    public B resetPotential(double resetPotential) {
      this.resetPotential = resetPotential;
      return self();
    }

    /**
     * Sets the kind of reset.
     *
     * @param reset default {@link Reset#HARD}
     * @return this builder
     */
    public B reset(Reset reset) {
      this.reset = reset;
      return self();
    }

    /**
     * Sets how the error flows through the reset.
     *
     * @param resetGradient default {@link ResetGradient#DETACHED}
     * @return this builder
     */
    public B resetGradient(ResetGradient resetGradient) {
      this.resetGradient = resetGradient;
      return self();
    }

    /**
     * Sets the reset gradient to {@link ResetGradient#BPTA}, of this strength; hard reset only.
     *
     * @param alpha above 0; 0.8 in the paper and by default
     * @return this builder
     */
    public B bpta(double alpha) {
      this.resetGradient = ResetGradient.BPTA;
      this.bptaAlpha = alpha;
      return self();
    }

    @JsonProperty("bptaAlpha")
    private void bptaAlpha(double alpha) {
      this.bptaAlpha = alpha;
    }

    /**
     * Sets the derivative of the spike.
     *
     * @param surrogate default {@link RectangularSurrogate} of width 1
     * @return this builder
     */
    public B surrogate(Surrogate surrogate) {
      this.surrogate = surrogate;
      return self();
    }

    /**
     * Sets what the neuron emits.
     *
     * @param firing default {@link Firing#SPIKE}; {@link Firing#SMOOTH} for gradient checks
     * @return this builder
     */
    public B firing(Firing firing) {
      this.firing = firing;
      return self();
    }
  }
}
