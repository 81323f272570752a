package io.github.dl4jsnn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.BaseEvaluation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class SeriesEvaluationTest {
  private static final int M = 13;
  private static final int C = 3;
  private static final int H = 2;

  /** Far from 0, where a naive sum of squares in float loses all digits. */
  private final INDArray labels = random(1).addi(10_000);

  private final INDArray predictions = labels.add(random(2).muli(0.5));

  @Test
  void isWhatTheFormulasSay() {
    SeriesEvaluation e = evaluated(labels, predictions, null);
    boolean[] all = new boolean[M];
    java.util.Arrays.fill(all, true);
    assertThat(e.r2()).isCloseTo(plainR2(all), within(1e-9));
    assertThat(e.rse()).isCloseTo(plainRse(all), within(1e-9));
    assertThat(e.getValue(SeriesEvaluation.Metric.R2)).isEqualTo(e.r2());
    assertThat(e.getValue(SeriesEvaluation.Metric.RSE)).isEqualTo(e.rse());
    assertThat(e.series()).isEqualTo(C * H);
  }

  @Test
  void perfectForecastAndForecastOfTheMean() {
    assertThat(evaluated(labels, labels, null).r2()).isEqualTo(1);
    assertThat(evaluated(labels, labels, null).rse()).isZero();
    INDArray means = labels.mean(true, 0).broadcast(labels.shape());
    assertThat(evaluated(labels, means, null).r2()).isCloseTo(0, within(1e-12));
  }

  @Test
  void batchesAndMergesGiveTheSame() {
    SeriesEvaluation whole = evaluated(labels, predictions, null);
    SeriesEvaluation inBatches = new SeriesEvaluation();
    SeriesEvaluation merged = new SeriesEvaluation();
    for (int from = 0; from < M; from += 5) {
      INDArray l = rows(labels, from, Math.min(M, from + 5));
      INDArray p = rows(predictions, from, Math.min(M, from + 5));
      inBatches.eval(l, p);
      merged.merge(evaluated(l, p, null));
    }
    merged.merge(new SeriesEvaluation());
    assertThat(inBatches.r2()).isCloseTo(whole.r2(), within(1e-12));
    assertThat(merged.r2()).isCloseTo(whole.r2(), within(1e-12));
    assertThat(merged.rse()).isCloseTo(whole.rse(), within(1e-12));
  }

  @Test
  void masksLeaveOutExamplesAndSteps() {
    boolean[] kept = new boolean[M];
    INDArray mask = Nd4j.zeros(M, 1);
    for (int m = 0; m < M; m += 2) {
      kept[m] = true;
      mask.putScalar(m, 1);
    }
    assertThat(evaluated(labels, predictions, mask).r2()).isCloseTo(plainR2(kept), within(1e-9));
    INDArray firstStep = Nd4j.zeros(M, H);
    firstStep.getColumn(0).assign(1);
    INDArray first = labels.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(0));
    INDArray forecast =
        predictions.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(0));
    SeriesEvaluation masked = evaluated(labels, predictions, firstStep);
    assertThat(masked.r2()).isCloseTo(evaluated(first, forecast, null).r2(), within(1e-12));
    assertThat(masked.constantSeries()).isEqualTo(C);
  }

  @Test
  void constantSeriesAreLeftOutAndCounted() {
    INDArray constant = labels.dup();
    constant.get(NDArrayIndex.all(), NDArrayIndex.point(1), NDArrayIndex.point(0)).assign(0.1);
    SeriesEvaluation e = evaluated(constant, constant.add(0.1), null);
    assertThat(e.constantSeries()).isEqualTo(1);
    assertThat(e.r2()).isGreaterThan(0.5).isLessThan(1);
    assertThat(e.stats()).contains("1 of them constant");
  }

  @Test
  void jsonRoundTripAndReset() {
    SeriesEvaluation e = evaluated(labels, predictions, null);
    SeriesEvaluation copy = BaseEvaluation.fromJson(e.toJson(), SeriesEvaluation.class);
    assertThat(copy).isEqualTo(e).isNotSameAs(e);
    assertThat(copy.r2()).isEqualTo(e.r2());
    e.reset();
    assertThat(e).isEqualTo(new SeriesEvaluation());
    assertThat(e.stats()).contains("no data");
    assertThat(e.r2()).isNaN();
  }

  @Test
  void saysWhatDoesNotFit() {
    SeriesEvaluation e = evaluated(labels, predictions, null);
    assertThatThrownBy(() -> e.eval(Nd4j.ones(2, 3), Nd4j.ones(2, 4)))
        .hasMessageContaining("[2, 3]")
        .hasMessageContaining("[2, 4]");
    assertThatThrownBy(() -> e.eval(Nd4j.ones(2, 5), Nd4j.ones(2, 5))).hasMessageContaining("6");
    assertThatThrownBy(() -> e.eval(labels, predictions, Nd4j.ones(M, 5)))
        .hasMessageContaining("mask");
    INDArray broken = predictions.dup();
    broken.putScalar(5, Double.NaN);
    assertThatThrownBy(() -> e.eval(labels, broken)).hasMessageContaining("NaN");
  }

  private double plainR2(boolean[] kept) {
    double sum = 0;
    for (int k = 0; k < C * H; k++) {
      double mean = mean(kept, k, k + 1);
      double residual = 0;
      double spread = 0;
      for (int m = 0; m < M; m++) {
        if (kept[m]) {
          residual += Math.pow(at(labels, m, k) - at(predictions, m, k), 2);
          spread += Math.pow(at(labels, m, k) - mean, 2);
        }
      }
      sum += 1 - residual / spread;
    }
    return sum / (C * H);
  }

  private double plainRse(boolean[] kept) {
    double mean = mean(kept, 0, C * H);
    double residual = 0;
    double spread = 0;
    for (int m = 0; m < M; m++) {
      for (int k = 0; k < C * H && kept[m]; k++) {
        residual += Math.pow(at(labels, m, k) - at(predictions, m, k), 2);
        spread += Math.pow(at(labels, m, k) - mean, 2);
      }
    }
    return Math.sqrt(residual / spread);
  }

  private double mean(boolean[] kept, int from, int to) {
    double sum = 0;
    int n = 0;
    for (int m = 0; m < M; m++) {
      for (int k = from; k < to && kept[m]; k++) {
        sum += at(labels, m, k);
        n++;
      }
    }
    return sum / n;
  }

  private static double at(INDArray a, int m, int k) {
    return a.getDouble(m, k / H, k % H);
  }

  private static SeriesEvaluation evaluated(INDArray labels, INDArray predictions, INDArray mask) {
    SeriesEvaluation e = new SeriesEvaluation();
    e.eval(labels, predictions, mask);
    return e;
  }

  private static INDArray rows(INDArray a, int from, int to) {
    return a.get(NDArrayIndex.interval(from, to), NDArrayIndex.all(), NDArrayIndex.all());
  }

  private static INDArray random(long seed) {
    Random random = new Random(seed);
    INDArray a = Nd4j.create(DataType.DOUBLE, M, C, H);
    for (int i = 0; i < a.length(); i++) {
      a.putScalar(i, random.nextGaussian());
    }
    return a;
  }
}
