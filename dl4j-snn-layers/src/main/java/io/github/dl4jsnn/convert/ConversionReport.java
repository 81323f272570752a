package io.github.dl4jsnn.convert;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.monitor.SpikePlots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.knowm.xchart.XYChart;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Accuracy of a converted network against the number of time steps, beside that of the network it
 * was made of. All come from one pass: what the readout has accumulated up to each step.
 *
 * <p>Accuracies are shares of examples, 0 to 1. Each batch takes memory for T steps of the spiking
 * network; make batches small.
 */
public final class ConversionReport {

  /** Distance to the original below which a curve begins. */
  private static final double DRAWN_FROM = 0.1;

  private final double annAccuracy;
  private final int[] timeSteps;
  private final double[] accuracies;

  ConversionReport(double annAccuracy, int[] timeSteps, double[] accuracies) {
    this.annAccuracy = annAccuracy;
    this.timeSteps = timeSteps.clone();
    this.accuracies = accuracies;
  }

  /**
   * Scores both networks of a conversion.
   *
   * @param conversion the networks
   * @param data with one-hot labels {@code [N, classes]}; it is read once
   * @param timeSteps where to read out: increasing, from 1 to the T of the conversion
   * @return the report
   * @throws IllegalArgumentException if steps are out of range, or there are no data
   */
  public static ConversionReport of(
      Conversion<?> conversion, DataSetIterator data, int... timeSteps) {
    checkSteps(timeSteps, conversion.timeSteps());
    ComputationGraph ann = graph(conversion.original());
    ReadoutOverTime snn = new ReadoutOverTime(graph(conversion.network()), conversion.timeSteps());
    return ReportPass.run(ann, snn, data, timeSteps);
  }

  private static void checkSteps(int[] timeSteps, int limit) {
    int last = 0;
    for (int t : timeSteps) {
      if (t <= last || t > limit) {
        throw new IllegalArgumentException(
            "ConversionReport: expected increasing time steps from 1 to "
                + limit
                + ", got "
                + Arrays.toString(timeSteps));
      }
      last = t;
    }
    if (last == 0) {
      throw new IllegalArgumentException("ConversionReport: expected at least one number of steps");
    }
  }

  private static ComputationGraph graph(Object network) {
    return network instanceof MultiLayerNetwork
        ? ((MultiLayerNetwork) network).toComputationGraph()
        : (ComputationGraph) network;
  }

  /**
   * Accuracy of the network that was converted.
   *
   * @return 0 to 1
   */
  public double annAccuracy() {
    return annAccuracy;
  }

  /**
   * Numbers of time steps.
   *
   * @return a copy
   */
  public int[] timeSteps() {
    return timeSteps.clone();
  }

  /**
   * Accuracy of the spiking network read out after so many steps.
   *
   * @param steps one of {@link #timeSteps()}
   * @return 0 to 1
   * @throws IllegalArgumentException if it is another
   */
  public double accuracy(int steps) {
    int i = Arrays.binarySearch(timeSteps, steps);
    if (i < 0) {
      throw new IllegalArgumentException(
          "ConversionReport: expected one of " + Arrays.toString(timeSteps) + ", got " + steps);
    }
    return accuracies[i];
  }

  /**
   * Writes a line for each number of steps: {@code time_steps,snn_accuracy,ann_accuracy}.
   *
   * @param file made or replaced; its folder must exist
   * @throws IOException if it cannot be written
   */
  public void writeCsv(Path file) throws IOException {
    StringBuilder csv = new StringBuilder("time_steps,snn_accuracy,ann_accuracy\n");
    for (int i = 0; i < timeSteps.length; i++) {
      csv.append(timeSteps[i]).append(',').append(accuracies[i]);
      csv.append(',').append(annAccuracy).append('\n');
    }
    Files.writeString(file, csv);
  }

  /**
   * Saves accuracies, in per cent, against the number of steps. So that the last tenths can be
   * seen, the first steps are left out while accuracy is more than ten points below the original's;
   * all of them, if that is so to the end, are drawn.
   *
   * @param png file to write; missing parent folders are made, an existing file is replaced
   * @param title of the picture
   * @throws IOException if it cannot be written
   */
  public void savePlot(Path png, String title) throws IOException {
    int from = 0;
    while (from < timeSteps.length && accuracies[from] < annAccuracy - DRAWN_FROM) {
      from++;
    }
    from = from == timeSteps.length ? 0 : from;
    double[] steps = Arrays.stream(timeSteps).skip(from).asDoubleStream().toArray();
    double[] snn = Arrays.stream(accuracies).skip(from).map(a -> 100 * a).toArray();
    double[] ann = new double[steps.length];
    Arrays.fill(ann, 100 * annAccuracy);
    Map<String, double[][]> curves = new LinkedHashMap<>();
    curves.put("converted", new double[][] {steps, snn});
    curves.put("original", new double[][] {steps, ann});
    XYChart chart = SpikePlots.curves(title, "time steps", "accuracy, per cent", curves);
    chart.getStyler().setXAxisLogarithmic(true).setXAxisLogarithmicDecadeOnly(false);
    SpikePlots.save(png, chart);
  }

  /** A table of accuracies in per cent. */
  @Override
  public String toString() {
    StringBuilder table = new StringBuilder();
    table.append(String.format(ROOT, "%6s  %9s  %10s%n", "steps", "accuracy", "difference"));
    table.append(String.format(ROOT, "%6s  %9.2f%n", "ANN", 100 * annAccuracy));
    for (int i = 0; i < timeSteps.length; i++) {
      double difference = 100 * (accuracies[i] - annAccuracy);
      table.append(
          String.format(
              ROOT, "%6d  %9.2f  %+10.2f%n", timeSteps[i], 100 * accuracies[i], difference));
    }
    return table.toString();
  }
}
