package io.github.dl4jsnn.monitor;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Membrane potentials over time; what the picture shows is said in {@link SpikePlots}. */
final class MembranePlot {

  /** Up to this many steps each potential has a mark. */
  private static final int MAX_MARKED_STEPS = 50;

  /** Height of a row of spikes, as a share of the range of the potentials. */
  private static final double ROW = 0.07;

  private static final Color THRESHOLD = new Color(0x777777);

  private MembranePlot() {}

  static XYChart of(MembranePotentials membrane, int example, int[] neurons, String title) {
    check(membrane.potentials(), example, neurons);
    int steps = (int) membrane.potentials().size(1);
    double[][] u = traces(membrane.potentials(), example, neurons);
    double vTh = membrane.threshold();
    double low = Math.min(0, all(u).min().orElse(0));
    double high = Math.max(vTh, all(u).max().orElse(0));
    double row = ROW * (high - low);
    XYChart chart = chart(title, steps, low - 0.5 * row, high, (neurons.length + 1) * row);
    addThreshold(chart, steps, vTh);
    for (int i = 0; i < neurons.length; i++) {
      addTrace(chart, "neuron " + neurons[i], u[i], ChartStyle.color(i));
    }
    double[][] o = traces(membrane.spikes(), example, neurons);
    for (int i = 0; i < neurons.length; i++) {
      // the first neuron in the uppermost row, as in the legend it comes first
      double y = high + (neurons.length - i) * row;
      addSpikes(chart, i, o[i], y, neurons.length);
    }
    ChartStyle.legend(chart);
    return chart;
  }

  private static XYChart chart(String title, int steps, double low, double high, double rows) {
    XYChart chart = ChartStyle.chart(title);
    chart.setXAxisTitle("time step");
    chart.setYAxisTitle("membrane potential");
    XYStyler styler = chart.getStyler();
    styler.setMarkerSize(18);
    styler.setXAxisMin(-0.5).setXAxisMax(steps - 0.5);
    styler.setXAxisTickMarkSpacingHint(ChartStyle.spacing(ChartStyle.PLOT_WIDTH, steps));
    styler.setXAxisTickLabelsFormattingFunction(x -> ChartStyle.integer(x, 0, steps - 1));
    styler.setYAxisMin(low).setYAxisMax(high + rows);
    // Among the rows of spikes a potential has no meaning, so there are neither labels nor lines.
    styler.setPlotGridLinesVisible(false);
    styler.setYAxisTickMarksColor(Color.WHITE);
    double labelled = high + 0.25 * rows;
    styler.setYAxisTickLabelsFormattingFunction(y -> y > labelled ? " " : ChartStyle.number(y));
    return chart;
  }

  private static void addThreshold(XYChart chart, int steps, double vTh) {
    XYSeries line =
        chart.addSeries("threshold", new double[] {-0.5, steps - 0.5}, new double[] {vTh, vTh});
    line.setMarker(SeriesMarkers.NONE);
    line.setLineColor(THRESHOLD);
    line.setLineStyle(
        new BasicStroke(
            1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {7, 5}, 0));
  }

  private static void addTrace(XYChart chart, String name, double[] u, Color color) {
    double[] t = new double[u.length];
    Arrays.setAll(t, i -> i);
    XYSeries line = chart.addSeries(name, t, u);
    line.setLineColor(color);
    line.setLineStyle(new BasicStroke(2f));
    line.setMarkerColor(color);
    line.setMarker(u.length <= MAX_MARKED_STEPS ? new Dot(6) : SeriesMarkers.NONE);
  }

  private static void addSpikes(XYChart chart, int index, double[] o, double y, int rows) {
    double[] t = new double[o.length];
    Arrays.setAll(t, i -> o[i] > 0 ? i : Double.NaN);
    double[] height = new double[o.length];
    Arrays.fill(height, y);
    XYSeries spikes = chart.addSeries(" spikes " + index, t, height);
    spikes.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    double rowPixels = ChartStyle.PLOT_HEIGHT * ROW / (1 + ROW * (rows + 1.5));
    double width = Math.max(1.5, Math.min(4, 0.3 * ChartStyle.PLOT_WIDTH / o.length));
    spikes.setMarker(new SpikeTick(width, 0.75 * rowPixels));
    spikes.setMarkerColor(ChartStyle.color(index));
    spikes.setShowInLegend(false);
  }

  private static double[][] traces(INDArray ntf, int example, int[] neurons) {
    double[][] traces = new double[neurons.length][(int) ntf.size(1)];
    for (int i = 0; i < neurons.length; i++) {
      for (int t = 0; t < traces[i].length; t++) {
        traces[i][t] = ntf.getDouble(example, t, neurons[i]);
      }
    }
    return traces;
  }

  private static DoubleStream all(double[][] values) {
    return Arrays.stream(values).flatMapToDouble(Arrays::stream);
  }

  private static void check(INDArray u, int example, int[] neurons) {
    if (example < 0 || example >= u.size(0)) {
      throw new IllegalArgumentException(
          "Expected an example from 0 to " + (u.size(0) - 1) + ", got " + example);
    }
    if (neurons.length == 0 || Arrays.stream(neurons).distinct().count() < neurons.length) {
      throw new IllegalArgumentException(
          "Expected different neurons, at least one, got " + Arrays.toString(neurons));
    }
    for (int neuron : neurons) {
      if (neuron < 0 || neuron >= u.size(2)) {
        throw new IllegalArgumentException(
            "Expected neurons from 0 to " + (u.size(2) - 1) + ", got " + neuron);
      }
    }
  }
}
