package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeClassificationStudyTest {

  private static final Pattern ROW = Pattern.compile("^ +(\\d+) +\\d+ +\\S+ +(\\d+\\.\\d\\d) .*");

  @TempDir Path folder;

  private CommandRun run(String model, Path csv) {
    return study(
        "--data=karate",
        "--model=" + model,
        "--seeds=3",
        "--epochs=4",
        "--hidden=8",
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
            "-Dexec.args='--data=karate --model=gcsnn --seeds=3 --epochs=4 --hidden=8 --csv="
                + csv
                + "'");
    assertThat(lines.get(2)).startsWith("GC-SNN,karate,rate,0.");
  }

  @ParameterizedTest
  @CsvSource({"gcsnn, GC-SNN, STBP", "gasnn, GA-SNN, STBP", "gcn, GCN, BP", "gat, GAT, BP"})
  void everyModelRepeatsItself(String model, String system, String method) throws IOException {
    Path csv = folder.resolve("results.csv");
    assertThat(run(model, csv).exitCode).isZero();
    List<String> first = Files.readAllLines(csv);
    assertThat(run(model, csv).exitCode).isZero();

    // Only networks that spike have a firing rate.
    assertThat(first).hasSize(method.equals("BP") ? 2 : 3);
    assertThat(first.get(1))
        .startsWith(system + ",karate,accuracy,")
        .contains(",3,2,none," + method + ",");
    assertThat(Files.readAllLines(csv)).isEqualTo(first);
  }

  @Test
  void firstSeedIsThatOfTheFirstRun() {
    String[] options = {"--data=karate", "--epochs=3", "--hidden=4", "--seeds"};
    List<String> both = rows(study(withLast(options, "2")));
    String[] later = withLast(options, "1", "--first-seed=2");
    assertThat(rows(study(later))).containsExactly(both.get(1));
  }

  private static String[] withLast(String[] options, String... more) {
    return Stream.concat(Stream.of(options), Stream.of(more)).toArray(String[]::new);
  }

  /** The rows of the seeds without their times. */
  private static List<String> rows(CommandRun run) {
    assertThat(run.err).isEmpty();
    return run.out
        .lines()
        .filter(line -> ROW.matcher(line).matches())
        .map(line -> line.substring(0, line.lastIndexOf(' ')).trim())
        .collect(Collectors.toList());
  }

  @Test
  void generatedFeaturesStayOutOfTheResults() {
    Path csv = folder.resolve("results.csv");
    CommandRun run = study("--data=pubmed", "--csv=" + csv);
    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.err).contains("pubmed has generated features").contains("docs/studies/");
    assertThat(csv).doesNotExist();
  }

  @Test
  void headsMustDivideTheHiddenLayer() {
    CommandRun run = study("--data=karate", "--model=gasnn", "--hidden=8", "--heads=3");
    assertThat(run.exitCode).isEqualTo(1);
    assertThat(run.err).contains("multiple of heads, 3; was 8");
  }

  private static CommandRun study(String... args) {
    return new CommandRun(new NodeClassificationStudy(), args);
  }

  @Test
  void badOption() {
    CommandRun run = study("--seeds", "0");
    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.err).contains("--seeds").contains("expected a number of 1 or more");
  }
}
