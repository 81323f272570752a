package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.monitor.SpikePlots;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Who attends to whom, as a picture: white for nobody, blue for most. */
final class AttentionPicture {
  private static final int SIZE = 700;
  private static final Color[] WHITE_TO_BLUE = {Color.WHITE, new Color(0x0072B2)};

  private AttentionPicture() {}

  /**
   * Draws the positions that have a name.
   *
   * @param png file to write
   * @param attention {@code [L, L]}, the position that attends before the one attended to
   * @param positions what each position is, in order
   */
  static void save(Path png, INDArray attention, List<String> positions) throws IOException {
    // numbered, as the axes of the chart know equal names as one
    List<String> names = new ArrayList<>();
    List<Number[]> cells = new ArrayList<>();
    for (int l = 0; l < positions.size(); l++) {
      names.add(positions.get(l) + " " + (l + 1));
      for (int m = 0; m < positions.size(); m++) {
        cells.add(new Number[] {m, l, attention.getDouble(l, m)});
      }
    }
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(SIZE)
            .height(SIZE)
            .title("Attention, mean over heads and steps")
            .xAxisTitle("attended to")
            .yAxisTitle("attends")
            .build();
    chart.getStyler().setRangeColors(WHITE_TO_BLUE).setXAxisLabelRotation(90);
    chart.addSeries("attention", names, names, cells);
    SpikePlots.save(png, chart);
  }
}
