package io.github.dl4jsnn.examples;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Growth with the number of nodes: the exponent b of {@code y = a nodes^b}. */
final class ScaleFit {
  /** Below, all of a graph is in the caches of the processor. */
  static final int FROM_NODES = 100_000;

  private ScaleFit() {}

  /** The points that growth is fitted to. */
  static List<ScalePoint> large(List<ScalePoint> points, ScaleMode mode) {
    return points.stream()
        .filter(p -> p.mode == mode && p.nodes >= FROM_NODES)
        .collect(Collectors.toList());
  }

  /**
   * Least squares in logarithms.
   *
   * @return b, or NaN with fewer than two different numbers of nodes
   */
  static double exponent(List<ScalePoint> points, ToDoubleFunction<ScalePoint> y) {
    double meanX = points.stream().mapToDouble(p -> Math.log(p.nodes)).average().orElse(0);
    double meanY =
        points.stream().mapToDouble(p -> Math.log(y.applyAsDouble(p))).average().orElse(0);
    double xy = 0;
    double xx = 0;
    for (ScalePoint p : points) {
      double x = Math.log(p.nodes) - meanX;
      xy += x * (Math.log(y.applyAsDouble(p)) - meanY);
      xx += x * x;
    }
    return xx < 1e-12 ? Double.NaN : xy / xx;
  }
}
