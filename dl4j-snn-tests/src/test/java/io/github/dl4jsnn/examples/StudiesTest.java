package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The studies on the karate club, with tiny settings. */
class StudiesTest {

  @TempDir Path folder;

  private CommandRun run(Object main, String... options) {
    String[] args = new String[options.length + 3];
    args[0] = "--hidden=4";
    args[1] = "--epochs=5";
    args[2] = "--out=" + folder;
    System.arraycopy(options, 0, args, 3, options.length);
    CommandRun run = new CommandRun(main, args);
    assertThat(run.err).isEmpty();
    assertThat(run.exitCode).isZero();
    return run;
  }

  private List<String> table(String name) throws IOException {
    return Files.readAllLines(folder.resolve("studies").resolve(name));
  }

  private void assertPicture(String name) throws IOException {
    BufferedImage image = ImageIO.read(folder.resolve("images").resolve(name).toFile());
    assertThat(image.getWidth()).isGreaterThan(400);
    assertThat(image.getHeight()).isGreaterThan(300);
  }

  @Test
  void stfn() throws IOException {
    CommandRun run =
        run(
            new StfnStudy(),
            "--seeds=2",
            "--tuning-seeds=1",
            "--learning-rates=0.01",
            "--thresholds=0.25,1");
    assertThat(run.out.lines().filter(l -> l.contains("validation accuracy"))).hasSize(4);
    List<String> curves = table("stfn.csv");
    assertThat(curves).hasSize(1 + 2 * 5);
    assertThat(curves.get(5)).startsWith("with STFN,5,");
    assertThat(curves.get(6)).startsWith("without STFN,1,");
    assertThat(curves).allMatch(l -> l.split(",").length == 6);
    List<String> finals = table("stfn-accuracy.csv");
    assertThat(finals).hasSize(3).allMatch(l -> l.split(",").length == 12);
    assertThat(finals.get(1)).matches("with STFN,karate,4,20,0\\.01,(0\\.25|1\\.0),2,5,.*");
    assertPicture("stfn.png");
  }

  @Test
  void windows() throws IOException {
    run(new WindowStudy(), "--seeds=2", "--windows=1,3");
    List<String> lines = table("window.csv");
    assertThat(lines).hasSize(3).allMatch(l -> l.split(",").length == 10);
    assertThat(lines.get(1)).startsWith("karate,4,1,2,5,");
    assertThat(lines.get(2)).startsWith("karate,4,3,2,5,");
    assertPicture("window.png");
  }

  @Test
  void rateHistogram() throws IOException {
    CommandRun run = run(new RateHistogramPicture(), "--time-steps=6");
    assertThat(run.out).contains("hidden").contains("classes");
    assertPicture("rate-histogram.png");
  }

  @Test
  void badWindow() {
    CommandRun run = new CommandRun(new WindowStudy(), "--windows=1,0");
    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.err).contains("--windows").contains("expected a number of 1 or more");
  }
}
