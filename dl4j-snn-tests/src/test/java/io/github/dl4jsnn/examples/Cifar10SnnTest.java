package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10SnnTest {
  @TempDir Path folder;

  @Test
  void trainsAndDrawsItsCurve() throws Exception {
    CommandRun run =
        new CommandRun(
            new Cifar10Snn(),
            "--width=2",
            "--time-steps=2",
            "--epochs=3",
            "--batch-size=10",
            "--train-images=20",
            "--test-images=10",
            "--runs=" + folder.resolve("runs.csv"),
            "--checkpoints=" + folder.resolve("checkpoints"),
            "--curve=" + folder.resolve("curve.csv"),
            "--curve-plot=" + folder.resolve("curve.png"));
    assertThat(run.err).isEmpty();
    assertThat(run.exitCode).isZero();
    assertThat(run.out).contains("Middle of width 2");
    assertThat(Files.readAllLines(folder.resolve("runs.csv"))).hasSize(2);
    List<String> curve = Files.readAllLines(folder.resolve("curve.csv"));
    assertThat(curve).hasSize(1 + 3);
    assertThat(curve.get(3)).startsWith("painted,BPSA+BPTA,2,2,1,3,0.");
    assertThat(folder.resolve("curve.png")).isNotEmptyFile();
  }
}
