package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastStudyTest {
  private static final String[] TINY = {
    "--data=generated",
    "--systems=SPIKFORMER,TRANSFORMER",
    "--pe=NONE,CPG",
    "--horizons=2",
    "--seeds=2",
    "--hidden=8",
    "--time-steps=2",
    "--epochs=2",
    "--examples=256",
    "--input-length=5"
  };

  @TempDir Path folder;

  @Test
  void putsEveryRunAndTheirMeansIntoTables() throws IOException {
    Path csv = folder.resolve("results.csv");
    Path runs = folder.resolve("runs.csv");
    CommandRun first = run("--csv=" + csv, "--runs=" + runs);
    assertThat(first.err).isEmpty();
    assertThat(first.exitCode).isZero();
    assertThat(first.out)
        .contains("generated [600 rows, 6 channels], 5 rows in, 2 out")
        .containsPattern("Spikformer +none +-?[01]\\.\\d{4} \\+- ")
        .containsPattern("Spikformer +CPG ")
        .containsPattern("Transformer +none ")
        .doesNotContainPattern("Transformer +CPG");

    List<String> lines = Files.readAllLines(runs);
    assertThat(lines).hasSize(1 + 3 * 2); // Transformers have no CPG-PE
    assertThat(lines.get(1))
        .startsWith("Spikformer,generated-2,none,1,L5 D8 blocks1 heads2 T2 batch128");
    List<List<String>> results = ResultsCsv.results(csv);
    assertThat(results).hasSize(6);
    assertThat(results.get(2).subList(0, 3)).containsExactly("Spikformer", "generated-2", "r2");
    assertThat(results.get(2).get(7)).isEqualTo("CPG");
    assertThat(results.get(2).get(9)).contains("ForecastStudy", "--pe=NONE,CPG");
    double mean = (r2(lines.get(3)) + r2(lines.get(4))) / 2;
    assertThat(results.get(2).get(3)).isEqualTo(String.format(Locale.ROOT, "%.4f", mean));

    CommandRun second = run("--csv=" + csv, "--runs=" + runs);
    assertThat(second.out).isEqualTo(first.out);
    assertThat(Files.readAllLines(runs)).isEqualTo(lines);
  }

  private static double r2(String line) {
    return Double.parseDouble(line.split(",")[8]);
  }

  @Test
  void leavesTheTestPartAloneWhenTryingSettings() {
    Path runs = folder.resolve("runs.csv");
    CommandRun run = run("--validation-only", "--runs=" + runs, "--learning-rates=0.01,0.001");
    assertThat(run.exitCode).isZero();
    assertThat(run.out).containsPattern("Spikformer +CPG +-?[01]\\.\\d{4} .* NaN \\+- +NaN");
    assertThat(runs).doesNotExist();
  }

  @Test
  void badOption() {
    CommandRun run = new CommandRun(new ForecastStudy(), "--systems=LSTM");
    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.err).contains("SPIKFORMER", "Usage: forecast-study");
  }

  private static CommandRun run(String... more) {
    String[] args = Arrays.copyOf(TINY, TINY.length + more.length);
    System.arraycopy(more, 0, args, TINY.length, more.length);
    return new CommandRun(new ForecastStudy(), args);
  }
}
