package io.github.dl4jsnn.monitor;

import java.awt.BasicStroke;
import java.util.Arrays;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Marked points over real x; what the picture shows is said in {@link SpikePlots}. */
final class CurvePlot {

  private CurvePlot() {}

  static XYChart of(String title, String xAxis, String yAxis, Map<String, double[][]> curves) {
    if (curves.isEmpty()) {
      throw new IllegalArgumentException("Expected at least one curve, got none");
    }
    curves.forEach(CurvePlot::check);
    XYChart chart = ChartStyle.chart(title);
    chart.setXAxisTitle(xAxis);
    chart.setYAxisTitle(yAxis);
    XYStyler styler = chart.getStyler();
    styler.setXAxisTickLabelsFormattingFunction(ChartStyle::number);
    styler.setMarkerSize(8).setLegendVisible(curves.size() > 1);
    int index = 0;
    for (Map.Entry<String, double[][]> curve : curves.entrySet()) {
      XYSeries series = chart.addSeries(curve.getKey(), curve.getValue()[0], curve.getValue()[1]);
      series.setLineColor(ChartStyle.color(index));
      series.setMarkerColor(ChartStyle.color(index));
      series.setMarker(SeriesMarkers.CIRCLE);
      series.setLineStyle(new BasicStroke(index < ChartStyle.COLORS ? 2.2f : 1f));
      index++;
    }
    ChartStyle.legend(chart);
    return chart;
  }

  private static void check(String name, double[][] xy) {
    boolean ok =
        xy.length == 2
            && xy[0].length == xy[1].length
            && xy[0].length > 0
            && Arrays.stream(xy).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
    if (!ok) {
      throw new IllegalArgumentException(
          "Expected as many finite y as x values, at least one, in curve \""
              + name
              + "\", got "
              + Arrays.deepToString(xy));
    }
  }
}
