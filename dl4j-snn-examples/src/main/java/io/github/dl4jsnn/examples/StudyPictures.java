package io.github.dl4jsnn.examples;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Several charts of one study in one PNG. */
final class StudyPictures {

  private static final int WIDTH = 460;
  private static final int HEIGHT = 360;
  private static final Color[] COLORS = {new Color(0x0072B2), new Color(0xD55E00)};

  private StudyPictures() {}

  /** Returns an empty chart. */
  static XYChart chart(String title, String xAxis, String yAxis) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(xAxis)
            .yAxisTitle(yAxis)
            .build();
    chart
        .getStyler()
        .setLegendPosition(LegendPosition.OutsideS)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false)
        .setSeriesColors(COLORS);
    chart.getStyler().setPlotGridVerticalLinesVisible(false);
    return chart;
  }

  /** Adds a curve over the epochs 1, 2, ... */
  static void curve(XYChart chart, String name, double[] values) {
    double[] epochs = new double[values.length];
    for (int i = 0; i < epochs.length; i++) {
      epochs[i] = i + 1;
    }
    chart.addSeries(name, epochs, values).setMarker(SeriesMarkers.NONE);
    chart.getStyler().setXAxisMin(0.0).setXAxisTickMarkSpacingHint(70);
  }

  /**
   * Adds points over a logarithmic axis, with error bars.
   *
   * @param deviations lengths of the bars to either side, or null for none
   */
  static void points(XYChart chart, int[] x, double[] y, double[] deviations) {
    double[] places = Arrays.stream(x).asDoubleStream().toArray();
    chart.addSeries(chart.getTitle(), places, y, deviations).setMarker(SeriesMarkers.CIRCLE);
    chart
        .getStyler()
        .setErrorBarsColor(COLORS[0])
        .setXAxisLogarithmic(true)
        .setXAxisLogarithmicDecadeOnly(false)
        .setXAxisMin(places[0])
        .setXAxisMax(places[places.length - 1] * 1.25);
    chart.getStyler().setLegendVisible(false);
  }

  /** Saves charts side by side, as small ones; missing folders are made. */
  static void save(Path png, List<XYChart> charts) throws IOException {
    save(png, charts.size(), WIDTH, HEIGHT, charts);
  }

  /** Saves charts in rows of so many, in the size of the first; missing folders are made. */
  static void save(Path png, int columns, List<XYChart> charts) throws IOException {
    save(png, columns, charts.get(0).getWidth(), charts.get(0).getHeight(), charts);
  }

  private static void save(Path png, int columns, int width, int height, List<XYChart> charts)
      throws IOException {
    int rows = (charts.size() + columns - 1) / columns;
    BufferedImage sheet =
        new BufferedImage(columns * width, rows * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = sheet.createGraphics();
    for (int i = 0; i < charts.size(); i++) {
      BufferedImage cell = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      Graphics2D c = cell.createGraphics();
      charts.get(i).paint(c, width, height);
      c.dispose();
      g.drawImage(cell, i % columns * width, i / columns * height, null);
    }
    g.dispose();
    makeParents(png);
    ImageIO.write(sheet, "png", png.toFile());
  }

  /** Saves the lines of a table; missing folders are made. */
  static void saveTable(Path csv, List<String> lines) throws IOException {
    makeParents(csv);
    Files.writeString(csv, String.join("\n", lines) + "\n");
  }

  private static void makeParents(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
  }
}
