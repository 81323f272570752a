package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.BpsaSurrogate;
import io.github.dl4jsnn.neuron.ErfSurrogate;
import io.github.dl4jsnn.neuron.FakeNumericalGradientSurrogate;
import io.github.dl4jsnn.neuron.FastSigmoidSurrogate;
import io.github.dl4jsnn.neuron.LeakyKReluSurrogate;
import io.github.dl4jsnn.neuron.LogTailedReluSurrogate;
import io.github.dl4jsnn.neuron.NonzeroSignLogAbsSurrogate;
import io.github.dl4jsnn.neuron.PiecewiseExpSurrogate;
import io.github.dl4jsnn.neuron.PiecewiseLeakyReluSurrogate;
import io.github.dl4jsnn.neuron.QPseudoSpikeSurrogate;
import io.github.dl4jsnn.neuron.RectangularSurrogate;
import io.github.dl4jsnn.neuron.S2nnSurrogate;
import io.github.dl4jsnn.neuron.SigmoidSurrogate;
import io.github.dl4jsnn.neuron.SoftSignSurrogate;
import io.github.dl4jsnn.neuron.SquarewaveFourierSurrogate;
import io.github.dl4jsnn.neuron.StraightThroughSurrogate;
import io.github.dl4jsnn.neuron.SuperSpikeSurrogate;
import io.github.dl4jsnn.neuron.Surrogate;
import io.github.dl4jsnn.neuron.TriangularSurrogate;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws the surrogates of the library, derivative and primitive, for {@code docs/neurons.md}.
 *
 * <p>Run from the root of the project: {@code mvn -q -pl dl4j-snn-examples -am compile exec:java
 * -Dexec.mainClass=io.github.dl4jsnn.examples.SurrogatePictures}; an argument names another file
 * than {@code docs/images/surrogates.png}.
 */
public final class SurrogatePictures {
  private static final float THRESHOLD = 1;
  private static final int POINTS = 601;
  private static final double REACH = 2;
  private static final int COLUMNS = 4;
  private static final int WIDTH = 310;
  private static final int HEIGHT = 190;

  private static final List<Surrogate> SURROGATES =
      List.of(
          new RectangularSurrogate(),
          new ArctanSurrogate(),
          new SigmoidSurrogate(),
          new FastSigmoidSurrogate(),
          new SuperSpikeSurrogate(),
          new SoftSignSurrogate(),
          new TriangularSurrogate(),
          new PiecewiseExpSurrogate(),
          new ErfSurrogate(),
          new NonzeroSignLogAbsSurrogate(),
          new PiecewiseLeakyReluSurrogate(),
          new SquarewaveFourierSurrogate(),
          new S2nnSurrogate(),
          new QPseudoSpikeSurrogate(),
          new LeakyKReluSurrogate(),
          new FakeNumericalGradientSurrogate(),
          new LogTailedReluSurrogate(),
          new StraightThroughSurrogate(),
          new BpsaSurrogate());

  private SurrogatePictures() {}

  /**
   * Draws the grid.
   *
   * @param args the PNG to write
   * @throws IOException if it cannot be written
   */
  public static void main(String[] args) throws IOException {
    Path png = Path.of(args.length == 0 ? "docs/images/surrogates.png" : args[0]);
    int rows = (SURROGATES.size() + COLUMNS - 1) / COLUMNS;
    BufferedImage grid =
        new BufferedImage(COLUMNS * WIDTH, rows * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = grid.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, grid.getWidth(), grid.getHeight());
    for (int i = 0; i < SURROGATES.size(); i++) {
      BufferedImage cell = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
      Graphics2D c = cell.createGraphics();
      chart(SURROGATES.get(i)).paint(c, WIDTH, HEIGHT);
      c.dispose();
      g.drawImage(cell, i % COLUMNS * WIDTH, i / COLUMNS * HEIGHT, null);
    }
    g.dispose();
    if (png.toAbsolutePath().getParent() != null) {
      Files.createDirectories(png.toAbsolutePath().getParent());
    }
    ImageIO.write(grid, "png", png.toFile());
  }

  private static XYChart chart(Surrogate s) {
    double[] u = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      u[i] = THRESHOLD + REACH * (2.0 * i / (POINTS - 1) - 1);
    }
    double[] derivative = new double[POINTS];
    s.derivative(u, THRESHOLD, derivative, POINTS);
    double[] primitive = new double[POINTS];
    s.primitive(u, THRESHOLD, primitive, POINTS);
    double[] x = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      x[i] = u[i] - THRESHOLD;
    }
    XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(s.toString()).build();
    chart
        .getStyler()
        .setLegendVisible(false)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false)
        .setChartTitleFont(chart.getStyler().getChartTitleFont().deriveFont(11f));
    chart
        .getStyler()
        .setXAxisMaxLabelCount(5)
        .setAxisTickLabelsFont(chart.getStyler().getAxisTickLabelsFont().deriveFont(9f));
    line(chart, "s'(x)", x, derivative, new Color(0x1f77b4));
    line(chart, "s(x)", x, primitive, new Color(0xff7f0e)).setLineStyle(SeriesLines.DASH_DASH);
    return chart;
  }

  private static XYSeries line(XYChart chart, String name, double[] x, double[] y, Color color) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE).setLineColor(color).setLineWidth(1.6f);
    return series;
  }
}
