package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompressionStudyTest {

  @TempDir Path folder;

  private static CommandRun run(String... args) {
    return new CommandRun(new CompressionStudy(), args);
  }

  private CommandRun small(String layers, String steps) {
    return run(
        "--data",
        "karate",
        "--layers",
        layers,
        "--hidden",
        "16",
        "--time-steps",
        steps,
        "--epochs",
        "2",
        "--seeds",
        "2",
        "--rate-weight",
        "0.1",
        "--csv",
        file("results.csv"),
        "--curve",
        file("new/curve.csv"),
        "--plot",
        file("new/curve.png"));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void reportsRatioAndAccuracy() throws IOException {
    CommandRun two = small("2", "3");
    assertThat(two.err).isEmpty();
    assertThat(two.exitCode).isZero();
    assertThat(two.out)
        .contains("2 layers, hidden 16, T 3")
        .containsPattern("hidden +18,496 +55,488 +544 ")
        .containsPattern("test accuracy \\d+\\.\\d+ \\+- ")
        .containsPattern("ratio +\\d+\\.\\d+ \\+- ");
    assertThat(small("3", "2").out).contains("hidden2");
    assertThat(small("2", "3").exitCode).isZero();

    List<String> results = Files.readAllLines(folder.resolve("results.csv"));
    assertThat(results).hasSize(1 + 4);
    assertThat(results.get(1)).startsWith("GC-SNN,karate,compression,");
    assertThat(results.get(2)).startsWith("GC-SNN,karate,compression-accuracy,");
    List<String> curve = Files.readAllLines(folder.resolve("new/curve.csv"));
    assertThat(curve).hasSize(1 + 2);
    assertThat(curve.get(1)).startsWith("karate,2,16,3,1.0,0.05,0.1,2,");
    assertThat(curve.get(2)).startsWith("karate,3,16,2,1.0,0.05,0.1,2,");
    assertThat(ImageIO.read(folder.resolve("new/curve.png").toFile()).getWidth()).isEqualTo(920);
  }

  @ParameterizedTest
  @CsvSource({
    "--layers, 4, expected 2 or 3",
    "--rho, 0, expected a number above 0",
    "--plot, none.png, --plot needs --curve",
    "--rate-bound, 2, 'expected a probability in [0, 1)'"
  })
  void badOption(String name, String value, String message) {
    CommandRun run = run("--data", "karate", name, value);
    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.err).contains(message);
  }
}
