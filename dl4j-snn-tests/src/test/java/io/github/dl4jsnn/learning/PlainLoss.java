package io.github.dl4jsnn.learning;

/**
 * The losses again, each written down as its definition reads: without the care for large scores,
 * without sharing, slow. Gradients are left to finite differences.
 */
final class PlainLoss {
  private PlainLoss() {}

  static double of(SpikeLoss loss, double[][] x, double[] y) {
    int steps = x.length;
    if (loss instanceof CrossEntropyRateLoss) {
      return ofEachStep(x, y);
    }
    if (loss instanceof TetLoss) {
      TetLoss tet = (TetLoss) loss;
      double squares = 0;
      for (double[] row : x) {
        for (double v : row) {
          squares += Math.pow(v - tet.getPhi(), 2);
        }
      }
      double pull = squares / steps / y.length;
      return (1 - tet.getLambda()) * ofEachStep(x, y) + tet.getLambda() * pull;
    }
    if (loss instanceof MseRateLoss) {
      MseRateLoss mse = (MseRateLoss) loss;
      double sum = 0;
      for (int c = 0; c < y.length; c++) {
        double wanted = y[c] * mse.getCorrectRate() + (1 - y[c]) * mse.getIncorrectRate();
        sum += Math.pow(total(x, c) / steps - wanted, 2);
      }
      return sum / y.length;
    }
    return crossEntropy(scores(loss, x), y);
  }

  static double[] output(SpikeLoss loss, double[][] x) {
    double[] s = scores(loss, x);
    return loss instanceof MseRateLoss ? s : softmax(s);
  }

  private static double[] scores(SpikeLoss loss, double[][] x) {
    double[] s = new double[x[0].length];
    for (int c = 0; c < s.length; c++) {
      if (loss instanceof CrossEntropyCountLoss) {
        s[c] = total(x, c);
      } else if (loss instanceof CrossEntropyMeanRateLoss) {
        s[c] = ((CrossEntropyMeanRateLoss) loss).getScale() * total(x, c) / x.length;
      } else if (loss instanceof CrossEntropyMaxMembraneLoss) {
        s[c] = Double.NEGATIVE_INFINITY;
        for (double[] row : x) {
          s[c] = Math.max(s[c], row[c]);
        }
      } else if (loss instanceof CrossEntropyTemporalLoss) {
        boolean negate =
            ((CrossEntropyTemporalLoss) loss).getInverse()
                == CrossEntropyTemporalLoss.Inverse.NEGATE;
        int k = firstSpike(x, c);
        s[c] = negate ? -k : 1 / (1.0 + k);
      } else {
        s[c] = total(x, c) / x.length;
      }
    }
    return s;
  }

  static int firstSpike(double[][] x, int c) {
    int k = 0;
    while (k < x.length - 1 && x[k][c] == 0) {
      k++;
    }
    return k;
  }

  private static double ofEachStep(double[][] x, double[] y) {
    double sum = 0;
    for (double[] row : x) {
      sum += crossEntropy(row, y);
    }
    return sum / x.length;
  }

  private static double total(double[][] x, int c) {
    double sum = 0;
    for (double[] row : x) {
      sum += row[c];
    }
    return sum;
  }

  private static double crossEntropy(double[] s, double[] y) {
    double[] p = softmax(s);
    double loss = 0;
    for (int c = 0; c < s.length; c++) {
      loss -= y[c] * Math.log(p[c]);
    }
    return loss;
  }

  private static double[] softmax(double[] s) {
    double[] p = new double[s.length];
    double sum = 0;
    for (double v : s) {
      sum += Math.exp(v);
    }
    for (int c = 0; c < s.length; c++) {
      p[c] = Math.exp(s[c]) / sum;
    }
    return p;
  }
}
