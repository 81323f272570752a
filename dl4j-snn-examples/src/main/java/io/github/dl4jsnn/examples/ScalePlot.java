package io.github.dl4jsnn.examples;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Time and memory of an epoch against the number of nodes, side by side. */
final class ScalePlot {
  private static final int WIDTH = 620;
  private static final int HEIGHT = 460;

  private ScalePlot() {}

  static void save(Path png, List<ScalePoint> points) throws IOException {
    StudyPictures.save(
        png,
        2,
        List.of(
            chart("Time of a training epoch", "seconds", points, ScalePoint::seconds),
            chart("Peak resident memory", "GB", points, p -> p.residentBytes / (1 << 30))));
  }

  private static XYChart chart(
      String title, String unit, List<ScalePoint> points, ToDoubleFunction<ScalePoint> y) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("nodes (10 undirected edges each)")
            .yAxisTitle(unit)
            .build();
    chart
        .getStyler()
        .setXAxisLogarithmic(true)
        .setYAxisLogarithmic(true)
        .setLegendPosition(LegendPosition.InsideNW)
        .setChartBackgroundColor(Color.WHITE);
    for (ScaleMode mode : ScaleMode.values()) {
      List<ScalePoint> of =
          points.stream()
              .filter(p -> p.mode == mode && y.applyAsDouble(p) > 0)
              .collect(Collectors.toList());
      if (!of.isEmpty()) {
        double exponent = ScaleFit.exponent(ScaleFit.large(points, mode), y);
        chart.addSeries(
            mode.name().toLowerCase(Locale.ROOT)
                + (mode == ScaleMode.FULL ? " batch" : " neighbours")
                + (Double.isNaN(exponent)
                    ? ""
                    : String.format(Locale.ROOT, ", exponent %.2f", exponent)),
            of.stream().mapToDouble(p -> p.nodes).toArray(),
            of.stream().mapToDouble(y).toArray());
      }
    }
    return chart;
  }
}
