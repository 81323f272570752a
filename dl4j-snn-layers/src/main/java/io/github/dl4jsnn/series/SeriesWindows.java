package io.github.dl4jsnn.series;

import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.internal.BuilderChecks;
import java.io.Serializable;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Series cut into windows for forecasting: {@code L} rows in, the {@code H} rows after them to be
 * forecast, in training, validation and test parts that follow each other in time.
 *
 * <pre>
 *   features[n, l, c]     = z[i + l, c]            l = 0..L-1
 *   labels[n, h C + c]    = z[i + L + h, c]        h = 0..H-1
 * </pre>
 *
 * <p>for the window that begins at row {@code i}. It belongs to the part in which <b>all</b> rows
 * of its labels lie; its inputs may reach back into the part before. Windows whose labels lie in
 * two parts are in none. {@code z} are the z-scores by means and deviations of the training rows
 * ({@link ZScore}), or the values themselves with {@code standardize(false)}.
 *
 * <p><b>Channel-independent.</b> With {@code channelIndependent(true)} each channel of a window is
 * an example of its own, so that one network learns from all channels how a single one goes on: C
 * times the examples of 1 channel, those of a window one after the other. It is small, cannot
 * overfit what channels have in common by chance, and forecasts series it has never seen; it does
 * not see what one channel tells of another.
 *
 * <pre>
 *   features[n, l, 0]     = z[i + l, c]            example n = i C + c
 *   labels[n, h]          = z[i + L + h, c]
 * </pre>
 *
 * <p><b>Parts.</b> With fractions {@code t}, {@code v} of {@code R} rows, training is the first
 * {@code round(t R)} rows, validation goes on to row {@code round((t + v) R)}, the rest is test.
 *
 * <p><b>Shapes.</b> Features {@code [N, L, C]} (NWC, one step a row), labels {@code [N, H C]}: the
 * output of a dense layer of {@code H C} neurons. Immutable; iterators share the values.
 *
 * <pre>{@code
 * SeriesWindows windows = SeriesWindows.builder(SeriesSets.metrLaWeek())
 *     .inputLength(12).horizon(6).parts(0.7, 0.1).build();
 * network.fit(windows.iterator(Split.TRAIN).batchSize(32).shuffle(1).build());
 * }</pre>
 *
 * <p><b>Source.</b> Parts and scaling as in C. Lv, Y. Wang, D. Han, Y. Shen, X. Zheng, X. Huang, D.
 * Li, "Efficient and Effective Time-Series Forecasting with Spiking Neural Networks", ICML 2024;
 * channel independence as in Y. Nie, N. Nguyen, P. Sinthong, J. Kalagnanam, "A Time Series is Worth
 * 64 Words: Long-term Forecasting with Transformers", ICLR 2023, section 3.1.
 */
public final class SeriesWindows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SeriesData data;
  private final SeriesData scaled;
  private final ZScore scaling;
  private final int inputLength;
  private final int horizon;
  private final int trainEnd;
  private final int validationEnd;
  private final boolean channelIndependent;

  private SeriesWindows(Builder b) {
    data = b.data;
    inputLength = b.inputLength;
    horizon = b.horizon;
    channelIndependent = b.channelIndependent;
    trainEnd = (int) Math.round(b.train * data.rows());
    validationEnd = (int) Math.round((b.train + b.validation) * data.rows());
    scaling = b.standardize ? ZScore.of(data, Math.max(1, trainEnd)) : null;
    scaled = b.standardize ? scaling.apply(data) : data;
    for (Split part : new Split[] {Split.TRAIN, Split.VALIDATION, Split.TEST}) {
      if (count(part) < 1) {
        throw new IllegalArgumentException(
            String.format(
                "%s: no window of %d + %d rows has its labels in part %s, rows %d to %d",
                data, inputLength, horizon, part, firstRow(part), endRow(part) - 1));
      }
    }
  }

  /**
   * Begins with the defaults.
   *
   * @param data the series
   * @return input length 12, horizon 6, parts 0.7, 0.1 and 0.2, standardized
   */
  public static Builder builder(SeriesData data) {
    return new Builder(data);
  }

  /**
   * The series, as they were given.
   *
   * @return in their own units
   */
  public SeriesData data() {
    return data;
  }

  /**
   * How values are scaled.
   *
   * @return by the training rows; null if they are not
   */
  public ZScore scaling() {
    return scaling;
  }

  /**
   * Rows that go in.
   *
   * @return L
   */
  public int inputLength() {
    return inputLength;
  }

  /**
   * Rows to be forecast.
   *
   * @return H
   */
  public int horizon() {
    return horizon;
  }

  /**
   * Number of channels of an example.
   *
   * @return C; 1 if channels are examples of their own
   */
  public int channels() {
    return channelIndependent ? 1 : data.channels();
  }

  /**
   * Number of labels of an example.
   *
   * @return H times {@link #channels}
   */
  public int labelCount() {
    return Math.multiplyExact(horizon, channels());
  }

  /**
   * First row of a part.
   *
   * @param part TRAIN, VALIDATION or TEST
   * @return a row of the series
   */
  public int firstRow(Split part) {
    switch (part) {
      case TRAIN:
        return 0;
      case VALIDATION:
        return trainEnd;
      case TEST:
        return validationEnd;
      default:
        throw new IllegalArgumentException("expected TRAIN, VALIDATION or TEST, got " + part);
    }
  }

  /**
   * Row behind a part.
   *
   * @param part TRAIN, VALIDATION or TEST
   * @return the first row that is not in it any more
   */
  public int endRow(Split part) {
    return part == Split.TRAIN
        ? trainEnd
        : part == Split.VALIDATION ? validationEnd : endOfTest(part);
  }

  private int endOfTest(Split part) {
    firstRow(part); // refuses what is no part
    return data.rows();
  }

  /**
   * Number of examples of a part: windows, or channels of windows.
   *
   * @param part TRAIN, VALIDATION or TEST
   * @return at least 1
   */
  public int count(Split part) {
    return Math.max(0, endRow(part) - horizon - firstLabelRow(part) + 1) * examplesPerWindow();
  }

  /**
   * Row of the first label of an example.
   *
   * @param part TRAIN, VALIDATION or TEST
   * @param example from 0 to {@code count(part) - 1}, in time order
   * @return a row of the series
   * @throws IndexOutOfBoundsException if there is no such example
   */
  public int labelRow(Split part, int example) {
    return firstLabelRow(part) + Objects.checkIndex(example, count(part)) / examplesPerWindow();
  }

  /**
   * Number of examples that each window gives.
   *
   * @return 1; C if channels are examples of their own
   */
  public int examplesPerWindow() {
    return channelIndependent ? data.channels() : 1;
  }

  private int firstLabelRow(Split part) {
    return Math.max(inputLength, firstRow(part));
  }

  /**
   * Begins an iterator over a part, for {@code fit} and {@code evaluate}.
   *
   * @param part TRAIN, VALIDATION or TEST
   * @return batches of 32 in time order
   */
  public SeriesIterator.Builder iterator(Split part) {
    firstRow(part);
    return new SeriesIterator.Builder(this, part);
  }

  /**
   * Some examples of a part.
   *
   * @param part TRAIN, VALIDATION or TEST
   * @param examples their numbers, from 0 to {@code count(part) - 1} each
   * @param type FLOAT or DOUBLE
   * @return features {@code [N, L, C]} and labels {@code [N, H C]}
   * @throws IndexOutOfBoundsException if there is no such example
   */
  public DataSet dataSet(Split part, int[] examples, DataType type) {
    int c = channels();
    double[] features = new double[Math.multiplyExact(examples.length, inputLength * c)];
    double[] labels = new double[Math.multiplyExact(examples.length, horizon * c)];
    for (int n = 0; n < examples.length; n++) {
      int row = labelRow(part, examples[n]);
      if (channelIndependent) {
        int channel = examples[n] % data.channels();
        scaled.copyRows(row - inputLength, inputLength, channel, features, n * inputLength);
        scaled.copyRows(row, horizon, channel, labels, n * horizon);
      } else {
        scaled.copyRows(row - inputLength, inputLength, features, n * inputLength * c);
        scaled.copyRows(row, horizon, labels, n * horizon * c);
      }
    }
    return new DataSet(
        Nd4j.createFromArray(features).reshape('c', examples.length, inputLength, c).castTo(type),
        Nd4j.createFromArray(labels)
            .reshape('c', examples.length, (long) horizon * c)
            .castTo(type));
  }

  @Override
  public String toString() {
    return String.format(
        "%s, %d rows in, %d out; train/validation/test %d/%d/%d %s",
        data,
        inputLength,
        horizon,
        count(Split.TRAIN),
        count(Split.VALIDATION),
        count(Split.TEST),
        channelIndependent ? "channels of windows" : "windows");
  }

  /** Collects the options of {@link SeriesWindows}. */
  public static final class Builder {
    private final SeriesData data;
    private int inputLength = 12;
    private int horizon = 6;
    private double train = 0.7;
    private double validation = 0.1;
    private boolean standardize = true;
    private boolean channelIndependent;

    private Builder(SeriesData data) {
      this.data = Objects.requireNonNull(data, "data");
    }

    /**
     * Sets the number of rows that go in.
     *
     * @param inputLength L, at least 1; default 12
     * @return this builder
     */
    public Builder inputLength(int inputLength) {
      this.inputLength = BuilderChecks.size("SeriesWindows", "inputLength", inputLength);
      return this;
    }

    /**
     * Sets the number of rows to be forecast.
     *
     * @param horizon H, at least 1; default 6
     * @return this builder
     */
    public Builder horizon(int horizon) {
      this.horizon = BuilderChecks.size("SeriesWindows", "horizon", horizon);
      return this;
    }

    /**
     * Sets the parts; what is left is for the test.
     *
     * @param train share of the rows for training, above 0; default 0.7
     * @param validation share of the rows for validation, above 0; default 0.1
     * @return this builder
     * @throws IllegalArgumentException if one is not above 0, or both leave nothing
     */
    public Builder parts(double train, double validation) {
      if (!(train > 0) || !(validation > 0) || !(train + validation < 1)) {
        throw new IllegalArgumentException(
            "expected shares above 0 for training and validation, and below 1 together, got "
                + train
                + " and "
                + validation);
      }
      this.train = train;
      this.validation = validation;
      return this;
    }

    /**
     * Sets whether values become z-scores.
     *
     * @param standardize default true
     * @return this builder
     */
    public Builder standardize(boolean standardize) {
      this.standardize = standardize;
      return this;
    }

    /**
     * Sets whether each channel of a window is an example of its own.
     *
     * @param channelIndependent default false
     * @return this builder
     */
    public Builder channelIndependent(boolean channelIndependent) {
      this.channelIndependent = channelIndependent;
      return this;
    }

    /**
     * Builds the windows.
     *
     * @return windows over the whole series
     * @throws IllegalArgumentException if a part has no window
     */
    public SeriesWindows build() {
      return new SeriesWindows(this);
    }
  }
}
