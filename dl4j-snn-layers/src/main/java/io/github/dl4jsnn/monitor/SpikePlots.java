package io.github.dl4jsnn.monitor;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Spike rasters, membrane potentials, firing rates, energies and curves as pictures of 900 x 450
 * pixels; needs {@code org.knowm.xchart:xchart} on the class path.
 *
 * <p>Each picture comes as a chart, to be changed or shown, and as a method that saves it as PNG;
 * neither needs a display. Colours are those of Okabe and Ito (2008), which people with a colour
 * vision deficiency can tell apart; beyond eight they repeat, in curves with thinner lines.
 *
 * <p>Spikes are {@code [N, T, F]} with values 0 and 1. Steps, neurons and examples are numbered as
 * in the array, from 0.
 */
public final class SpikePlots {

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
    return RasterPlot.ofExample(spikes, example, maxNeurons, title);
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
    return RasterPlot.ofExamples(spikes, examples, classes, neuronsPerExample, title, classNames);
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
    return LinePlot.of(title, xAxis, yAxis, LinePlot.counting(series), series);
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
   * Returns curves over real numbers, each point marked, for example accuracies over ratios.
   *
   * @param title of the picture
   * @param xAxis title of the x axis
   * @param yAxis title of the y axis
   * @param curves by name, each as {@code {x, y}}, drawn in the map's order; points are connected
   *     in their order
   * @throws IllegalArgumentException if there is no curve, one is empty, has not as many y as x
   *     values, or one that is not finite
   */
  public static XYChart curves(
      String title, String xAxis, String yAxis, Map<String, double[][]> curves) {
    return CurvePlot.of(title, xAxis, yAxis, curves);
  }

  /**
   * Returns the membrane potentials of a few neurons over time: a curve for each, the threshold as
   * a dashed line, and above the curves a row of ticks for each neuron, one a spike.
   *
   * @param membrane potentials and spikes of a layer
   * @param example index of the example, 0 to {@code N - 1}
   * @param neurons indices of the neurons; one to four read well
   * @param title of the picture
   * @throws IllegalArgumentException if a number is out of range, there is no neuron, or one is
   *     given twice
   */
  public static XYChart membrane(
      MembranePotentials membrane, int example, int[] neurons, String title) {
    return MembranePlot.of(membrane, example, neurons, title);
  }

  /**
   * Saves {@link #membrane(MembranePotentials, int, int[], String)} as PNG.
   *
   * @param png file to write; missing parent folders are made, an existing file is replaced
   * @throws IOException if the file cannot be written
   */
  public static void saveMembrane(
      Path png, MembranePotentials membrane, int example, int[] neurons, String title)
      throws IOException {
    save(png, membrane(membrane, example, neurons, title));
  }

  /**
   * Returns the firing rate of each layer over the recorded iterations.
   *
   * @param stats a listener with records
   * @param title of the picture
   * @throws IllegalStateException if nothing was recorded yet
   */
  public static XYChart firingRates(SpikingStatsListener stats, String title) {
    return RatePlot.overIterations(stats, "firing rate", s -> s.spikes().rate(), title);
  }

  /**
   * Saves {@link #firingRates(SpikingStatsListener, String)} as PNG.
   *
   * @param png file to write; missing parent folders are made, an existing file is replaced
   * @throws IOException if the file cannot be written
   */
  public static void saveFiringRates(Path png, SpikingStatsListener stats, String title)
      throws IOException {
    save(png, firingRates(stats, title));
  }

  /**
   * Returns the share of dead neurons of each layer, in per cent, over the recorded iterations.
   *
   * @param stats a listener with records
   * @param title of the picture
   * @throws IllegalStateException if nothing was recorded yet
   */
  public static XYChart deadNeurons(SpikingStatsListener stats, String title) {
    return RatePlot.overIterations(
        stats, "dead neurons, per cent", s -> 100 * s.deadShare(), title);
  }

  /**
   * Saves {@link #deadNeurons(SpikingStatsListener, String)} as PNG.
   *
   * @param png file to write; missing parent folders are made, an existing file is replaced
   * @throws IOException if the file cannot be written
   */
  public static void saveDeadNeurons(Path png, SpikingStatsListener stats, String title)
      throws IOException {
    save(png, deadNeurons(stats, title));
  }

  /**
   * Returns how the firing rates of the neurons of each layer were distributed in one iteration:
   * the {@link RateHistogram} as a step curve, in per cent of the layer's neurons. The legend says
   * how many were silent; they are in the first bin, too.
   *
   * @param stats one record
   * @param title of the picture
   * @throws IllegalArgumentException if it has no layer
   */
  public static XYChart rateHistogram(SpikingStats stats, String title) {
    return RatePlot.histogram(stats, title);
  }

  /**
   * Saves {@link #rateHistogram(SpikingStats, String)} as PNG.
   *
   * @param png file to write; missing parent folders are made, an existing file is replaced
   * @throws IOException if the file cannot be written
   */
  public static void saveRateHistogram(Path png, SpikingStats stats, String title)
      throws IOException {
    save(png, rateHistogram(stats, title));
  }

  /**
   * Returns the energies of the affine maps of each layer and of the network, with the assumptions
   * behind them below: dense, spiking with float accumulates, and spiking with integer ones. The
   * axis is logarithmic.
   *
   * @param cost counted operations
   * @param energy of one operation, for example {@link OperationEnergy#nm45()}
   * @param title of the picture
   * @throws IllegalArgumentException if no layer did anything
   */
  public static CategoryChart energy(SnnCost cost, OperationEnergy energy, String title) {
    return EnergyPlot.of(cost, energy, title);
  }

  /**
   * Saves {@link #energy(SnnCost, OperationEnergy, String)} at 45 nm as PNG.
   *
   * @param png file to write; missing parent folders are made, an existing file is replaced
   * @throws IOException if the file cannot be written
   */
  public static void saveEnergy(Path png, SnnCost cost, String title) throws IOException {
    save(png, energy(cost, OperationEnergy.nm45(), title));
  }

  /**
   * Saves a chart as PNG, in the chart's own size.
   *
   * @param png file to write; missing parent folders are made, an existing file is replaced
   * @throws IOException if the file cannot be written
   */
  public static void save(Path png, CategoryChart chart) throws IOException {
    paint(png, chart);
  }

  /**
   * Saves a chart as PNG, in the chart's own size.
   *
   * @param png file to write; missing parent folders are made, an existing file is replaced
   * @throws IOException if the file cannot be written
   */
  public static void save(Path png, XYChart chart) throws IOException {
    paint(png, chart);
  }

  /**
   * Saves a chart as PNG, in the chart's own size.
   *
   * @param png file to write; missing parent folders are made, an existing file is replaced
   * @throws IOException if the file cannot be written
   */
  public static void save(Path png, HeatMapChart chart) throws IOException {
    paint(png, chart);
  }

  private static void paint(Path png, Chart<?, ?> chart) throws IOException {
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
}
