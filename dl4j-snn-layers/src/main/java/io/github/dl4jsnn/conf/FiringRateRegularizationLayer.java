package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.op.FiringRateOp;
import io.github.dl4jsnn.internal.runtime.FiringRateRegularization;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Keeps the firing rates of the spiking layer before it within bounds, so that dead and saturated
 * neurons are cured. It hands the spikes on as they are, and adds to the score of the network
 *
 * <pre>
 *   lambda * mean over f of (max(0, r[f] - upper)^2 + max(0, lower - r[f])^2)
 * </pre>
 *
 * and the gradient of this to that of the spikes. {@code r[f]} is the mean of feature f over the
 * present steps of all examples of the batch. The term is not divided by the number of examples, as
 * DL4J does not divide weight decay; its gradient weighs as much as that of L2 does.
 *
 * <p><b>Gradient.</b> It reaches the weights through the surrogate of the neurons before. A neuron
 * whose potential stays outside the window of a surrogate such as the rectangular one cannot be
 * woken: choose one with long tails ({@code ArctanSurrogate}, {@code SuperSpikeSurrogate}) or a
 * wider window.
 *
 * <p><b>Score.</b> {@code calcRegularizationScore} holds the term of the last forward pass, while
 * training and at inference.
 *
 * <p><b>Shapes.</b> A sequence {@code [N, T, F]} (NWC) or {@code [N, F, T]} (NCW) in, the same out;
 * T may vary. <b>Masks.</b> Steps that a feature mask {@code [N, T]} marks with 0 do not count.
 * <b>Parameters.</b> None. <b>Errors.</b> Wrong rank, NaN or infinity: an exception that names the
 * layer.
 *
 * <p><b>Use</b> it right behind a {@link LifLayer} whose {@code FiringRateListener} shows silent or
 * saturated neurons. <b>Do not use</b> it behind anything whose mean is no rate, such as currents.
 *
 * <p><b>Source.</b> Squared hinges below and above, as in F. Zenke, T. P. Vogels, "The Remarkable
 * Robustness of Surrogate Gradient Learning for Instilling Complex Function in Spiking Neural
 * Networks", Neural Computation 33, 2021; there the upper bound is on the population, here both are
 * on each neuron, and the rate is the mean over the batch.
 */
public final class FiringRateRegularizationLayer extends AbstractPassThroughLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private double lower = 0.01;
  @JsonProperty private double upper = 0.5;
  @JsonProperty private double coefficient = 1;

  private FiringRateRegularizationLayer() {}

  private FiringRateRegularizationLayer(Builder builder) {
    super(builder);
    this.lower = builder.lower;
    this.upper = builder.upper;
    this.coefficient = builder.coefficient;
  }

  /**
   * Rate below which a neuron is penalised.
   *
   * @return lower bound
   */
  public double getLower() {
    return lower;
  }

  /**
   * Rate above which a neuron is penalised.
   *
   * @return upper bound
   */
  public double getUpper() {
    return upper;
  }

  /**
   * Weight of the penalty.
   *
   * @return lambda
   */
  public double getCoefficient() {
    return coefficient;
  }

  /**
   * Penalty of one neuron, before the mean over neurons.
   *
   * @param rate its firing rate
   * @return lambda times the squared distance from the bounds
   */
  public double penalty(double rate) {
    double outside = outside(rate);
    return coefficient * outside * outside;
  }

  /**
   * Derivative of {@link #penalty}.
   *
   * @param rate firing rate of a neuron
   * @return negative below the bounds, positive above, 0 between
   */
  public double slope(double rate) {
    return 2 * coefficient * outside(rate);
  }

  /** Signed distance from the bounds. */
  private double outside(double rate) {
    return Math.max(0, rate - upper) - Math.max(0, lower - rate);
  }

  @Override
  protected SameDiffLayer fusedLayer(NeuralNetConfiguration conf, DataType type) {
    return new FiringRateRegularization(conf, type, FiringRateOp.create(type));
  }

  @Override
  protected SameDiffLayer definedLayer(NeuralNetConfiguration conf, DataType type) {
    return new FiringRateRegularization(conf, type, FiringRateOp.ofArrays());
  }

  @Override
  public boolean equals(Object o) {
    if (!super.equals(o)) {
      return false;
    }
    FiringRateRegularizationLayer l = (FiringRateRegularizationLayer) o;
    return lower == l.lower && upper == l.upper && coefficient == l.coefficient;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), lower, upper, coefficient);
  }

  /** Builder of {@link FiringRateRegularizationLayer}. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractSnnLayer.Builder<Builder> {
    private double lower = 0.01;
    private double upper = 0.5;
    private double coefficient = 1;

    /** Rates from 0.01 to 0.5, lambda 1. */
    public Builder() {}

    /**
     * Sets the rate below which a neuron is penalised.
     *
     * @param lower spikes a step, at least 0; default 0.01; 0 penalises no silence
     * @return this builder
     */
    public Builder lower(double lower) {
      this.lower = lower;
      return this;
    }

    /**
     * Sets the rate above which a neuron is penalised.
     *
     * @param upper spikes a step, at least the lower bound; default 0.5
     * @return this builder
     */
    public Builder upper(double upper) {
      this.upper = upper;
      return this;
    }

    /**
     * Sets the weight of the penalty.
     *
     * @param coefficient lambda, at least 0; default 1; raise it if rates stay outside the bounds
     * @return this builder
     * @throws IllegalArgumentException if it is below 0 or infinite
     */
    public Builder coefficient(double coefficient) {
      if (!(coefficient >= 0) || Double.isInfinite(coefficient)) {
        throw new IllegalArgumentException(
            "FiringRateRegularizationLayer: coefficient must be at least 0 and finite, was "
                + coefficient);
      }
      this.coefficient = coefficient;
      return this;
    }

    /**
     * Builds the layer.
     *
     * @throws IllegalArgumentException unless 0 &lt;= lower &lt;= upper, finite
     */
    @Override
    public FiringRateRegularizationLayer build() {
      if (!(lower >= 0 && lower <= upper) || Double.isInfinite(upper)) {
        throw new IllegalArgumentException(
            "FiringRateRegularizationLayer: bounds must be 0 <= lower <= upper, finite, were lower "
                + lower
                + " and upper "
                + upper);
      }
      return new FiringRateRegularizationLayer(this);
    }
  }
}
