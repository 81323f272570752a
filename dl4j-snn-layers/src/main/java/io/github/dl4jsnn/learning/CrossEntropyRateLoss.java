package io.github.dl4jsnn.learning;

/**
 * Cross-entropy of every time step, averaged: the right class shall lead at each step.
 *
 * <pre>
 *   L = 1/T * sum over t of CE(softmax(x[t]), y),    CE(p, y) = - sum over c of y[c] * ln p[c]
 *   output = softmax(1/T * sum over t of x[t])
 * </pre>
 *
 * <p><b>Shapes.</b> {@code x} is {@code [T, C]}: spikes, currents or membrane potentials.
 *
 * <p><b>Use</b> it on currents or potentials, where it trains each step to be right, so that the
 * network may also be read out early. <b>Do not use</b> it on spikes if the loss shall come near 0:
 * with scores of 0 and 1 it cannot fall below {@code ln(1 + (C-1)/e)}; {@link
 * CrossEntropyCountLoss} can.
 *
 * <p><b>Source.</b> snnTorch's {@code ce_rate_loss}; J. K. Eshraghian et al., "Training spiking
 * neural networks using lessons from deep learning", Proceedings of the IEEE 111, 2023, section
 * IV-B. It is {@link TetLoss} with lambda 0.
 */
public final class CrossEntropyRateLoss implements SpikeLoss {
  private static final long serialVersionUID = 1L;

  /** Creates the loss; it has no settings. */
  public CrossEntropyRateLoss() {}

  @Override
  public void output(double[] output, double[][] x) {
    Steps.probabilitiesOfMean(output, x);
  }

  @Override
  public double loss(double[][] gradient, double[][] x, double[] labels) {
    return Steps.crossEntropyOfEach(gradient, x, labels);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof CrossEntropyRateLoss;
  }

  @Override
  public int hashCode() {
    return CrossEntropyRateLoss.class.hashCode();
  }

  @Override
  public String toString() {
    return "CrossEntropyRateLoss()";
  }
}
