package io.github.dl4jsnn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.classification.ROC;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AucTest {
  private static INDArray column(double... v) {
    return Nd4j.createFromArray(v).reshape(v.length, 1);
  }

  @Test
  void isTheShareOfPairsInTheRightOrder() {
    Random random = new Random(1);
    for (int turn = 0; turn < 50; turn++) {
      int n = 2 + random.nextInt(30);
      double[] labels = random.ints(n, 0, 2).asDoubleStream().toArray();
      labels[0] = 0;
      labels[1] = 1;
      double[] scores = random.ints(n, -3, 4).mapToDouble(i -> i / 2.0).toArray();
      double sum = 0;
      int pairs = 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          if (labels[i] == 1 && labels[j] == 0) {
            sum += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
            pairs++;
          }
        }
      }
      assertThat(Auc.of(column(labels), column(scores))).isCloseTo(sum / pairs, within(1e-12));
    }
  }

  @Test
  void isThatOfDl4jWhereScoresDiffer() {
    INDArray labels = column(1, 0, 1, 0, 0, 1, 0);
    INDArray p = column(0.9, 0.8, 0.7, 0.6, 0.3, 0.2, 0.1);
    ROC roc = new ROC(0);
    roc.eval(labels, p);
    assertThat(Auc.of(labels, p)).isEqualTo(8 / 12.0);
    assertThat(roc.calculateAUC()).isCloseTo(8 / 12.0, within(1e-6));
  }

  /** Why there is this class: should DL4J repair it, its ROC will do. */
  @Test
  void equalScoresCountOneHalfWhichTheyDoNotInDl4j() {
    INDArray labels = column(1, 1, 1, 0, 0, 0, 0);
    INDArray p = column(0.9, 0.5, 0.5, 0.5, 0.5, 0.2, 0.9);
    ROC roc = new ROC(0);
    roc.eval(labels, p);
    assertThat(Auc.of(labels, p)).isEqualTo(7.5 / 12);
    assertThat(roc.calculateAUC()).isCloseTo(10 / 12.0, within(1e-6));
    assertThat(Auc.of(labels, column(0, -0.0, 0, 0, -0.0, 0, 0))).isEqualTo(0.5);
  }

  @Test
  void whatHasNoAreaIsRefused() {
    assertThatThrownBy(() -> Auc.of(column(1, 0), column(1, 2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("[3, 1]", "[2, 1]");
    assertThatThrownBy(() -> Auc.of(column(1, 1), column(1, 2))).hasMessageContaining("2 positive");
    assertThatThrownBy(() -> Auc.of(column(0, 0), column(1, 2))).hasMessageContaining("0 positive");
    assertThatThrownBy(() -> Auc.of(column(0, 0.5), column(1, 2))).hasMessageContaining("got 0.5");
    assertThatThrownBy(() -> Auc.of(column(0, 1), column(1, Double.NaN)))
        .hasMessageContaining("score 1 is NaN");
  }
}
