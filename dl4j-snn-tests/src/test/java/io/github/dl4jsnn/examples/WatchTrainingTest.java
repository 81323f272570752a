package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTrainingTest {

  @TempDir Path folder;

  @Test
  void drawsWhatTheNeuronsDid() throws IOException {
    Path out = folder.resolve("new");
    CommandRun run =
        new CommandRun(
            new WatchTraining(), "--hidden=5", "--time-steps=6", "--iterations=4", "--out=" + out);
    assertThat(run.err).isEmpty();
    assertThat(run.exitCode).isZero();
    assertThat(run.out)
        .contains("Before: spiking layers at iteration 0", "After: spiking layers at iteration 3")
        .containsPattern("hidden +0\\.\\d{4} ")
        .containsPattern("classes +0\\.\\d{4} ");
    assertThat(Files.readAllLines(out.resolve("stats.csv"))).hasSize(1 + 4 * 2);
    for (String picture :
        new String[] {"firing-rates", "dead-neurons", "rate-histogram", "membrane", "raster"}) {
      BufferedImage image = ImageIO.read(out.resolve(picture + ".png").toFile());
      assertThat(image.getWidth()).as(picture).isEqualTo(900);
    }
  }
}
