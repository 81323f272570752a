package io.github.dl4jsnn.monitor;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.knowm.xchart.CategoryChart;

/** Bars of {@link SnnCost}; what the picture shows is said in {@link SpikePlots}. */
final class EnergyPlot {

  private static final double NANO = 1e-3;

  private EnergyPlot() {}

  static CategoryChart of(SnnCost cost, OperationEnergy energy, String title) {
    List<LayerCost> shown = new ArrayList<>();
    cost.layers().values().stream().filter(c -> c.dense() > 0).forEach(shown::add);
    if (shown.isEmpty()) {
      throw new IllegalArgumentException("Expected a network with an affine map, got none");
    }
    shown.add(cost.total());
    CategoryChart chart = ChartStyle.bars(title);
    chart.setYAxisTitle("energy, nJ (logarithmic)");
    chart.setXAxisTitle(assumptions(cost, energy));
    Map<String, ToDoubleFunction<LayerCost>> bars = new LinkedHashMap<>();
    bars.put("dense, run once", c -> NANO * c.denseEnergy(energy));
    bars.put("spiking, float accumulates", c -> NANO * c.energy(energy));
    bars.put("spiking, integer accumulates", c -> NANO * c.integerEnergy(energy));
    double floor = floor(shown, bars);
    chart.getStyler().setAvailableSpaceFill(0.7).setYAxisLogarithmic(true).setYAxisMin(floor);
    String[] names = shown.stream().map(LayerCost::name).toArray(String[]::new);
    bars.forEach(
        (name, value) -> {
          double[] y = shown.stream().mapToDouble(value).map(e -> Math.max(e, floor)).toArray();
          Color color = ChartStyle.color(chart.getSeriesCollection().size());
          chart.addSeries(name, List.of(names), boxed(y)).setFillColor(color);
        });
    return chart;
  }

  /**
   * A power of ten below all bars; a logarithmic axis has no 0, where that of no operation ends.
   */
  private static double floor(
      List<LayerCost> shown, Map<String, ToDoubleFunction<LayerCost>> bars) {
    double least =
        bars.values().stream()
            .flatMapToDouble(value -> shown.stream().mapToDouble(value))
            .filter(e -> e > 0)
            .min()
            .orElse(1);
    return Math.pow(10, Math.ceil(Math.log10(least)) - 1);
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().collect(Collectors.toList());
  }

  private static String assumptions(SnnCost cost, OperationEnergy energy) {
    return String.format(
        Locale.ROOT,
        "affine maps only; MAC %s pJ, accumulate %s pJ (float), %s pJ (integer); N = %,d, T = %d%s",
        energy.multiplyAccumulate(),
        energy.floatAccumulate(),
        energy.integerAccumulate(),
        cost.examples(),
        cost.timeSteps(),
        cost.notCounted().isEmpty() ? "" : "; " + cost.notCounted().size() + " layers not counted");
  }
}
