package io.github.dl4jsnn.examples;

import java.util.stream.DoubleStream;

/** Mean and deviation of what the seeds of a study gave. */
final class Sample {

  private final double[] values;

  Sample(double... values) {
    this.values = values.clone();
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
}
