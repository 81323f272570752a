package io.github.dl4jsnn.neuron;

import java.io.Serializable;
import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Constants of the spatial-temporal feature normalisation (STFN), and its equation for the whole
 * library.
 *
 * <p>For example (or node) i, over its T steps and F features, with {@code mu[i]} the mean and
 * {@code var[i]} the biased variance of {@code x[i]}:
 *
 * <pre>
 *   y[i,t,f] = lambda[f] * rho * vTh * (x[i,t,f] - mu[i]) / sqrt(var[i] + eps) + gamma[f]
 * </pre>
 *
 * <p>At {@code lambda = 1, gamma = 0} the input of the neurons of each example has mean 0 and
 * standard deviation {@code rho * vTh}. Nothing is shared between examples, so training and
 * inference are the same function and any batch size works. STFN needs all T steps: a network that
 * holds it cannot run step by step.
 *
 * <p><b>Parameters.</b> {@code lambda} and {@code gamma} are trained, {@code [F]} each, or one
 * number each with {@link Affine#SCALAR} (a scalar lambda is a trained rho), or constants with
 * {@link Affine#FIXED}.
 *
 * <p><b>Defaults.</b> {@code rho = 1}, lambda starts at 1, gamma at 0, {@code eps = 1e-5}, one
 * lambda and gamma a feature. A lower rho, lambda or gamma lowers the firing rate.
 *
 * <p><b>Source.</b> M. Xu, Y. Wu, L. Deng, F. Liu, G. Li, J. Pei, "Exploiting Spiking Dynamics with
 * Spatial-temporal Feature Normalization in Graph Learning", 2021, Eq. 9-10.
 *
 * <p>Immutable and thread-safe.
 */
public final class StfnParameters implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Shape of lambda and gamma. */
  public enum Affine {
    /** One lambda and one gamma a feature, trained. */
    PER_FEATURE,
    /** One lambda and one gamma for all features, trained. */
    SCALAR,
    /** Lambda and gamma stay at their initial values. */
    FIXED
  }

  @JsonProperty private final double rho;
  @JsonProperty private final double initialLambda;
  @JsonProperty private final double initialGamma;
  @JsonProperty private final double eps;
  @JsonProperty private final Affine affine;

  @JsonCreator
  private StfnParameters(
      @JsonProperty("rho") double rho,
      @JsonProperty("initialLambda") double initialLambda,
      @JsonProperty("initialGamma") double initialGamma,
      @JsonProperty("eps") double eps,
      @JsonProperty("affine") Affine affine) {
    this.rho = Checks.positive("rho of STFN", rho);
    this.initialLambda = Checks.finite("initial lambda of STFN", initialLambda);
    this.initialGamma = Checks.finite("initial gamma of STFN", initialGamma);
    this.eps = Checks.positive("eps of STFN", eps);
    this.affine = Checks.notNull("affine of STFN", affine);
  }

  /**
   * All defaults.
   *
   * @return the default parameters
   */
  public static StfnParameters defaults() {
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
   * Fixed scale.
   *
   * @return rho
   */
  public double getRho() {
    return rho;
  }

  /**
   * Value at which lambda starts.
   *
   * @return initial lambda
   */
  public double getInitialLambda() {
    return initialLambda;
  }

  /**
   * Value at which gamma starts.
   *
   * @return initial gamma
   */
  public double getInitialGamma() {
    return initialGamma;
  }

  /**
   * Added to the variance.
   *
   * @return eps
   */
  public double getEps() {
    return eps;
  }

  /**
   * Shape of lambda and gamma.
   *
   * @return the shape
   */
  public Affine getAffine() {
    return affine;
  }

  @Override
  public boolean equals(Object o) {
    if (!(o instanceof StfnParameters)) {
      return false;
    }
    StfnParameters p = (StfnParameters) o;
    return rho == p.rho
        && initialLambda == p.initialLambda
        && initialGamma == p.initialGamma
        && eps == p.eps
        && affine == p.affine;
  }

  @Override
  public int hashCode() {
    return Objects.hash(rho, initialLambda, initialGamma, eps, affine);
  }

  @Override
  public String toString() {
    return "STFN(rho="
        + rho
        + ", lambda="
        + initialLambda
        + ", gamma="
        + initialGamma
        + ", eps="
        + eps
        + ", "
        + affine
        + ")";
  }

  /** Builder of {@link StfnParameters}; every value has a default. */
  public static final class Builder {
    private double rho = 1;
    private double initialLambda = 1;
    private double initialGamma;
    private double eps = 1e-5;
    private Affine affine = Affine.PER_FEATURE;

    private Builder() {}

    /**
     * Sets the fixed scale.
     *
     * @param rho above 0; default 1
     * @return this builder
     */
    public Builder rho(double rho) {
      this.rho = rho;
      return this;
    }

    /**
     * Sets where lambda starts.
     *
     * @param lambda default 1
     * @return this builder
     */
    public Builder initialLambda(double lambda) {
      this.initialLambda = lambda;
      return this;
    }

    /**
     * Sets where gamma starts.
     *
     * @param gamma default 0; below 0 lowers the firing rate
     * @return this builder
     */
    public Builder initialGamma(double gamma) {
      this.initialGamma = gamma;
      return this;
    }

    /**
     * Sets what is added to the variance.
     *
     * @param eps above 0; default 1e-5
     * @return this builder
     */
    public Builder eps(double eps) {
      this.eps = eps;
      return this;
    }

    /**
     * Sets the shape of lambda and gamma.
     *
     * @param affine default {@link Affine#PER_FEATURE}
     * @return this builder
     */
    public Builder affine(Affine affine) {
      this.affine = affine;
      return this;
    }

    /**
     * Builds the parameters.
     *
     * @return the immutable parameters
     * @throws IllegalArgumentException if a value is outside its range
     */
    public StfnParameters build() {
      return new StfnParameters(rho, initialLambda, initialGamma, eps, affine);
    }
  }
}
