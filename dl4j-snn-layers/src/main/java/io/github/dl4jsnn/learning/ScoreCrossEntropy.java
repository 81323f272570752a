package io.github.dl4jsnn.learning;

/** Softmax cross-entropy of one score a class, taken from all steps of the sequence. */
abstract class ScoreCrossEntropy implements SpikeLoss {
  private static final long serialVersionUID = 1L;

  /**
   * Scores of the classes.
   *
   * @param s (out) {@code [C]}, overwritten
   * @param x (in) {@code [T][C]}
   */
  abstract void scores(double[] s, double[][] x);

  /**
   * Backward pass of {@link #scores}.
   *
   * @param dx (out) {@code [T][C]}, overwritten
   * @param ds (in) {@code [C]}
   * @param x (in) {@code [T][C]}
   */
  abstract void scoresBackward(double[][] dx, double[] ds, double[][] x);

  @Override
  public final void output(double[] output, double[][] x) {
    scores(output, x);
    Softmax.inPlace(output);
  }

  @Override
  public final double loss(double[][] gradient, double[][] x, double[] labels) {
    double[] s = new double[labels.length];
    scores(s, x);
    double loss = Softmax.crossEntropy(s, s, labels);
    scoresBackward(gradient, s, x);
    return loss;
  }
}
