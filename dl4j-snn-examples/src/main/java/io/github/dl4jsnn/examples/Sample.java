package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Mean and deviation of a value over several training runs. */
final class Sample {

  private final double[] values;

  private Sample(double[] values) {
    this.values = values;
  }

  static <R> Sample of(List<R> runs, ToDoubleFunction<R> value) {
    return new Sample(runs.stream().mapToDouble(value).toArray());
  }

  double mean() {
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    return sum / values.length;
  }

  /** Returns the deviation of a sample (n - 1); 0 of a single run. */
  double deviation() {
    double mean = mean();
    double squares = 0;
    for (double v : values) {
      squares += (v - mean) * (v - mean);
    }
    return Math.sqrt(squares / Math.max(1, values.length - 1));
  }

  String format(String format) {
    return String.format(ROOT, format + " +- " + format, mean(), deviation());
  }
}
