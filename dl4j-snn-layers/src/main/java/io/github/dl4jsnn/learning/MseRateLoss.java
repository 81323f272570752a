package io.github.dl4jsnn.learning;

import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Squared error between firing rates and wanted rates.
 *
 * <pre>
 *   r = 1/T * sum over t of x[t]
 *   L = 1/C * sum over c of (r[c] - w[c])^2,    w[c] = incorrectRate + (correctRate - incorrectRate) * y[c]
 *   output = r
 * </pre>
 *
 * <p>The output holds rates, not probabilities: they do not add up to 1.
 *
 * <p><b>Shapes.</b> {@code x} is {@code [T, C]}, spikes.
 *
 * <p><b>Use</b> it where rates themselves are the aim; an incorrect rate above 0 keeps the neurons
 * of other classes from falling silent, where surrogate gradients vanish. <b>Do not use</b> it for
 * hundreds of classes: nearly all targets are then the same.
 *
 * <p><b>Source.</b> G. Shen, D. Zhao, Y. Zeng, "Backpropagation with biologically plausible
 * spatio-temporal adjustment for training deep spiking neural networks", 2022, with rates 1 and 0;
 * SpikingJelly's {@code mse_loss} of the mean over time. snnTorch's {@code mse_count_loss} is T
 * times this loss (where {@code T * rate} is a whole number; it rounds down).
 */
public final class MseRateLoss implements SpikeLoss {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double correctRate;
  @JsonProperty private final double incorrectRate;

  /** Creates the loss with rates 1 and 0: the label itself is the wanted rate. */
  public MseRateLoss() {
    this(1, 0);
  }

  /**
   * Creates the loss.
   *
   * @param correctRate wanted spikes a step of the right class, in [0, 1]
   * @param incorrectRate wanted spikes a step of the others, in [0, 1]
   * @throws IllegalArgumentException if a rate is outside
   */
  @JsonCreator
  public MseRateLoss(
      @JsonProperty("correctRate") double correctRate,
      @JsonProperty("incorrectRate") double incorrectRate) {
    this.correctRate = rate("correctRate", correctRate);
    this.incorrectRate = rate("incorrectRate", incorrectRate);
  }

  private static double rate(String name, double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException(
          "MseRateLoss: " + name + " must be in [0, 1], was " + rate);
    }
    return rate;
  }

  /**
   * Wanted rate of the right class.
   *
   * @return spikes a step
   */
  public double getCorrectRate() {
    return correctRate;
  }

  /**
   * Wanted rate of the other classes.
   *
   * @return spikes a step
   */
  public double getIncorrectRate() {
    return incorrectRate;
  }

  @Override
  public void output(double[] output, double[][] x) {
    Steps.sum(output, x, 1.0 / x.length);
  }

  @Override
  public double loss(double[][] gradient, double[][] x, double[] labels) {
    double[] r = new double[labels.length];
    Steps.sum(r, x, 1.0 / x.length);
    double loss = 0;
    for (int c = 0; c < r.length; c++) {
      double error = r[c] - (incorrectRate + (correctRate - incorrectRate) * labels[c]);
      loss += error * error / r.length;
      r[c] = 2 * error / r.length;
    }
    Steps.sumBackward(gradient, r, 1.0 / x.length);
    return loss;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof MseRateLoss
        && Double.compare(((MseRateLoss) o).correctRate, correctRate) == 0
        && Double.compare(((MseRateLoss) o).incorrectRate, incorrectRate) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * Double.hashCode(correctRate) + Double.hashCode(incorrectRate);
  }

  @Override
  public String toString() {
    return "MseRateLoss(correctRate=" + correctRate + ", incorrectRate=" + incorrectRate + ")";
  }
}
