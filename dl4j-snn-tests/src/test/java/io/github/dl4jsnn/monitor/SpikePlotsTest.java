package io.github.dl4jsnn.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SpikePlotsTest {

  private static final int BLUE = 0x0072B2;
  private static final int VERMILLION = 0xD55E00;

  /**
   * Pixels that axes and labels alone colour are far fewer than a picture has, and more than this.
   */
  private static final int SOME = 1000;

  @TempDir Path folder;

  private static INDArray spikes(int n, int t, int f, double p) {
    Random random = new Random(1);
    INDArray spikes = Nd4j.zeros(n, t, f);
    for (int i = 0; i < spikes.length(); i++) {
      spikes.putScalar(i, random.nextDouble() < p ? 1 : 0);
    }
    return spikes;
  }

  private static BufferedImage read(Path png) throws Exception {
    BufferedImage image = ImageIO.read(png.toFile());
    assertThat(image.getWidth()).isEqualTo(900);
    assertThat(image.getHeight()).isEqualTo(450);
    return image;
  }

  private static long pixels(BufferedImage image, int rgb) {
    return IntStream.range(0, 900 * 450)
        .filter(i -> (image.getRGB(i % 900, i / 900) & 0xFFFFFF) == rgb)
        .count();
  }

  private static long coloured(BufferedImage image) {
    return 900 * 450 - pixels(image, 0xFFFFFF);
  }

  @Test
  void rasterHasOnePointForEachSpike() {
    INDArray spikes = Nd4j.zeros(2, 4, 3);
    spikes.putScalar(1, 0, 2, 1);
    spikes.putScalar(1, 3, 0, 1);
    spikes.putScalar(0, 1, 1, 1);
    XYChart chart = SpikePlots.raster(spikes, 1, 3, "two spikes");
    assertThat(chart.getSeries("spikes").getXData()).containsExactly(0, 3);
    assertThat(chart.getSeries("spikes").getYData()).containsExactly(2, 0);
    assertThat(chart.getYAxisTitle()).isEqualTo("neuron");
  }

  @Test
  void tooManyNeuronsAreThinnedOut() {
    XYChart chart = SpikePlots.raster(Nd4j.ones(1, 1, 10), 0, 4, "thinned");
    assertThat(chart.getSeries("spikes").getYData()).containsExactly(0, 3, 6, 9);
    assertThat(chart.getYAxisTitle()).isEqualTo("neuron (1 of 3 shown)");
  }

  @Test
  void rasterIsDrawn() throws Exception {
    Path png = folder.resolve("a/b/raster.png");
    SpikePlots.saveRaster(png, spikes(3, 10, 40, 0.2), 1, 40, "raster");
    BufferedImage image = read(png);
    assertThat(coloured(image)).isGreaterThan(SOME);
    assertThat(pixels(image, BLUE)).isGreaterThan(100);
  }

  @Test
  void silentRasterIsAPictureWithoutTicks() throws Exception {
    Path png = folder.resolve("silent.png");
    SpikePlots.saveRaster(png, Nd4j.zeros(1, 10, 5), 0, 40, "silent");
    BufferedImage image = read(png);
    assertThat(coloured(image)).isGreaterThan(SOME);
    assertThat(pixels(image, BLUE)).isZero();
    SpikePlots.saveRaster(png, Nd4j.zeros(1, 1, 1), 0, 1, "one silent neuron");
    assertThat(coloured(read(png))).isGreaterThan(SOME);
  }

  @Test
  void bandsAreStackedFromTheTopAndColouredByClass() throws Exception {
    Path png = folder.resolve("bands.png");
    int[] examples = {4, 0, 2};
    int[] classes = {0, 1, 0};
    SpikePlots.saveRaster(png, Nd4j.ones(5, 6, 8), examples, classes, 8, "bands", "yes", "no");
    BufferedImage image = read(png);
    assertThat(pixels(image, BLUE)).isGreaterThan(pixels(image, VERMILLION));
    assertThat(pixels(image, VERMILLION)).isGreaterThan(100);

    XYChart chart =
        SpikePlots.raster(Nd4j.ones(5, 1, 2), examples, classes, 2, "bands", "yes", "no");
    assertThat(chart.getSeries("no").getYData()).containsExactly(0.5 + 1 / 3.0, 0.5 + 2 / 3.0);
    assertThat(chart.getSeries("yes").getYData())
        .containsExactly(1.5 + 1 / 3.0, 1.5 + 2 / 3.0, -0.5 + 1 / 3.0, -0.5 + 2 / 3.0);
  }

  @Test
  void bandsOfASilentClassAreDrawn() throws Exception {
    INDArray spikes = Nd4j.zeros(2, 6, 8);
    Path png = folder.resolve("bands.png");
    SpikePlots.saveRaster(png, spikes, new int[] {0, 1}, new int[] {0, 3}, 8, "silent");
    assertThat(coloured(read(png))).isGreaterThan(SOME);
    XYChart chart = SpikePlots.raster(spikes, new int[] {0}, new int[] {3}, 8, "silent");
    assertThat(chart.getSeries("class 3")).isNotNull();
  }

  @Test
  void linesAreDrawnWithGapsAndDifferentLengths() throws Exception {
    Map<String, double[]> series = new LinkedHashMap<>();
    series.put("long", new double[] {0.1, 0.5, Double.NaN, 0.7, 0.8});
    series.put("short", new double[] {0.2, 0.4});
    Path png = folder.resolve("lines.png");
    SpikePlots.saveLines(png, "accuracy", "epoch", "share", series);
    BufferedImage image = read(png);
    assertThat(pixels(image, BLUE)).isGreaterThan(100);
    assertThat(pixels(image, VERMILLION)).isGreaterThan(100);
    XYChart chart = SpikePlots.lines("accuracy", "epoch", "share", series);
    assertThat(chart.getSeries("long").getXData()).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void onePointAndManySeriesAreDrawn() throws Exception {
    Map<String, double[]> series = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      series.put("a rather long name, number " + i, new double[] {i});
    }
    Path png = folder.resolve("many.png");
    SpikePlots.saveLines(png, "many", "epoch", "share", series);
    assertThat(coloured(read(png))).isGreaterThan(SOME);
    SpikePlots.saveLines(png, "one", "epoch", "share", Map.of("a", new double[] {0}));
    assertThat(coloured(read(png))).isGreaterThan(SOME);
  }

  @Test
  void longCurvesAreDrawn() throws Exception {
    double[] y = IntStream.range(0, 200).mapToDouble(i -> Math.sin(i / 20.0)).toArray();
    Path png = folder.resolve("long.png");
    SpikePlots.saveLines(png, "long", "epoch", "value", Map.of("a", y));
    assertThat(pixels(read(png), BLUE)).isGreaterThan(500);
  }

  @Test
  void rasterRefusesBadInput() {
    INDArray spikes = spikes(2, 3, 4, 0.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpikePlots.raster(Nd4j.ones(2, 3), 0, 1, "t"))
        .withMessageContaining("[N, T, F]")
        .withMessageContaining("[2, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpikePlots.raster(spikes, 2, 1, "t"))
        .withMessageContaining("0 to 1, got 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpikePlots.raster(spikes, 0, 0, "t"))
        .withMessageContaining("at least 1 neuron");
    INDArray graded = Nd4j.zeros(2, 3, 4);
    graded.putScalar(1, 2, 3, 0.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpikePlots.raster(graded, 1, 9, "t"))
        .withMessageContaining("got 0.5 at example 1, time step 2, neuron 3");
  }

  @Test
  void bandsRefuseBadInput() {
    INDArray spikes = spikes(2, 3, 4, 0.5);
    int[] both = {0, 1};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpikePlots.raster(spikes, new int[0], new int[0], 4, "t"))
        .withMessageContaining("at least one example");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpikePlots.raster(spikes, both, new int[] {0}, 4, "t"))
        .withMessageContaining("2 examples, got 1 classes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpikePlots.raster(spikes, both, new int[] {0, -1}, 4, "t"))
        .withMessageContaining("got -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpikePlots.raster(spikes, both, new int[] {0, 2}, 4, "t", "a", "b"))
        .withMessageContaining("0 to 1, got 2");
  }

  @Test
  void linesRefuseBadInput() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpikePlots.lines("t", "x", "y", Map.of()))
        .withMessageContaining("at least one series");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpikePlots.lines("t", "x", "y", Map.of("a", new double[0])))
        .withMessageContaining("\"a\"");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SpikePlots.lines(
                    "t", "x", "y", Map.of("a", new double[] {1, Double.POSITIVE_INFINITY})))
        .withMessageContaining("infinite");
  }

  @Test
  void folderThatIsAFileIsAnIoError() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatIOException()
        .isThrownBy(
            () ->
                SpikePlots.saveRaster(
                    file.resolve("x.png"), spikes(1, 2, 3, 0.5), 0, 3, "not a folder"));
  }

  @Test
  void curvesHaveTheirOwnX() throws Exception {
    Map<String, double[][]> curves = new LinkedHashMap<>();
    curves.put("a", new double[][] {{12.5, 40, 90}, {80, 79.5, 70}});
    curves.put("b", new double[][] {{20}, {75}});
    XYChart chart = SpikePlots.curves("accuracy", "ratio", "per cent", curves);
    assertThat(chart.getSeries("a").getXData()).containsExactly(12.5, 40, 90);
    assertThat(chart.getSeries("b").getYData()).containsExactly(75);
    SpikePlots.save(folder.resolve("curves.png"), chart);
    assertThat(pixels(read(folder.resolve("curves.png")), BLUE)).isPositive();
  }

  @Test
  void refusesCurvesThatAreNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpikePlots.curves("t", "x", "y", Map.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SpikePlots.curves("t", "x", "y", Map.of("a", new double[][] {{1, 2}, {1}})))
        .withMessageContaining("\"a\"");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SpikePlots.curves("t", "x", "y", Map.of("a", new double[][] {{1}, {Double.NaN}})));
  }
}
