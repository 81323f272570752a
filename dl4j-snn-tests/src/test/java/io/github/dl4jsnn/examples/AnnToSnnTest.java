package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnToSnnTest {
  @TempDir Path folder;

  @Test
  void convertsWhatItTrained() throws Exception {
    Path csv = folder.resolve("results.csv");
    Path png = folder.resolve("curve.png");
    CommandRun run =
        new CommandRun(
            new AnnToSnn(),
            "--width=3",
            "--epochs=1",
            "--train-images=64",
            "--test-images=20",
            "--calibration=30",
            "--percentiles=99.9",
            "--csv=" + csv,
            "--plot=" + png);
    assertThat(run.err).isEmpty();
    assertThat(run.exitCode).isZero();
    assertThat(run.out).containsPattern("percentile +99\\.90").containsPattern("\n +64 ");
    assertThat(Files.readAllLines(csv))
        .hasSize(1 + 1 + 7)
        .anyMatch(line -> line.startsWith("Converted,drawn,accuracy,"));
    assertThat(png).isNotEmptyFile();
  }
}
