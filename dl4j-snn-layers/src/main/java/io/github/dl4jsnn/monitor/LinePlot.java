package io.github.dl4jsnn.monitor;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Curves; what they show is said in {@link SpikePlots}. */
final class LinePlot {

  /** Up to this many points a curve shows each of them. */
  private static final int MAX_MARKED_POINTS = 30;

  private LinePlot() {}

  /** Over whole numbers {@code x}, ascending, as many as the longest series has values. */
  static XYChart of(
      String title, String xAxis, String yAxis, int[] x, Map<String, double[]> series) {
    checkSeries(x, series);
    XYChart chart = ChartStyle.chart(title);
    chart.setXAxisTitle(xAxis);
    chart.setYAxisTitle(yAxis);
    int first = x[0];
    int last = x[x.length - 1];
    // An axis needs a length also when there is but one point.
    double margin = x.length == 1 ? 0.5 : 0;
    XYStyler styler = chart.getStyler();
    styler.setXAxisMin(first - margin).setXAxisMax(last + margin);
    int steps = last - first + 1;
    styler.setXAxisTickMarkSpacingHint(
        Math.max(ChartStyle.numberWidth(last), ChartStyle.spacing(ChartStyle.PLOT_WIDTH, steps)));
    styler.setXAxisTickLabelsFormattingFunction(v -> ChartStyle.integer(v, first, last));
    styler.setMarkerSize(6).setLegendVisible(series.size() > 1);
    int i = 0;
    for (Map.Entry<String, double[]> line : series.entrySet()) {
      addLine(chart, line.getKey(), x, line.getValue(), i++);
    }
    ChartStyle.legend(chart);
    if (x.length > MAX_MARKED_POINTS) {
      ChartStyle.roundTicks(chart, first + 0.5 * (x[1] - first), anyOf(series));
    }
    return chart;
  }

  /** Returns 1, 2, ..., up to the length of the longest series. */
  static int[] counting(Map<String, double[]> series) {
    int[] x = new int[series.values().stream().mapToInt(y -> y.length).max().orElse(1)];
    Arrays.setAll(x, i -> i + 1);
    return x;
  }

  private static double anyOf(Map<String, double[]> series) {
    double[] y = series.values().iterator().next();
    return DoubleStream.of(y).filter(Double::isFinite).findFirst().orElse(0);
  }

  private static void addLine(XYChart chart, String name, int[] x, double[] y, int index) {
    double[] places = Arrays.stream(x, 0, y.length).asDoubleStream().toArray();
    Color color = ChartStyle.color(index);
    XYSeries series = chart.addSeries(name, places, y);
    series.setLineColor(color);
    series.setMarkerColor(color);
    series.setMarker(y.length <= MAX_MARKED_POINTS ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    // Not dashed: XChart starts the dashes anew at every point, so dense curves would look solid.
    series.setLineStyle(new BasicStroke(index < ChartStyle.COLORS ? 2.2f : 1f));
  }

  private static void checkSeries(int[] x, Map<String, double[]> series) {
    if (series.isEmpty()) {
      throw new IllegalArgumentException("Expected at least one series, got none");
    }
    for (int i = 1; i < x.length; i++) {
      if (x[i] <= x[i - 1]) {
        throw new IllegalArgumentException(
            "Expected ascending x values, got " + x[i] + " behind " + x[i - 1]);
      }
    }
    series.forEach((name, y) -> checkSeries(name, x, y));
  }

  private static void checkSeries(String name, int[] x, double[] y) {
    if (DoubleStream.of(y).noneMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "Expected at least one finite value in series \"" + name + "\", got none");
    }
    if (DoubleStream.of(y).anyMatch(Double::isInfinite)) {
      throw new IllegalArgumentException(
          "Expected finite values or NaN in series \"" + name + "\", got an infinite one");
    }
    if (y.length > x.length) {
      throw new IllegalArgumentException(
          "Expected at most "
              + x.length
              + " values in series \""
              + name
              + "\", as there are x values, got "
              + y.length);
    }
  }
}
