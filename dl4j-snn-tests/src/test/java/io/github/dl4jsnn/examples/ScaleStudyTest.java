package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScaleStudyTest {

  @TempDir Path folder;

  @Test
  void runsEachSizeInItsOwnProcessAndWritesWhatItMeasured() throws IOException {
    Path points = folder.resolve("new/scale.csv");
    Path plot = folder.resolve("scale.png");
    Path csv = folder.resolve("benchmarks.csv");
    CommandRun run =
        new CommandRun(
            new ScaleStudy(),
            "--nodes=60",
            "--edges=3",
            "--features=4",
            "--hidden=5",
            "--time-steps=2",
            "--epochs=2",
            "--batch=4",
            "--heap=500m",
            "--points=" + points,
            "--plot=" + plot,
            "--csv=" + csv);
    assertThat(run.err).isEmpty();
    assertThat(run.exitCode).isZero();
    List<ScalePoint> read = ScaleTables.read(points);
    assertThat(read).hasSize(2);
    for (ScalePoint point : read) {
      assertThat(point.shape()).isEqualTo("N60 E180 F4 H5 T2");
      assertThat(point.seconds()).isPositive();
      assertThat(point.score).isPositive();
      assertThat(point.heapBytes).isBetween(1e6, 500.0 * (1 << 20));
    }
    assertThat(Files.readAllLines(csv))
        .hasSize(3)
        .anyMatch(line -> line.startsWith("scale,N60 E180 F4 H5 T2,scalar,"));
    assertThat(ImageIO.read(plot.toFile()).getWidth()).isEqualTo(1240);
  }

  @Test
  void fitsTheGrowthOfLargeGraphsAndPutsItAtTheLargest() throws IOException {
    List<ScalePoint> points = new ArrayList<>();
    for (int nodes : new int[] {1_000_000, 10_000, 100_000, 300_000}) {
      ScalePoint point = ScalePoint.parse(nodes + ",1,1,1,1,FULL,1,9,1,100,50,0.5");
      point.laterSeconds = 2 * Math.pow(nodes, nodes < 100_000 ? 3 : 1.07);
      points.add(point);
    }
    assertThat(ScaleFit.exponent(ScaleFit.large(points, ScaleMode.FULL), ScalePoint::seconds))
        .isCloseTo(1.07, within(1e-9));
    assertThat(ScaleFit.exponent(ScaleFit.large(points, ScaleMode.SAMPLED), ScalePoint::seconds))
        .isNaN();
    Path csv = folder.resolve("b.csv");
    ScaleTables.benchmarks(csv, points, 2, "abc");
    ScaleTables.benchmarks(csv, points, 2, "abc");
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(5);
    assertThat(lines.get(1)).startsWith("scale,N1000000 ").endsWith(",,,,1.070,abc");
    assertThat(lines.get(2)).endsWith(",,,,,abc");
  }

  @Test
  void tooFewEpochsAreABadOption() {
    CommandRun run = new CommandRun(new ScaleStudy(), "--epochs=1");
    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.err).contains("expected --epochs of 2 or more");
  }
}
