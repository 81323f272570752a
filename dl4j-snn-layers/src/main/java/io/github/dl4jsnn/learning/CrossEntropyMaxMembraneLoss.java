package io.github.dl4jsnn.learning;

/**
 * Cross-entropy of the largest membrane potential that each class reaches.
 *
 * <pre>
 *   s[c] = max over t of x[t][c],   L = - sum over c of y[c] * ln softmax(s)[c],   output = softmax(s)
 * </pre>
 *
 * <p><b>Gradient.</b> It reaches, for each class, the step of the largest value alone; of several
 * equal ones the first.
 *
 * <p><b>Shapes.</b> {@code x} is {@code [T, C]}: membrane potentials, for example those of a
 * non-spiking output layer.
 *
 * <p><b>Use</b> it where the evidence is short and its time unknown. <b>Do not use</b> it on
 * spikes: their largest value is 1 for every class that fires at all.
 *
 * <p><b>Source.</b> snnTorch's {@code ce_max_membrane_loss}; the max-over-time loss of B. Cramer,
 * Y. Stradmann, J. Schemmel, F. Zenke, "The Heidelberg spiking data sets for the systematic
 * evaluation of spiking neural networks", IEEE TNNLS 33, 2022.
 */
public final class CrossEntropyMaxMembraneLoss extends ScoreCrossEntropy {
  private static final long serialVersionUID = 1L;

  /** Creates the loss; it has no settings. */
  public CrossEntropyMaxMembraneLoss() {}

  @Override
  void scores(double[] s, double[][] x) {
    for (int c = 0; c < s.length; c++) {
      s[c] = x[largest(x, c)][c];
    }
  }

  @Override
  void scoresBackward(double[][] dx, double[] ds, double[][] x) {
    Steps.clear(dx);
    for (int c = 0; c < ds.length; c++) {
      dx[largest(x, c)][c] = ds[c];
    }
  }

  private static int largest(double[][] x, int c) {
    int best = 0;
    for (int t = 1; t < x.length; t++) {
      if (x[t][c] > x[best][c]) {
        best = t;
      }
    }
    return best;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof CrossEntropyMaxMembraneLoss;
  }

  @Override
  public int hashCode() {
    return CrossEntropyMaxMembraneLoss.class.hashCode();
  }

  @Override
  public String toString() {
    return "CrossEntropyMaxMembraneLoss()";
  }
}
