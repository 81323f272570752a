package io.github.dl4jsnn.monitor;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Map;
import java.util.TreeMap;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Spike rasters; what they show is said in {@link SpikePlots}. */
final class RasterPlot {

  private RasterPlot() {}

  static XYChart ofExample(INDArray spikes, int example, int maxNeurons, String title) {
    Raster.check(spikes, maxNeurons, example);
    int steps = (int) spikes.size(1);
    int every = Raster.every(spikes, maxNeurons);
    Raster raster = new Raster();
    raster.add(spikes, example, every, row -> row * every);
    int neurons = (int) spikes.size(2);
    int rows = (neurons - 1) / every + 1;
    XYChart chart = rasterChart(title, steps, -0.5 * every, (rows - 0.5) * every);
    chart.setYAxisTitle(every == 1 ? "neuron" : "neuron (1 of " + every + " shown)");
    chart.getStyler().setLegendVisible(false);
    chart
        .getStyler()
        .setYAxisTickMarkSpacingHint(ChartStyle.spacing(ChartStyle.PLOT_HEIGHT, neurons));
    chart
        .getStyler()
        .setYAxisTickLabelsFormattingFunction(y -> ChartStyle.integer(y, 0, neurons - 1));
    addSpikes(chart, "spikes", raster, tick(steps, rows), ChartStyle.color(0));
    return chart;
  }

  static XYChart ofExamples(
      INDArray spikes,
      int[] examples,
      int[] classes,
      int neuronsPerExample,
      String title,
      String[] classNames) {
    Raster.check(spikes, neuronsPerExample, examples);
    checkClasses(examples, classes, classNames);
    int steps = (int) spikes.size(1);
    int every = Raster.every(spikes, neuronsPerExample);
    int rows = ((int) spikes.size(2) - 1) / every + 1;
    // Band b fills b - 0.5 to b + 0.5, the first example's at the top, and keeps half a row free on
    // either side.
    Map<Integer, Raster> byClass = new TreeMap<>();
    for (int k = 0; k < examples.length; k++) {
      double bottom = examples.length - 1 - k - 0.5;
      byClass
          .computeIfAbsent(classes[k], c -> new Raster())
          .add(spikes, examples[k], every, row -> bottom + (row + 1.0) / (rows + 1));
    }
    XYChart chart = rasterChart(title, steps, -0.5, examples.length - 0.5);
    chart.setYAxisTitle(bandTitle(rows, (int) spikes.size(2)));
    separators(chart, steps, examples.length);
    SpikeTick tick = tick(steps, examples.length * (rows + 1));
    byClass.forEach(
        (c, raster) ->
            addSpikes(
                chart,
                classNames.length == 0 ? "class " + c : classNames[c],
                raster,
                tick,
                ChartStyle.color(c)));
    bandLabels(chart, examples);
    ChartStyle.legend(chart);
    return chart;
  }

  private static XYChart rasterChart(String title, int steps, double yMin, double yMax) {
    XYChart chart = ChartStyle.chart(title);
    chart.setXAxisTitle("time step");
    XYStyler styler = chart.getStyler();
    styler.setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    styler.setMarkerSize(18);
    styler.setPlotGridLinesVisible(false);
    styler.setXAxisMin(-0.5).setXAxisMax(steps - 0.5);
    styler.setXAxisTickMarkSpacingHint(ChartStyle.spacing(ChartStyle.PLOT_WIDTH, steps));
    styler.setYAxisMin(yMin).setYAxisMax(yMax);
    styler.setXAxisTickLabelsFormattingFunction(x -> ChartStyle.integer(x, 0, steps - 1));
    return chart;
  }

  private static String bandTitle(int rows, int neurons) {
    String shown = rows == neurons ? "" : rows + " of ";
    return "example (" + shown + neurons + (neurons == 1 ? " neuron" : " neurons") + " each)";
  }

  /**
   * A tick as high as its row allows, and wide enough to be seen where steps are few: a fifth of a
   * time step, at most 8 pixels.
   */
  private static SpikeTick tick(int steps, int rows) {
    double height = Math.max(2, Math.min(18, 0.85 * ChartStyle.PLOT_HEIGHT / rows));
    double width = Math.max(1, Math.min(8, 0.2 * ChartStyle.PLOT_WIDTH / steps));
    return new SpikeTick(width, height);
  }

  private static void addSpikes(
      XYChart chart, String name, Raster raster, SpikeTick tick, Color color) {
    // XChart refuses an empty series; a point that is not a number is accepted and not drawn.
    double[] x = raster.isEmpty() ? new double[] {Double.NaN} : raster.x();
    double[] y = raster.isEmpty() ? new double[] {Double.NaN} : raster.y();
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(tick);
    series.setMarkerColor(color);
  }

  private static void separators(XYChart chart, int steps, int bands) {
    for (int b = 1; b < bands; b++) {
      XYSeries line =
          chart.addSeries(
              " separator " + b, new double[] {-0.5, steps - 0.5}, new double[] {b - 0.5, b - 0.5});
      line.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
      line.setMarker(SeriesMarkers.NONE);
      line.setLineColor(ChartStyle.GRID);
      line.setLineStyle(new BasicStroke(1f));
      line.setShowInLegend(false);
    }
  }

  /** Labels the middle of each band, as far as there is room, with the example's index. */
  private static void bandLabels(XYChart chart, int[] examples) {
    int bands = examples.length;
    XYStyler styler = chart.getStyler();
    styler.setYAxisTickMarkSpacingHint(ChartStyle.spacing(ChartStyle.PLOT_HEIGHT, bands));
    styler.setYAxisTickMarksColor(Color.WHITE);
    styler.setYAxisTickLabelsFormattingFunction(
        y -> {
          int band = ChartStyle.whole(y, 0, bands - 1);
          return band < 0 ? ChartStyle.blank(y, 0) : Integer.toString(examples[bands - 1 - band]);
        });
  }

  private static void checkClasses(int[] examples, int[] classes, String[] classNames) {
    if (examples.length == 0) {
      throw new IllegalArgumentException("Expected at least one example, got none");
    }
    if (classes.length != examples.length) {
      throw new IllegalArgumentException(
          "Expected one class for each of "
              + examples.length
              + " examples, got "
              + classes.length
              + " classes");
    }
    for (int c : classes) {
      if (c < 0 || classNames.length > 0 && c >= classNames.length) {
        throw new IllegalArgumentException(
            "Expected classes from 0"
                + (classNames.length > 0 ? " to " + (classNames.length - 1) : "")
                + ", got "
                + c);
      }
    }
  }
}
