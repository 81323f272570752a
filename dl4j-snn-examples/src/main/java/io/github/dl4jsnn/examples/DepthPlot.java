package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.monitor.SpikePlots;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.knowm.xchart.XYChart;

/** Accuracy, and distance of the embeddings, against depth: two charts below each other. */
final class DepthPlot {

  private DepthPlot() {}

  /** Mean and deviation of one model at one depth. */
  private static final class Point {
    final double mean;
    final double deviation;

    Point(List<String> fields) {
      mean = Double.parseDouble(fields.get(3));
      deviation = Double.parseDouble(fields.get(4));
    }
  }

  /**
   * Draws what a table holds about one graph.
   *
   * @param png file to write
   * @param csv table of results
   * @param data graph
   */
  static void save(Path png, Path csv, NodeData data) throws IOException {
    StudyPictures.save(
        png,
        1,
        List.of(
            chart(points(csv, data, "accuracy"), "Accuracy against depth, " + data, "accuracy (%)"),
            chart(
                points(csv, data, "distance"), "Over-smoothing, " + data, "mean cosine distance")));
  }

  /** Points by model and depth. */
  private static Map<String, TreeMap<Integer, Point>> points(Path csv, NodeData data, String metric)
      throws IOException {
    Map<String, TreeMap<Integer, Point>> points = new LinkedHashMap<>();
    for (List<String> fields : ResultsCsv.results(csv)) {
      if (fields.get(1).equals(data.toString()) && fields.get(2).equals(metric)) {
        points
            .computeIfAbsent(fields.get(0), model -> new TreeMap<>())
            .put(Integer.parseInt(fields.get(6)), new Point(fields));
      }
    }
    if (points.isEmpty()) {
      throw new IOException(csv + ": nothing about the " + metric + " of " + data);
    }
    return points;
  }

  /** Depths on a logarithmic axis. */
  private static XYChart chart(
      Map<String, TreeMap<Integer, Point>> points, String title, String yAxis) {
    Map<String, double[]> means = new LinkedHashMap<>();
    points.forEach(
        (model, p) ->
            means.put(model, p.values().stream().mapToDouble(point -> point.mean).toArray()));
    XYChart chart = SpikePlots.lines(title, "graph convolutions", yAxis, means);
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    for (Map.Entry<String, TreeMap<Integer, Point>> model : points.entrySet()) {
      double[] x = model.getValue().keySet().stream().mapToDouble(d -> d).toArray();
      double[] deviations =
          model.getValue().values().stream().mapToDouble(p -> p.deviation).toArray();
      chart.updateXYSeries(model.getKey(), x, means.get(model.getKey()), deviations);
      low = Math.min(low, x[0]);
      high = Math.max(high, x[x.length - 1]);
    }
    chart
        .getStyler()
        .setXAxisLogarithmic(true)
        .setXAxisLogarithmicDecadeOnly(false)
        .setXAxisTickLabelsFormattingFunction(depth -> Long.toString(Math.round(depth)))
        .setXAxisMin(low)
        .setXAxisMax(high * 1.25);
    return chart;
  }
}
