package io.github.dl4jsnn.learning;

/**
 * Cross-entropy of the spike counts: the right class shall fire most often.
 *
 * <pre>
 *   s = sum over t of x[t],   L = - sum over c of y[c] * ln softmax(s)[c],   output = softmax(s)
 * </pre>
 *
 * <p><b>Shapes.</b> {@code x} is {@code [T, C]}: spikes, but any real values will do.
 *
 * <p><b>Use</b> it for spikes; more steps make it more certain of itself. <b>Do not use</b> it
 * where sequences of different lengths shall count alike: {@link CrossEntropyMeanRateLoss}.
 *
 * <p><b>Source.</b> snnTorch's {@code ce_count_loss}; J. K. Eshraghian et al., "Training spiking
 * neural networks using lessons from deep learning", Proceedings of the IEEE 111, 2023, section
 * IV-B.
 */
public final class CrossEntropyCountLoss extends ScoreCrossEntropy {
  private static final long serialVersionUID = 1L;

  /** Creates the loss; it has no settings. */
  public CrossEntropyCountLoss() {}

  @Override
  void scores(double[] s, double[][] x) {
    Steps.sum(s, x, 1);
  }

  @Override
  void scoresBackward(double[][] dx, double[] ds, double[][] x) {
    Steps.sumBackward(dx, ds, 1);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof CrossEntropyCountLoss;
  }

  @Override
  public int hashCode() {
    return CrossEntropyCountLoss.class.hashCode();
  }

  @Override
  public String toString() {
    return "CrossEntropyCountLoss()";
  }
}
