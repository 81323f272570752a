package io.github.dl4jsnn.monitor;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Firing rates of layers; what the pictures show is said in {@link SpikePlots}. */
final class RatePlot {

  /** Fewest bins shown: up to a rate of 0.1. */
  private static final int MIN_BINS = RateHistogram.BINS / 10;

  private static final int FILL_OPACITY = 50;

  private RatePlot() {}

  static XYChart overIterations(
      SpikingStatsListener listener,
      String yAxis,
      ToDoubleFunction<SpikingLayerStats> value,
      String title) {
    List<SpikingStats> history = listener.history();
    int[] iterations = history.stream().mapToInt(SpikingStats::iteration).toArray();
    Map<String, double[]> series = new LinkedHashMap<>();
    for (String layer : listener.last().layers().keySet()) {
      series.put(
          layer, history.stream().mapToDouble(s -> value.applyAsDouble(s.layer(layer))).toArray());
    }
    XYChart chart = LinePlot.of(title, "iteration", yAxis, iterations, series);
    double highest =
        series.values().stream().flatMapToDouble(java.util.Arrays::stream).max().orElse(0);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(highest > 0 ? 1.05 * highest : 0.1);
    return chart;
  }

  static XYChart histogram(SpikingStats stats, String title) {
    if (stats.layers().isEmpty()) {
      throw new IllegalArgumentException("Expected at least one layer, got none");
    }
    int bins = MIN_BINS;
    for (SpikingLayerStats s : stats.layers().values()) {
      bins = Math.max(bins, s.rateHistogram().lastBin() + 1);
    }
    XYChart chart = ChartStyle.chart(title);
    chart.setXAxisTitle("firing rate of a neuron, spikes per step");
    chart.setYAxisTitle("neurons, per cent");
    XYStyler styler = chart.getStyler();
    styler.setXAxisTickLabelsFormattingFunction(ChartStyle::number);
    styler.setXAxisTickMarkSpacingHint(ChartStyle.numberWidth(1.0 / RateHistogram.BINS));
    styler.setXAxisMin(0.0).setXAxisMax((double) bins / RateHistogram.BINS).setYAxisMin(0.0);
    styler.setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Area);
    int index = 0;
    for (Map.Entry<String, SpikingLayerStats> e : stats.layers().entrySet()) {
      addSteps(chart, name(e.getKey(), e.getValue()), e.getValue(), bins, index++);
    }
    ChartStyle.legend(chart);
    ChartStyle.roundTicks(chart, 0.5 / RateHistogram.BINS, 0);
    return chart;
  }

  private static String name(String layer, SpikingLayerStats s) {
    return String.format(Locale.ROOT, "%s (%.0f %% silent)", layer, 100 * s.spikes().silentShare());
  }

  private static void addSteps(
      XYChart chart, String name, SpikingLayerStats s, int bins, int index) {
    RateHistogram h = s.rateHistogram();
    double[] x = new double[2 * bins];
    double[] y = new double[2 * bins];
    for (int b = 0; b < bins; b++) {
      x[2 * b] = (double) b / RateHistogram.BINS;
      x[2 * b + 1] = (b + 1.0) / RateHistogram.BINS;
      y[2 * b] = y[2 * b + 1] = 100.0 * h.neurons(b) / h.neurons();
    }
    Color c = ChartStyle.color(index);
    XYSeries area = chart.addSeries(name, x, y);
    area.setMarker(SeriesMarkers.NONE);
    area.setLineColor(c);
    area.setLineStyle(new BasicStroke(2f));
    area.setFillColor(new Color(c.getRed(), c.getGreen(), c.getBlue(), FILL_OPACITY));
  }
}
