package io.github.dl4jsnn.graph;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Area under the ROC curve, the usual figure of link prediction: the probability that a positive
 * example has a higher score than a negative one, where equal scores count one half.
 *
 * <p>Products of firing rates take few values, so that many pairs are equal. DL4J's {@code ROC(0)}
 * puts equal scores in the order in which they come (1.0.0-M2.1), which with positive examples
 * first gives more than this probability; where all scores differ, both are the same.
 *
 * <p><b>Source.</b> H. B. Mann, D. R. Whitney, "On a Test of Whether one of Two Random Variables is
 * Stochastically Larger than the Other", 1947, with mean ranks for equal values.
 */
public final class Auc {
  private Auc() {}

  /**
   * Returns the area.
   *
   * @param labels of any shape: 1 for positive, 0 for negative examples
   * @param scores as many, in the same order: probabilities or logits
   * @return in [0, 1]; 0.5 for scores that tell nothing
   * @throws IllegalArgumentException if the lengths differ, a label is neither 0 nor 1, a score is
   *     NaN, or there are no positive or no negative examples
   */
  public static double of(INDArray labels, INDArray scores) {
    if (labels.length() != scores.length()) {
      throw new IllegalArgumentException(
          "expected as many scores as labels, got "
              + Arrays.toString(scores.shape())
              + " and "
              + Arrays.toString(labels.shape()));
    }
    return of(labels.dup('c').data().asDouble(), scores.dup('c').data().asDouble());
  }

  private static double of(double[] labels, double[] scores) {
    int n = labels.length;
    long positives = 0;
    for (int i = 0; i < n; i++) {
      check(i, labels[i], scores[i]);
      positives += (long) labels[i];
    }
    if (positives == 0 || positives == n) {
      throw new IllegalArgumentException(
          "expected positive and negative examples, got " + positives + " positive of " + n);
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> scores[i] + 0.0)) // -0 and 0 are equal
            .mapToInt(i -> i)
            .toArray();
    double wins = 0;
    long negativesBelow = 0;
    for (int from = 0; from < n; ) {
      int to = from;
      long positivesHere = 0;
      while (to < n && scores[order[to]] == scores[order[from]]) {
        positivesHere += (long) labels[order[to++]];
      }
      long negativesHere = to - from - positivesHere;
      wins += positivesHere * (negativesBelow + 0.5 * negativesHere);
      negativesBelow += negativesHere;
      from = to;
    }
    return wins / ((double) positives * (n - positives));
  }

  private static void check(int i, double label, double score) {
    if (label != 0 && label != 1) {
      throw new IllegalArgumentException("label " + i + ": expected 0 or 1, got " + label);
    }
    if (Double.isNaN(score)) {
      throw new IllegalArgumentException("score " + i + " is NaN");
    }
  }
}
