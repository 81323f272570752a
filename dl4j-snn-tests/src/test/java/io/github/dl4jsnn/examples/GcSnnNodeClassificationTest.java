package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.graph.DataFolder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GcSnnNodeClassificationTest {

  @TempDir Path folder;

  private static CommandRun run(String... args) {
    return new CommandRun(new GcSnnNodeClassification(), args);
  }

  @Test
  void runsFromDataToSavedModel() throws IOException {
    Path out = folder.resolve("new/folder");

    CommandRun run =
        run("--hidden", "5", "--time-steps", "3", "--epochs", "4", "--out", out.toString());

    assertThat(run.err).isEmpty();
    assertThat(run.exitCode).isZero();
    assertThat(run.out)
        .contains("karate-club: 34 nodes", "train/validation/test 4/10/20", "seed 1")
        .contains("hidden 5, T 3")
        .containsPattern("4 epochs, median \\d+\\.\\d ms an epoch; best epoch [1-4]\\R")
        .containsPattern("train +accuracy +\\d+\\.\\d\\d % of 4 nodes")
        .containsPattern("validation +accuracy +\\d+\\.\\d\\d % of 10 nodes")
        .containsPattern("test +accuracy +\\d+\\.\\d\\d % of 20 nodes")
        .containsPattern("firing rate 0\\.\\d{3}")
        .containsPattern("classes +[\\d,]+ +1,020 +")
        .contains("the same to the last bit");
    assertPicture(out.resolve("raster.png"));
    assertPicture(out.resolve("accuracy.png"));
    assertThat(Files.readAllLines(out.resolve("firing-rates.csv"))).hasSize(1 + 4);
    ComputationGraph model = ComputationGraph.load(out.resolve("model.zip").toFile(), false);
    assertThat(model.numParams()).isEqualTo(34 * 5 + 5 + 2 * 5 + 5 * 2 + 2);
  }

  private static void assertPicture(Path png) throws IOException {
    BufferedImage image = ImageIO.read(png.toFile());
    assertThat(image.getWidth()).isEqualTo(900);
    assertThat(image.getHeight()).isEqualTo(450);
  }

  @Test
  void sameSeedSameModel() {
    String[] args = {"--hidden", "4", "--time-steps", "2", "--epochs", "3", "--seed", "7", "--out"};
    assertThat(digest(args, "a")).isEqualTo(digest(args, "b"));
  }

  private String digest(String[] args, String name) {
    String[] all = java.util.Arrays.copyOf(args, args.length + 1);
    all[args.length] = folder.resolve(name).toString();
    CommandRun run = run(all);
    assertThat(run.exitCode).isZero();
    return run.out.lines().filter(l -> l.contains("in this JVM")).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "--data, nowhere, nowhere",
    "--hidden, 0, expected a number of 1 or more",
    "--time-steps, -1, expected a number of 1 or more",
    "--epochs, many, many",
    "--dropout, 1, 'expected a probability in [0, 1)'",
    "--learning-rate, NaN, expected a number above 0",
    "--colour, red, --colour"
  })
  void badOption(String name, String value, String message) {
    CommandRun run = run(name, value, "--out", folder.resolve("none").toString());
    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.err).contains(message).contains("Usage: gc-snn");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void missingDataFolderIsABadOption() {
    String before = System.getProperty(DataFolder.PROPERTY);
    System.setProperty(DataFolder.PROPERTY, folder.resolve("missing").toString());
    try {
      CommandRun run = run("--data", "cora");
      assertThat(run.exitCode).isEqualTo(2);
      assertThat(run.err).contains("--data cora").contains("missing");
    } finally {
      if (before == null) {
        System.clearProperty(DataFolder.PROPERTY);
      } else {
        System.setProperty(DataFolder.PROPERTY, before);
      }
    }
  }

  @Test
  void failureToWriteIsExitCodeOne() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    CommandRun run =
        run("--hidden", "2", "--time-steps", "1", "--epochs", "1", "--out", file.toString());
    assertThat(run.exitCode).isEqualTo(1);
    assertThat(run.err).contains("file");
  }
}
