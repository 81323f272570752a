package io.github.dl4jsnn.monitor;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Spike rasters and curves as pictures of 900 x 450 pixels; needs {@code org.knowm.xchart:xchart}
 * on the class path.
 *
 * <p>Each picture comes as a chart, to be changed or shown, and as a method that saves it as PNG;
 * neither needs a display. Colours are those of Okabe and Ito (2008), which people with a colour
 * vision deficiency can tell apart; beyond eight they repeat, in curves with thinner lines.
 *
 * <p>Spikes are {@code [N, T, F]} with values 0 and 1. Steps, neurons and examples are numbered as
 * in the array, from 0.
 */
public final class SpikePlots {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 450;

  /** Pixels of the plot inside the axes, roughly: what titles, labels and legend leave. */
  private static final int PLOT_WIDTH = 800;

  private static final int PLOT_HEIGHT = 320;

  /** Pixels of a legend entry's mark, and of one character of its name. */
  private static final int LEGEND_MARK = 45;

  private static final int LEGEND_CHAR = 8;

  /** Up to this many points a curve shows each of them. */
  private static final int MAX_MARKED_POINTS = 30;

  /** Okabe-Ito; yellow last, because it is faint on white. */
  private static final Color[] PALETTE = {
    new Color(0x0072B2), // blue
    new Color(0xD55E00), // vermillion
    new Color(0x009E73), // bluish green
    new Color(0xCC79A7), // reddish purple
    new Color(0xE69F00), // orange
    new Color(0x56B4E9), // sky blue
    new Color(0x000000), // black
    new Color(0xF0E442), // yellow
  };

  /** Pixels from one tick of an axis to the next that leave room for a label. */
  private static final int LABEL_WIDTH = 40;

  private static final int LABEL_HEIGHT = 25;

  private static final Color GRID = new Color(0xDDDDDD);
  private static final Color TEXT = new Color(0x333333);

  private SpikePlots() {}

  /**
   * Returns the raster of one example: time steps on x, neurons on y, a vertical tick for each
   * spike.
   *
   * @param spikes {@code [N, T, F]}, values 0 and 1
   * @param example index of the example, 0 to {@code N - 1}
   * @param maxNeurons most neurons to show, 1 or more (30 to 60 read well); of more neurons every
   *     second, third ... is shown, as the axis title says
   * @param title of the picture
   * @throws IllegalArgumentException if the array has another rank or other values, or a number is
   *     out of range
   */
  public static XYChart raster(INDArray spikes, int example, int maxNeurons, String title) {
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
    chart.getStyler().setYAxisTickMarkSpacingHint(spacing(PLOT_HEIGHT, neurons));
    chart.getStyler().setYAxisTickLabelsFormattingFunction(y -> integer(y, 0, neurons - 1));
    addSpikes(chart, "spikes", raster, tick(steps, rows), PALETTE[0]);
    return chart;
  }

  /**
   * Returns the rasters of several examples (or nodes of a graph) one above the other, the first
   * one at the top, coloured by class.
   *
   * @param spikes {@code [N, T, F]}, values 0 and 1
   * @param examples indices of the examples, one to twenty read well
   * @param classes class of each of these examples, 0 or more
   * @param neuronsPerExample most neurons to show of each example, chosen as in {@link
   *     #raster(INDArray, int, int, String)}; all examples together should stay below about 60
   * @param title of the picture
   * @param classNames names for the legend by class; none for "class 0", "class 1", ...
   * @throws IllegalArgumentException if the array has another rank or other values, a number is out
   *     of range, there is no example, not one class an example, or a class without a name
   */
  public static XYChart raster(
      INDArray spikes,
      int[] examples,
      int[] classes,
      int neuronsPerExample,
      String title,
      String... classNames) {
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
                PALETTE[c % PALETTE.length]));
    bandLabels(chart, examples);
    legend(
        chart,
        chart.getSeriesCollection().stream()
            .filter(XYSeries::isShowInLegend)
            .map(XYSeries::getName)
            .collect(Collectors.toList()));
    return chart;
  }

  /**
   * Saves {@link #raster(INDArray, int, int, String)} as PNG.
   *
   * @param png file to write; missing parent folders are made, an existing file is replaced
   * @throws IOException if the file cannot be written
   */
  public static void saveRaster(
      Path png, INDArray spikes, int example, int maxNeurons, String title) throws IOException {
    save(png, raster(spikes, example, maxNeurons, title));
  }

  /**
   * Saves {@link #raster(INDArray, int[], int[], int, String, String...)} as PNG.
   *
   * @param png file to write; missing parent folders are made, an existing file is replaced
   * @throws IOException if the file cannot be written
   */
  public static void saveRaster(
      Path png,
      INDArray spikes,
      int[] examples,
      int[] classes,
      int neuronsPerExample,
      String title,
      String... classNames)
      throws IOException {
    save(png, raster(spikes, examples, classes, neuronsPerExample, title, classNames));
  }

  /**
   * Returns curves over 1, 2, ..., n, for example accuracies by epoch.
   *
   * @param title of the picture
   * @param xAxis title of the x axis
   * @param yAxis title of the y axis
   * @param series values by name, drawn in the map's order (so give a LinkedHashMap); lengths may
   *     differ; NaN is a gap
   * @throws IllegalArgumentException if there is no series, one has no finite value, or one holds
   *     an infinite value
   */
  public static XYChart lines(
      String title, String xAxis, String yAxis, Map<String, double[]> series) {
    checkSeries(series);
    XYChart chart = chart(title);
    chart.setXAxisTitle(xAxis);
    chart.setYAxisTitle(yAxis);
    int longest = series.values().stream().mapToInt(y -> y.length).max().orElse(1);
    // An axis needs a length also when there is but one point.
    double margin = longest == 1 ? 0.5 : 0;
    chart.getStyler().setXAxisMin(1 - margin).setXAxisMax(longest + margin);
    chart.getStyler().setXAxisTickMarkSpacingHint(spacing(PLOT_WIDTH, longest));
    chart.getStyler().setXAxisTickLabelsFormattingFunction(x -> integer(x, 1, longest));
    chart.getStyler().setMarkerSize(6).setLegendVisible(series.size() > 1);
    legend(chart, series.keySet());
    int i = 0;
    for (Map.Entry<String, double[]> line : series.entrySet()) {
      addLine(chart, line.getKey(), line.getValue(), i++);
    }
    if (longest > MAX_MARKED_POINTS) {
      roundTicks(chart, series.values().iterator().next());
    }
    return chart;
  }

  /**
   * Saves {@link #lines(String, String, String, Map)} as PNG.
   *
   * @param png file to write; missing parent folders are made, an existing file is replaced
   * @throws IOException if the file cannot be written
   */
  public static void saveLines(
      Path png, String title, String xAxis, String yAxis, Map<String, double[]> series)
      throws IOException {
    save(png, lines(title, xAxis, yAxis, series));
  }

  /**
   * Saves a chart as PNG, in the chart's own size.
   *
   * @param png file to write; missing parent folders are made, an existing file is replaced
   * @throws IOException if the file cannot be written
   */
  public static void save(Path png, XYChart chart) throws IOException {
    BufferedImage image =
        new BufferedImage(chart.getWidth(), chart.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      chart.paint(g, image.getWidth(), image.getHeight());
    } finally {
      g.dispose();
    }
    Folders.makeParents(png);
    try (OutputStream out = Files.newOutputStream(png)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IOException("This Java runtime has no PNG writer, cannot write " + png);
      }
    }
  }

  private static XYChart chart(String title) {
    XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).build();
    XYStyler styler = chart.getStyler();
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setPlotContentSize(0.96);
    styler.setChartPadding(12);
    styler.setChartTitlePadding(8);
    styler.setChartFontColor(TEXT);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 17));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setAxisTickLabelsColor(TEXT);
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    return chart;
  }

  /**
   * A legend below is one line, which XChart does not break; names that do not fit go to the right.
   */
  private static void legend(XYChart chart, Collection<String> names) {
    int width = names.stream().mapToInt(name -> LEGEND_MARK + LEGEND_CHAR * name.length()).sum();
    if (width > PLOT_WIDTH) {
      chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
      chart.getStyler().setLegendLayout(LegendLayout.Vertical);
    }
  }

  private static XYChart rasterChart(String title, int steps, double yMin, double yMax) {
    XYChart chart = chart(title);
    chart.setXAxisTitle("time step");
    XYStyler styler = chart.getStyler();
    styler.setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    styler.setMarkerSize(18);
    styler.setPlotGridLinesVisible(false);
    styler.setXAxisMin(-0.5).setXAxisMax(steps - 0.5);
    styler.setXAxisTickMarkSpacingHint(spacing(PLOT_WIDTH, steps));
    styler.setYAxisMin(yMin).setYAxisMax(yMax);
    styler.setXAxisTickLabelsFormattingFunction(x -> integer(x, 0, steps - 1));
    return chart;
  }

  /**
   * Returns the pixels between two ticks for which XChart puts none between integers: nearly a
   * whole step, but room for a label, and no more than fits on any axis, because XChart then draws
   * none.
   */
  private static int spacing(int pixels, int steps) {
    int room = pixels == PLOT_WIDTH ? LABEL_WIDTH : LABEL_HEIGHT;
    return Math.max(room, Math.min(pixels / 2, (int) (0.9 * pixels / steps)));
  }

  /**
   * Returns the label of an axis value: that integer, or nothing between integers and outside of
   * min to max.
   */
  private static String integer(double value, int min, int max) {
    int whole = whole(value, min, max);
    return whole < 0 ? blank(value, min) : Integer.toString(whole);
  }

  /**
   * Returns the integer that a tick stands at, -1 if it stands between two or outside of min to max
   * (0 or more).
   */
  private static int whole(double value, int min, int max) {
    long rounded = Math.round(value);
    boolean isWhole = Math.abs(value - rounded) < 1e-9 && rounded >= min && rounded <= max;
    return isWhole ? (int) rounded : -1;
  }

  /**
   * XChart draws no ticks at all if the ends of an axis have the same label: so there are two
   * different blank ones.
   */
  private static String blank(double value, int min) {
    return value < min ? "" : " ";
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
    double height = Math.max(2, Math.min(18, 0.85 * PLOT_HEIGHT / rows));
    double width = Math.max(1, Math.min(8, 0.2 * PLOT_WIDTH / steps));
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
      line.setLineColor(GRID);
      line.setLineStyle(new BasicStroke(1f));
      line.setShowInLegend(false);
    }
  }

  /** Labels the middle of each band, as far as there is room, with the example's index. */
  private static void bandLabels(XYChart chart, int[] examples) {
    int bands = examples.length;
    XYStyler styler = chart.getStyler();
    styler.setYAxisTickMarkSpacingHint(spacing(PLOT_HEIGHT, bands));
    styler.setYAxisTickMarksColor(Color.WHITE);
    styler.setYAxisTickLabelsFormattingFunction(
        y -> {
          int band = whole(y, 0, bands - 1);
          return band < 0 ? blank(y, 0) : Integer.toString(examples[bands - 1 - band]);
        });
  }

  /**
   * Adds an invisible point at 1.5: as long as all x values of a chart are equally spaced, XChart
   * labels as many of them as fit (1, 8, 15, ...), else round numbers (20, 40, ...).
   */
  private static void roundTicks(XYChart chart, double[] y) {
    double any = DoubleStream.of(y).filter(Double::isFinite).findFirst().orElse(0);
    XYSeries point = chart.addSeries(" ticks", new double[] {1.5}, new double[] {any});
    point.setMarker(SeriesMarkers.NONE);
    point.setShowInLegend(false);
  }

  private static void addLine(XYChart chart, String name, double[] y, int index) {
    double[] x = new double[y.length];
    Arrays.setAll(x, i -> i + 1);
    Color color = PALETTE[index % PALETTE.length];
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineColor(color);
    series.setMarkerColor(color);
    series.setMarker(y.length <= MAX_MARKED_POINTS ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    // Not dashed: XChart starts the dashes anew at every point, so dense curves would look solid.
    series.setLineStyle(new BasicStroke(index < PALETTE.length ? 2.2f : 1f));
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

  private static void checkSeries(Map<String, double[]> series) {
    if (series.isEmpty()) {
      throw new IllegalArgumentException("Expected at least one series, got none");
    }
    series.forEach(
        (name, y) -> {
          if (DoubleStream.of(y).noneMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                "Expected at least one finite value in series \"" + name + "\", got none");
          }
          if (DoubleStream.of(y).anyMatch(Double::isInfinite)) {
            throw new IllegalArgumentException(
                "Expected finite values or NaN in series \"" + name + "\", got an infinite one");
          }
        });
  }
}
