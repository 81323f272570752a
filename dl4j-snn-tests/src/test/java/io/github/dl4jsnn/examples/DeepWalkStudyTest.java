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

class DeepWalkStudyTest {

  private static final Pattern ROW =
      Pattern.compile("^ +(\\d+) +[\\d.]+ +\\de-\\d\\d +\\S+ +(\\d+\\.\\d\\d)$");

  @TempDir Path folder;

  @Test
  void meanAndDeviationAreThoseOfTheSeeds() throws IOException {
    Path csv = folder.resolve("results.csv");
    CommandRun run =
        new CommandRun(
            new DeepWalkStudy(),
            "--data=karate",
            "--seeds=3",
            "--first-seed=7",
            "--vector-size=16",
            "--walks=20",
            "--csv=" + csv);

    assertThat(run.err).isEmpty();
    assertThat(run.exitCode).isZero();
    List<Matcher> rows =
        run.out.lines().map(ROW::matcher).filter(Matcher::matches).collect(Collectors.toList());
    assertThat(rows).extracting(m -> m.group(1)).containsExactly("7", "8", "9");
    double[] tests = rows.stream().mapToDouble(m -> Double.parseDouble(m.group(2))).toArray();
    Sample sample = new Sample(tests);
    // Friendships alone tell the factions apart: chance is 50 %.
    assertThat(sample.mean()).isGreaterThan(80);
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1))
        .startsWith(
            String.format(
                "DeepWalk,karate,accuracy,%.2f,%.2f,3,none,none,skip-gram,mvn ",
                sample.mean(), sample.deviation()))
        .contains("-Dexec.mainClass=io.github.dl4jsnn.examples.DeepWalkStudy ")
        .contains("--data=karate --seeds=3 --first-seed=7 --vector-size=16 --walks=20");
  }

  @Test
  void deviationIsThatOfASample() {
    assertThat(new Sample(1, 2, 6).mean()).isEqualTo(3);
    assertThat(new Sample(1, 2, 6).deviation()).isEqualTo(Math.sqrt(7));
    assertThat(new Sample(5).deviation()).isZero();
  }

  @Test
  void asAdditionalFeaturesOfASpikingNetwork() {
    CommandRun run =
        new CommandRun(
            new DeepWalkFeatures(), "--vector-size=8", "--walks=20", "--hidden=16", "--epochs=30");
    assertThat(run.err).isEmpty();
    assertThat(run.exitCode).isZero();
    assertThat(run.out).contains("34 features ").contains("42 with DeepWalk vectors ");
    String last = run.out.lines().reduce((a, b) -> b).orElseThrow();
    assertThat(Double.parseDouble(last.substring(last.lastIndexOf(' ')))).isGreaterThan(80);
  }

  @Test
  void badOption() {
    CommandRun run = new CommandRun(new DeepWalkStudy(), "--walks", "0");
    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.err).contains("--walks").contains("expected a number of 1 or more");
  }
}
