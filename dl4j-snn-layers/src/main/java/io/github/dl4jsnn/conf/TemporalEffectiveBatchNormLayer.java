package io.github.dl4jsnn.conf;

/**
 * Temporal effective batch normalisation (TEBN): statistics over all examples and steps, and a
 * trained weight a time step, so that the steps of one sequence may differ in strength.
 *
 * <pre>
 *   y[n,t,f] = p[t] * (gamma[f] * (x[n,t,f] - mu[f]) / sqrt(var[f] + eps) + beta[f])
 * </pre>
 *
 * <p>Statistics, shapes, masks and errors are those of {@link AbstractTemporalBatchNormLayer}.
 *
 * <p><b>Use</b> it for a fixed, small T. <b>Do not use</b> it for sequences of several lengths:
 * another T than {@code timeSteps} is an error; use a mask, or {@link ThresholdBatchNormLayer}.
 *
 * <p><b>Source.</b> C. Duan, J. Ding, S. Chen, Z. Yu, T. Huang, "Temporal Effective Batch
 * Normalization in Spiking Neural Networks", NeurIPS 2022.
 */
public final class TemporalEffectiveBatchNormLayer extends AbstractStepwiseBatchNormLayer {
  private static final long serialVersionUID = 1L;

  private TemporalEffectiveBatchNormLayer() {}

  private TemporalEffectiveBatchNormLayer(Builder builder) {
    super(builder);
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
    return getTimeSteps();
  }

  /** Builder of {@link TemporalEffectiveBatchNormLayer}. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractStepwiseBatchNormLayer.Builder<Builder> {

    /** All defaults; the number of steps comes from the input type. */
    public Builder() {}

    @Override
    public TemporalEffectiveBatchNormLayer build() {
      return new TemporalEffectiveBatchNormLayer(this);
    }
  }
}
