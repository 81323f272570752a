package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeClassificationStudyTest {

  private static final Pattern ROW = Pattern.compile("^ +(\\d+) +\\d+ +\\S+ +(\\d+\\.\\d\\d) .*");

  @TempDir Path folder;

  private CommandRun run(String model, Path csv) {
    return new CommandRun(
        new NodeClassificationStudy(),
        "--data=karate",
        "--model=" + model,
        "--seeds=3",
        "--epochs=4",
        "--hidden=4",
        "--csv=" + csv);
  }

  @Test
  void meanAndDeviationAreThoseOfTheSeeds() throws IOException {
    Path csv = folder.resolve("results.csv");
    CommandRun run = run("gcsnn", csv);

    assertThat(run.err).isEmpty();
    assertThat(run.exitCode).isZero();
    List<Double> tests =
        run.out
            .lines()
            .map(ROW::matcher)
            .filter(Matcher::matches)
            .map(m -> Double.valueOf(m.group(2)))
            .collect(Collectors.toList());
    assertThat(tests).hasSize(3);
    double mean = tests.stream().mapToDouble(t -> t).average().orElseThrow();
    double squares = tests.stream().mapToDouble(t -> (t - mean) * (t - mean)).sum();
    String summary = String.format("%.2f,%.2f,3,2,none,STBP", mean, Math.sqrt(squares / 2));
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1))
        .startsWith("GC-SNN,karate,accuracy," + summary)
        .endsWith(
            "-Dexec.args='--data=karate --model=gcsnn --seeds=3 --epochs=4 --hidden=4 --csv="
                + csv
                + "'");
    assertThat(lines.get(2)).startsWith("GC-SNN,karate,rate,0.");
  }

  @Test
  void gcnHasNoFiringRateAndRepeatsItself() throws IOException {
    Path csv = folder.resolve("results.csv");
    assertThat(run("gcn", csv).exitCode).isZero();
    List<String> first = Files.readAllLines(csv);
    assertThat(run("gcn", csv).exitCode).isZero();

    assertThat(first).hasSize(2);
    assertThat(first.get(1)).startsWith("GCN,karate,accuracy,").contains(",3,2,none,BP,");
    assertThat(Files.readAllLines(csv)).isEqualTo(first);
  }

  @Test
  void badOption() {
    CommandRun run = new CommandRun(new NodeClassificationStudy(), "--seeds", "0");
    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.err).contains("--seeds").contains("expected a number of 1 or more");
  }
}
