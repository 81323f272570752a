package io.github.dl4jsnn.examples;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How much the positions of a sequence attend to each other in spiking self-attention. */
final class AttentionMap {
  private AttentionMap() {}

  /**
   * Spikes that query and key share, the weights of spiking attention before its scale.
   *
   * <pre>
   *   a[l, m] = mean over n, t of sum over d of q[n, t L + l, d] k[n, t L + m, d]
   * </pre>
   *
   * @param qkv spikes {@code [N, T L, 3 D]}, queries before keys before values
   * @param timeSteps T
   * @return {@code [L][L]}, a row for each query
   */
  static double[][] of(INDArray qkv, int timeSteps) {
    int batch = (int) qkv.size(0);
    int positions = (int) qkv.size(1) / timeSteps;
    int hidden = (int) qkv.size(2) / 3;
    float[] spikes = qkv.dup('c').data().asFloat();
    double[][] map = new double[positions][positions];
    for (int step = 0; step < batch * timeSteps; step++) {
      for (int l = 0; l < positions; l++) {
        int query = (step * positions + l) * 3 * hidden;
        for (int m = 0; m < positions; m++) {
          int key = (step * positions + m) * 3 * hidden + hidden;
          for (int d = 0; d < hidden; d++) {
            map[l][m] += spikes[query + d] * spikes[key + d];
          }
        }
      }
    }
    for (double[] row : map) {
      Arrays.setAll(row, m -> row[m] / (batch * timeSteps));
    }
    return map;
  }

  /**
   * Draws a map: queries from below, keys to the right.
   *
   * @param png file to write
   * @param map {@code [L][L]}
   */
  static void save(Path png, double[][] map, String title) throws IOException {
    int positions = map.length;
    double most = Arrays.stream(map).flatMapToDouble(Arrays::stream).max().orElse(0);
    int[] place = new int[positions];
    Arrays.setAll(place, l -> l);
    int[][] heat = new int[positions][positions];
    for (int l = 0; l < positions; l++) {
      for (int m = 0; m < positions; m++) {
        // XChart takes whole numbers: per cent of the greatest
        heat[m][l] = most > 0 ? (int) Math.round(100 * map[l][m] / most) : 0;
      }
    }
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(620)
            .height(560)
            .title(title)
            .xAxisTitle("position of the key")
            .yAxisTitle("position of the query")
            .build();
    chart
        .getStyler()
        .setRangeColors(new Color[] {Color.WHITE, new Color(0x0072B2)})
        .setMin(0)
        .setMax(100)
        .setChartBackgroundColor(Color.WHITE);
    chart.addSeries("per cent of the greatest", place, place, heat);
    Files.createDirectories(png.toAbsolutePath().getParent());
    ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", png.toFile());
  }
}
