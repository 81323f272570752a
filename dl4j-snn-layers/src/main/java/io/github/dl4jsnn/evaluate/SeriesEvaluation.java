package io.github.dl4jsnn.evaluate;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.nd4j.evaluation.BaseEvaluation;
import org.nd4j.evaluation.IEvaluation;
import org.nd4j.evaluation.IMetric;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;

/**
 * R2 and RSE of forecasts, over all channels and all steps of the horizon.
 *
 * <pre>
 *   R2  = mean over series k of  1 - sum_m (y[m,k] - z[m,k])^2 / sum_m (y[m,k] - mean_m y[m,k])^2
 *   RSE = sqrt( sum_m,k (y[m,k] - z[m,k])^2 / sum_m,k (y[m,k] - mean of all y)^2 )
 * </pre>
 *
 * <p>{@code y} is the truth and {@code z} the forecast of example {@code m}; a series {@code k} is
 * one channel at one step of the horizon, that is, one number of the output of an example. A series
 * that never changes has no R2: it is left out of the mean and {@link #constantSeries()} counts it.
 * RSE takes it in. DL4J's {@code RegressionEvaluation} has R2 of one column, and an RSE that is a
 * ratio of squares for one column.
 *
 * <p><b>Shapes.</b> Labels and predictions {@code [M, ...]}, both the same; everything behind the
 * first dimension is series. A mask is {@code [M]} or {@code [M, 1]} for examples, or of the shape
 * of the labels; of labels {@code [M, C, H]} also {@code [M, H]}, as DL4J's time series have it.
 *
 * <p><b>Precision.</b> Means and variances are updated in double by Welford's method, batches and
 * {@link #merge merges} in any order and size; so large offsets of the data do no harm.
 *
 * <pre>{@code
 * SeriesEvaluation e = net.doEvaluation(testData, new SeriesEvaluation())[0];
 * log.info("{} {}", e.r2(), e.rse());
 * }</pre>
 *
 * <p><b>Errors.</b> Shapes that do not fit, or NaN: an IllegalArgumentException that says what
 * came.
 *
 * <p><b>Source.</b> C. Lv, Y. Wang, D. Han, Y. Shen, X. Zheng, X. Huang, D. Li, "Efficient and
 * Effective Time-Series Forecasting with Spiking Neural Networks", ICML 2024, the metrics of its
 * appendix.
 */
@JsonAutoDetect(
    fieldVisibility = JsonAutoDetect.Visibility.ANY,
    getterVisibility = JsonAutoDetect.Visibility.NONE,
    isGetterVisibility = JsonAutoDetect.Visibility.NONE)
public final class SeriesEvaluation extends BaseEvaluation<SeriesEvaluation> {
  private static final long serialVersionUID = 1L;

  /** What {@link #getValue} takes. */
  public enum Metric implements IMetric {
    /** Mean coefficient of determination. */
    R2,
    /** Root relative squared error. */
    RSE;

    @Override
    public Class<? extends IEvaluation> getEvaluationClass() {
      return SeriesEvaluation.class;
    }

    /** A larger R2 is better, a smaller RSE. */
    @Override
    public boolean minimize() {
      return this == RSE;
    }
  }

  private long[] count = {};
  private double[] mean = {};

  /** Sum of the squared differences from the mean, by series. */
  private double[] spread = {};

  private double[] squaredError = {};

  /** An evaluation without data; the number of series follows from the first labels. */
  public SeriesEvaluation() {}

  @Override
  public void eval(
      INDArray labels,
      INDArray predictions,
      INDArray mask,
      List<? extends Serializable> recordMetaData) {
    if (!Arrays.equals(labels.shape(), predictions.shape())) {
      throw new IllegalArgumentException(
          "SeriesEvaluation: expected predictions of the labels' shape "
              + Arrays.toString(labels.shape())
              + ", got "
              + Arrays.toString(predictions.shape()));
    }
    int series = (int) (labels.length() / Math.max(1, labels.size(0)));
    startWith(series);
    boolean[] counts = SeriesMask.of(mask, labels);
    double[] truth = doubles(labels);
    double[] forecast = doubles(predictions);
    for (int i = 0; i < truth.length; i++) {
      if (counts[i]) {
        add(i % series, truth[i], forecast[i]);
      }
    }
  }

  private void startWith(int series) {
    if (count.length == 0) {
      count = new long[series];
      mean = new double[series];
      spread = new double[series];
      squaredError = new double[series];
    } else if (count.length != series) {
      throw new IllegalArgumentException(
          "SeriesEvaluation: expected " + count.length + " series, as before, got " + series);
    }
  }

  private static double[] doubles(INDArray a) {
    return a.castTo(DataType.DOUBLE).dup('c').data().asDouble();
  }

  private void add(int k, double truth, double forecast) {
    double error = truth - forecast;
    if (Double.isNaN(error)) {
      throw new IllegalArgumentException(
          "SeriesEvaluation: series " + k + ": label " + truth + ", prediction " + forecast);
    }
    count[k]++;
    double delta = truth - mean[k];
    mean[k] += delta / count[k];
    spread[k] += delta * (truth - mean[k]);
    squaredError[k] += error * error;
  }

  /**
   * Mean R2 of the series that change.
   *
   * @return R2, at most 1; NaN while there is no series that changes
   */
  public double r2() {
    double sum = 0;
    for (int k = 0; k < count.length; k++) {
      sum += spread[k] > 0 ? 1 - squaredError[k] / spread[k] : 0;
    }
    return sum / (count.length - constantSeries());
  }

  /**
   * Root relative squared error of all series together.
   *
   * @return RSE, at least 0; NaN while there is no data, or if all labels are one number and met
   */
  public double rse() {
    double total = 0;
    double grandMean = 0;
    long all = Arrays.stream(count).sum();
    for (int k = 0; k < count.length; k++) {
      grandMean += mean[k] * count[k] / all;
    }
    for (int k = 0; k < count.length; k++) {
      double away = mean[k] - grandMean;
      total += spread[k] + count[k] * away * away;
    }
    return Math.sqrt(Arrays.stream(squaredError).sum() / total);
  }

  /**
   * Number of series without R2, since their labels never changed.
   *
   * @return 0 while there is no data
   */
  public int constantSeries() {
    int constant = 0;
    for (double s : spread) {
      constant += s > 0 ? 0 : 1;
    }
    return constant;
  }

  /**
   * Number of series: numbers in the labels of one example.
   *
   * @return 0 while there is no data
   */
  public int series() {
    return count.length;
  }

  @Override
  public void merge(SeriesEvaluation other) {
    if (other.count.length == 0) {
      return;
    }
    startWith(other.count.length);
    for (int k = 0; k < count.length; k++) {
      long both = count[k] + other.count[k];
      if (other.count[k] > 0) {
        double delta = other.mean[k] - mean[k];
        spread[k] += other.spread[k] + delta * delta * count[k] * other.count[k] / both;
        mean[k] += delta * other.count[k] / both;
      }
      squaredError[k] += other.squaredError[k];
      count[k] = both;
    }
  }

  @Override
  public void reset() {
    count = new long[0];
    mean = new double[0];
    spread = new double[0];
    squaredError = new double[0];
  }

  @Override
  public String stats() {
    if (count.length == 0) {
      return "SeriesEvaluation: no data";
    }
    return String.format(
        Locale.ROOT,
        "R2 %.4f, RSE %.4f over %d series, %d of them constant and without R2",
        r2(),
        rse(),
        count.length,
        constantSeries());
  }

  @Override
  public double getValue(IMetric metric) {
    Objects.requireNonNull(metric, "metric");
    if (!(metric instanceof Metric)) {
      throw new IllegalArgumentException(
          "SeriesEvaluation: expected one of "
              + Arrays.toString(Metric.values())
              + ", got "
              + metric);
    }
    return metric == Metric.R2 ? r2() : rse();
  }

  @Override
  public SeriesEvaluation newInstance() {
    return new SeriesEvaluation();
  }

  @Override
  public boolean equals(Object o) {
    if (!(o instanceof SeriesEvaluation)) {
      return false;
    }
    SeriesEvaluation e = (SeriesEvaluation) o;
    return Arrays.equals(count, e.count)
        && Arrays.equals(mean, e.mean)
        && Arrays.equals(spread, e.spread)
        && Arrays.equals(squaredError, e.squaredError);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(count), Arrays.hashCode(mean));
  }
}
