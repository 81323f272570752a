package io.github.dl4jsnn.learning;

import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Cross-entropy of the firing rates, or of the mean current or potential.
 *
 * <pre>
 *   s = scale/T * sum over t of x[t],   L = - sum over c of y[c] * ln softmax(s)[c],   output = softmax(s)
 * </pre>
 *
 * <p><b>Shapes.</b> {@code x} is {@code [T, C]}: spikes, currents or membrane potentials.
 *
 * <p><b>Use</b> it where the number of steps differs between examples or from training to use. With
 * spikes set a scale of about 3 to 10: rates differ by 1 at most, and a softmax of that never gets
 * certain. <b>Do not use</b> it to make the counts themselves the scores; that is {@link
 * CrossEntropyCountLoss}, the same with scale T.
 *
 * <p><b>Source.</b> The usual loss of SpikingJelly's examples, the cross-entropy of the mean over
 * time; it equals {@link io.github.dl4jsnn.conf.SpikeReadoutLayer} before {@link
 * io.github.dl4jsnn.conf.LabelledLossLayer}.
 */
public final class CrossEntropyMeanRateLoss extends ScoreCrossEntropy {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double scale;

  /** Creates the loss with scale 1. */
  public CrossEntropyMeanRateLoss() {
    this(1);
  }

  /**
   * Creates the loss.
   *
   * @param scale what the rates are multiplied with; above 0 and finite
   * @throws IllegalArgumentException if it is not
   */
  @JsonCreator
  public CrossEntropyMeanRateLoss(@JsonProperty("scale") double scale) {
    if (!(scale > 0) || Double.isInfinite(scale)) {
      throw new IllegalArgumentException(
          "CrossEntropyMeanRateLoss: scale must be above 0 and finite, was " + scale);
    }
    this.scale = scale;
  }

  /**
   * What the rates are multiplied with.
   *
   * @return the scale
   */
  public double getScale() {
    return scale;
  }

  @Override
  void scores(double[] s, double[][] x) {
    Steps.sum(s, x, scale / x.length);
  }

  @Override
  void scoresBackward(double[][] dx, double[] ds, double[][] x) {
    Steps.sumBackward(dx, ds, scale / x.length);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof CrossEntropyMeanRateLoss
        && Double.compare(((CrossEntropyMeanRateLoss) o).scale, scale) == 0;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(scale);
  }

  @Override
  public String toString() {
    return "CrossEntropyMeanRateLoss(scale=" + scale + ")";
  }
}
