package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.monitor.SpikePlots;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The pictures that a node classification example leaves in its folder. */
final class SavedPictures {

  private static final int NODES = 4;

  /** Rows of the raster, over all nodes: more would be too low to read. */
  private static final int NEURONS = 64;

  private static final Color GREY = new Color(0x888888);

  private final NodeData data;
  private final GraphData graph;
  private final Path folder;

  SavedPictures(NodeData data, GraphData graph, Path folder) {
    this.data = data;
    this.graph = graph;
    this.folder = folder;
  }

  /** Draws the spikes of a few test nodes, as many of each class, one class after the other. */
  Path raster(INDArray spikes) throws IOException {
    int perClass = Math.max(1, NODES / graph.numClasses());
    int[] nodes =
        IntStream.range(0, graph.numClasses()).flatMap(c -> testNodes(c).limit(perClass)).toArray();
    int[] classes = IntStream.of(nodes).map(graph::label).toArray();
    XYChart chart =
        SpikePlots.raster(
            spikes,
            nodes,
            classes,
            NEURONS / nodes.length,
            "Hidden spikes of " + nodes.length + " test nodes, " + graph.name(),
            data.classNames());
    chart.setYAxisTitle(chart.getYAxisTitle().replace("example", "node"));
    Path png = folder.resolve("raster.png");
    SpikePlots.save(png, chart);
    return png;
  }

  private IntStream testNodes(int label) {
    return IntStream.of(graph.nodes(Split.TEST)).filter(node -> graph.label(node) == label);
  }

  /** Draws the accuracies of all epochs, and a line at the one that was chosen. */
  Path accuracies(EpochScores scores, int bestEpoch) throws IOException {
    Map<String, double[]> curves = new LinkedHashMap<>();
    curves.put("train", scores.accuracies(Split.TRAIN));
    curves.put("validation", scores.accuracies(Split.VALIDATION));
    curves.put("test", scores.accuracies(Split.TEST));
    XYChart chart =
        SpikePlots.lines("Accuracy of GC-SNN, " + graph.name(), "epoch", "accuracy (%)", curves);
    double lowest = curves.values().stream().flatMapToDouble(DoubleStream::of).min().orElse(0);
    XYSeries line =
        chart.addSeries(
            "chosen epoch " + bestEpoch,
            new double[] {bestEpoch, bestEpoch},
            new double[] {lowest, 100});
    line.setMarker(SeriesMarkers.NONE).setLineColor(GREY).setLineStyle(SeriesLines.DASH_DASH);
    Path png = folder.resolve("accuracy.png");
    SpikePlots.save(png, chart);
    return png;
  }
}
