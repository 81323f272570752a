package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.monitor.SpikePlots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendLayout;

/** Accuracy against compression ratio: a table with a line for each setting, and its picture. */
final class CompressionCurve {

  private static final String HEADER =
      "data,layers,hidden,time_steps,rho,rate_bound,rate_weight,seeds,validation,accuracy,"
          + "accuracy_std,rate,ratio,ratio_std,ratio_later_maps,ratio_sent_each_step,"
          + "ratio_with_propagation,command";

  /** Columns that make two lines the same point. */
  private static final int KEYS = 7;

  private static final int ACCURACY = 9;
  private static final int RATIO = 12;
  private static final int RATIO_OF_LATER_MAPS = 14;
  private static final int COLUMNS = 18;

  /** Width of the networks that the picture shows. */
  private static final String SHOWN_HIDDEN = "16";

  private CompressionCurve() {}

  /** Writes a point in the place of the same settings' older line, or else at the end. */
  static void put(
      Path csv,
      NodeData data,
      CompressionSettings s,
      List<CompressionResult> results,
      String command)
      throws IOException {
    List<String> lines =
        Files.exists(csv) ? new ArrayList<>(Files.readAllLines(csv)) : new ArrayList<>();
    if (lines.isEmpty()) {
      lines.add(HEADER);
    } else if (!lines.get(0).equals(HEADER)) {
      throw new IOException(csv + ": expected the header " + HEADER + ", got " + lines.get(0));
    }
    String key = key(data, s);
    String line = key + "," + values(results) + ",\"" + command.replace("\"", "\"\"") + "\"";
    lines.removeIf(l -> l.startsWith(key + ","));
    lines.add(line);
    lines.subList(1, lines.size()).sort(null);
    Path parent = csv.toAbsolutePath().getParent();
    if (!Files.isDirectory(parent)) {
      Files.createDirectories(parent);
    }
    Files.writeString(csv, String.join("\n", lines) + "\n");
  }

  private static String key(NodeData data, CompressionSettings s) {
    return String.join(
        ",",
        data.toString(),
        Integer.toString(s.layers),
        Integer.toString(s.training.hidden),
        Integer.toString(s.training.timeSteps),
        Double.toString(s.training.stfn.getRho()),
        Double.toString(s.rateBound),
        Double.toString(s.rateWeight));
  }

  private static String values(List<CompressionResult> results) {
    Sample accuracy = Sample.of(results, r -> r.testAccuracy);
    Sample ratio = Sample.of(results, r -> r.ratio);
    return String.format(
        ROOT,
        "%d,%.2f,%.2f,%.2f,%.4f,%.2f,%.2f,%.2f,%.2f,%.2f",
        results.size(),
        Sample.of(results, r -> r.validationAccuracy).mean(),
        accuracy.mean(),
        accuracy.deviation(),
        Sample.of(results, r -> r.rate).mean(),
        ratio.mean(),
        ratio.deviation(),
        Sample.of(results, r -> r.laterRatio).mean(),
        Sample.of(results, r -> r.ratioSentEachStep).mean(),
        Sample.of(results, r -> r.ratioWithPropagation).mean());
  }

  /** Draws one curve a graph and number of layers, points in the order of their ratio. */
  static void plot(Path csv, Path png) throws IOException {
    StudyPictures.save(
        png,
        List.of(
            chart(csv, "All affine maps", RATIO),
            chart(csv, "Maps behind the first alone", RATIO_OF_LATER_MAPS)));
  }

  private static XYChart chart(Path csv, String title, int ratio) throws IOException {
    Map<String, List<double[]>> curves = new TreeMap<>();
    for (String line : Files.readAllLines(csv)) {
      String[] fields = line.split(",", COLUMNS);
      if (fields.length == COLUMNS && fields[2].equals(SHOWN_HIDDEN)) {
        curves
            .computeIfAbsent(fields[0] + ", " + fields[1] + " layers", name -> new ArrayList<>())
            .add(new double[] {number(fields[ratio]), number(fields[ACCURACY])});
      }
    }
    if (curves.isEmpty()) {
      throw new IOException(csv + ": expected lines of hidden " + SHOWN_HIDDEN + ", found none");
    }
    Map<String, double[][]> xy = new LinkedHashMap<>();
    curves.forEach((name, points) -> xy.put(name, sorted(points)));
    XYChart chart =
        SpikePlots.curves(title, "dense MACs / accumulates", "test accuracy, per cent", xy);
    chart.getStyler().setLegendLayout(LegendLayout.Vertical);
    return chart;
  }

  private static double[][] sorted(List<double[]> points) {
    points.sort((a, b) -> Double.compare(a[0], b[0]));
    return new double[][] {
      points.stream().mapToDouble(p -> p[0]).toArray(),
      points.stream().mapToDouble(p -> p[1]).toArray()
    };
  }

  private static double number(String field) {
    return Double.parseDouble(field);
  }
}
