package io.github.dl4jsnn.conf;

import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Batch normalisation through time (BNTT): each time step has statistics over the examples and a
 * scale a feature of its own; the original has no shift.
 *
 * <pre>
 *   y[n,t,f] = gamma[t,f] * (x[n,t,f] - mu[t,f]) / sqrt(var[t,f] + eps)  (+ beta[t,f] if asked for)
 * </pre>
 *
 * <p>Statistics, shapes, masks and errors are those of {@link AbstractTemporalBatchNormLayer}. The
 * parameters take {@code T * F} numbers each.
 *
 * <p><b>Use</b> it for a fixed T whose steps differ much, such as after latency coding. <b>Do not
 * use</b> it with small batches, as a statistic has one value an example, nor for sequences of
 * several lengths: another T than {@code timeSteps} is an error.
 *
 * <p><b>Source.</b> Y. Kim, P. Panda, "Revisiting Batch Normalization for Training Low-Latency Deep
 * Spiking Neural Networks From Scratch", Frontiers in Neuroscience 15, 2021.
 */
public final class BatchNormThroughTimeLayer extends AbstractStepwiseBatchNormLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private boolean hasBias;

  private BatchNormThroughTimeLayer() {}

  private BatchNormThroughTimeLayer(Builder builder) {
    super(builder);
    this.hasBias = builder.hasBias;
  }

  /**
   * Whether there is a shift beta.
   *
   * @return true if it is a parameter
   */
  public boolean hasBias() {
    return hasBias;
  }

  @Override
  boolean isPerStep() {
    return true;
  }

  @Override
  boolean hasShift() {
    return hasBias;
  }

  @Override
  int stepWeights() {
    return 0;
  }

  @Override
  long[] parameterShape() {
    return new long[] {getTimeSteps(), getNIn()};
  }

  @Override
  public boolean equals(Object o) {
    return super.equals(o) && hasBias == ((BatchNormThroughTimeLayer) o).hasBias;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), hasBias);
  }

  /** Builder of {@link BatchNormThroughTimeLayer}. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractStepwiseBatchNormLayer.Builder<Builder> {
    private boolean hasBias;

    /** All defaults; the number of steps comes from the input type. */
    public Builder() {}

    /**
     * Sets whether there is a shift beta.
     *
     * @param hasBias default false, as in the original
     * @return this builder
     */
    public Builder hasBias(boolean hasBias) {
      this.hasBias = hasBias;
      return this;
    }

    @Override
    public BatchNormThroughTimeLayer build() {
      return new BatchNormThroughTimeLayer(this);
    }
  }
}
