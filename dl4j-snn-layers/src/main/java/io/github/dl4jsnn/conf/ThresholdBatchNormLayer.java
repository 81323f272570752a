package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.BuilderChecks;
import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Threshold-dependent batch normalisation (tdBN): the currents of a feature, over all examples and
 * steps, get the standard deviation {@code alpha * vTh}, so that the neurons behind fire at a
 * healthy rate whatever their threshold.
 *
 * <pre>
 *   y[n,t,f] = alpha * vTh * gamma[f] * (x[n,t,f] - mu[f]) / sqrt(var[f] + eps) + beta[f]
 * </pre>
 *
 * <p>Statistics, shapes, masks and errors are those of {@link AbstractTemporalBatchNormLayer}. T
 * may vary from batch to batch.
 *
 * <p><b>Use</b> it before every spiking layer of a deep network; set {@code threshold} to that of
 * the neurons behind, and {@code alpha = 1/sqrt(k)} where k such branches are added up. <b>Do not
 * use</b> it for graphs whose nodes are the batch: there {@link StfnLayer} normalises each node by
 * itself.
 *
 * <p><b>Source.</b> H. Zheng, Y. Wu, L. Deng, Y. Hu, G. Li, "Going Deeper With Directly-Trained
 * Larger Spiking Neural Networks", AAAI 2021, section "Threshold-dependent Batch Normalization"
 * (its lambda is our gamma).
 */
public final class ThresholdBatchNormLayer extends AbstractTemporalBatchNormLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private double threshold = 1;
  @JsonProperty private double alpha = 1;

  private ThresholdBatchNormLayer() {}

  private ThresholdBatchNormLayer(Builder builder) {
    super(builder);
    this.threshold = builder.threshold;
    this.alpha = builder.alpha;
  }

  /**
   * Threshold of the neurons that follow.
   *
   * @return {@code vTh}
   */
  public double getThreshold() {
    return threshold;
  }

  /**
   * Share of this branch where several are added up.
   *
   * @return alpha
   */
  public double getAlpha() {
    return alpha;
  }

  /** {@code alpha * vTh}. */
  @Override
  public double scale() {
    return alpha * threshold;
  }

  @Override
  boolean isPerStep() {
    return false;
  }

  @Override
  boolean hasShift() {
    return true;
  }

  @Override
  int stepWeights() {
    return 0;
  }

  @Override
  public boolean equals(Object o) {
    return super.equals(o)
        && threshold == ((ThresholdBatchNormLayer) o).threshold
        && alpha == ((ThresholdBatchNormLayer) o).alpha;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), threshold, alpha);
  }

  /** Builder of {@link ThresholdBatchNormLayer}. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractTemporalBatchNormLayer.Builder<Builder> {
    private double threshold = 1;
    private double alpha = 1;

    /** All defaults. */
    public Builder() {}

    /**
     * Sets the threshold of the neurons that follow.
     *
     * @param threshold {@code vTh}, above 0; default 1
     * @return this builder
     * @throws IllegalArgumentException if it is not above 0 and finite
     */
    public Builder threshold(double threshold) {
      this.threshold = BuilderChecks.positive("ThresholdBatchNormLayer", "threshold", threshold);
      return this;
    }

    /**
     * Sets the share of this branch where several are added up.
     *
     * @param alpha above 0; default 1; {@code 1/sqrt(2)} at the end of a residual block of two
     * @return this builder
     * @throws IllegalArgumentException if it is not above 0 and finite
     */
    public Builder alpha(double alpha) {
      this.alpha = BuilderChecks.positive("ThresholdBatchNormLayer", "alpha", alpha);
      return this;
    }

    @Override
    public ThresholdBatchNormLayer build() {
      return new ThresholdBatchNormLayer(this);
    }
  }
}
