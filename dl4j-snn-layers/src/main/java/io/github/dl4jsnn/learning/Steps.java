package io.github.dl4jsnn.learning;

import java.util.Arrays;

/** Sums over time and their gradients. */
final class Steps {
  private Steps() {}

  /** {@code s[c] = weight * sum over t of x[t][c]}. */
  static void sum(double[] s, double[][] x, double weight) {
    Arrays.fill(s, 0);
    for (double[] row : x) {
      for (int c = 0; c < s.length; c++) {
        s[c] += row[c];
      }
    }
    for (int c = 0; c < s.length; c++) {
      s[c] *= weight;
    }
  }

  /** Backward pass of {@link #sum}. */
  static void sumBackward(double[][] dx, double[] ds, double weight) {
    for (double[] row : dx) {
      for (int c = 0; c < ds.length; c++) {
        row[c] = weight * ds[c];
      }
    }
  }

  /** Sets a gradient to 0, for those that reach one step only. */
  static void clear(double[][] dx) {
    for (double[] row : dx) {
      Arrays.fill(row, 0);
    }
  }

  /** Mean over the steps of the cross-entropy of each. */
  static double crossEntropyOfEach(double[][] dx, double[][] x, double[] labels) {
    double loss = 0;
    for (int t = 0; t < x.length; t++) {
      loss += Softmax.crossEntropy(dx[t], x[t], labels);
      for (int c = 0; c < labels.length; c++) {
        dx[t][c] /= x.length;
      }
    }
    return loss / x.length;
  }

  /** Softmax of the mean over the steps. */
  static void probabilitiesOfMean(double[] output, double[][] x) {
    sum(output, x, 1.0 / x.length);
    Softmax.inPlace(output);
  }
}
