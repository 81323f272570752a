package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphClassificationTest {

  @TempDir Path folder;

  @Test
  void runsFromGraphsToSavedModel() {
    Path out = folder.resolve("new/folder");
    CommandRun run =
        new CommandRun(
            new GraphClassification(),
            "--graphs=60",
            "--hidden=6",
            "--time-steps=2",
            "--epochs=2",
            "--pooling=attention",
            "--out=" + out);
    assertThat(run.err).isEmpty();
    assertThat(run.exitCode).isZero();
    assertThat(run.out)
        .contains("60 graphs: train/validation/test 40/10/10", "ATTENTION pooling")
        .containsPattern("epoch +2 +loss \\d\\.\\d{4} +validation accuracy +\\d+\\.\\d\\d %")
        .containsPattern("best epoch [12]: test accuracy \\d+\\.\\d\\d % of 10 graphs")
        .contains("restored, the same");
    assertThat(out.resolve("model.zip")).exists();
  }

  @Test
  void badOptions() {
    CommandRun few = new CommandRun(new GraphClassification(), "--graphs=2", "--out=" + folder);
    assertThat(few.exitCode).isEqualTo(2);
    CommandRun pooling = new CommandRun(new GraphClassification(), "--pooling=none");
    assertThat(pooling.exitCode).isEqualTo(2);
    assertThat(pooling.err).contains("none", "ATTENTION");
  }
}
