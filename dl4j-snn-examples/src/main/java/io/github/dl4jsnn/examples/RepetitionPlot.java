package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.monitor.SpikePlots;
import io.github.dl4jsnn.position.PositionalCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.knowm.xchart.XYChart;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Four charts of repetition rates: against pairs, eta, base period and threshold. */
final class RepetitionPlot {
  private final Map<String, TreeMap<Double, Double>> pairs = new LinkedHashMap<>();
  private final Map<String, TreeMap<Double, Double>> etas = new LinkedHashMap<>();
  private final Map<String, TreeMap<Double, Double>> periods = new LinkedHashMap<>();
  private final Map<String, TreeMap<Double, Double>> thresholds = new LinkedHashMap<>();

  /** The name of a curve of one eta. */
  static String eta(double eta) {
    return eta == 2 * Math.PI ? "eta = 2 pi" : "eta = " + Math.round(eta);
  }

  void pairs(String curve, int x, double rate) {
    add(pairs, curve, x, rate);
  }

  void eta(String curve, double x, double rate) {
    add(etas, curve, x, rate);
  }

  void period(String curve, double x, double rate) {
    add(periods, curve, x, rate);
  }

  void threshold(String curve, double x, double rate) {
    add(thresholds, curve, x, rate);
  }

  private static void add(
      Map<String, TreeMap<Double, Double>> curves, String curve, double x, double rate) {
    curves.computeIfAbsent(curve, c -> new TreeMap<>()).put(x, rate);
  }

  /** Two rows of two charts. */
  void save(Path png, int positions) throws IOException {
    String of = " of " + positions + " positions";
    StudyPictures.save(
        png,
        2,
        List.of(
            chart("Repetition rate" + of, "pairs of neurons", pairs, false),
            chart("Against eta", "eta (angle from one position to the next)", etas, true),
            chart("Against base period, 32 pairs", "base period tau", periods, true),
            chart("Against threshold, 32 pairs", "threshold", thresholds, false)));
  }

  private static XYChart chart(
      String title, String xAxis, Map<String, TreeMap<Double, Double>> data, boolean logarithmic) {
    Map<String, double[][]> curves = new LinkedHashMap<>();
    data.forEach(
        (name, points) ->
            curves.put(
                name,
                new double[][] {
                  points.keySet().stream().mapToDouble(x -> x).toArray(),
                  points.values().stream().mapToDouble(y -> y).toArray()
                }));
    XYChart chart = SpikePlots.curves(title, xAxis, "share of positions", curves);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0).setXAxisLogarithmic(logarithmic);
    return chart;
  }

  /** The spikes of a code at its first positions. */
  static void saveRaster(Path png, PositionalCode code, int positions) throws IOException {
    INDArray spikes = code.codes(positions, DataType.FLOAT).reshape(1, positions, code.width());
    XYChart chart =
        SpikePlots.raster(
            spikes, 0, code.width(), "CPG-PE: a cosine and a sine neuron for each of 32 periods");
    chart.setXAxisTitle("position p = t L + l");
    SpikePlots.save(png, chart);
  }
}
