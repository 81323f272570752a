package io.github.dl4jsnn.learning;

/** Softmax and its cross-entropy, safe for scores of any size. */
final class Softmax {
  private Softmax() {}

  /** Replaces scores by probabilities. */
  static void inPlace(double[] s) {
    double max = max(s);
    double sum = 0;
    for (int c = 0; c < s.length; c++) {
      s[c] = Math.exp(s[c] - max);
      sum += s[c];
    }
    for (int c = 0; c < s.length; c++) {
      s[c] /= sum;
    }
  }

  /**
   * Cross-entropy {@code -sum over c of y[c] * ln softmax(s)[c]}. The largest score is subtracted
   * first, so no exponential overflows, and the logarithm is that of a number from 1 to C.
   *
   * @param gradient (out) dL/ds, may be {@code s} itself
   * @param s (in) scores
   * @param y (in) labels; they need not add up to 1
   * @return the cross-entropy
   */
  static double crossEntropy(double[] gradient, double[] s, double[] y) {
    double max = max(s);
    double sum = 0;
    double labels = 0;
    for (int c = 0; c < s.length; c++) {
      sum += Math.exp(s[c] - max);
      labels += y[c];
    }
    double logSum = Math.log(sum);
    double loss = 0;
    for (int c = 0; c < s.length; c++) {
      double logP = s[c] - max - logSum;
      loss -= y[c] * logP;
      gradient[c] = labels * Math.exp(logP) - y[c];
    }
    return loss;
  }

  private static double max(double[] s) {
    double max = s[0];
    for (double v : s) {
      max = Math.max(max, v);
    }
    return max;
  }
}
