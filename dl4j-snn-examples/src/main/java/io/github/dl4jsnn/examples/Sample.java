package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Mean and deviation of a value over several training runs. */
final class Sample {

  private final double[] values;

  Sample(double... values) {
    this.values = values.clone();
  }

  static <R> Sample of(List<R> runs, ToDoubleFunction<? super R> value) {
    return new Sample(runs.stream().mapToDouble(value).toArray());
  }

  /** Returns the mean; NaN of no values. */
  double mean() {
    return DoubleStream.of(values).average().orElse(Double.NaN);
  }

  /** Returns the deviation of a sample (n - 1); 0 of a single value. */
  double deviation() {
    double mean = mean();
    double squares = DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / Math.max(1, values.length - 1));
  }

  String format(String format) {
    return String.format(ROOT, format + " +- " + format, mean(), deviation());
  }
}
