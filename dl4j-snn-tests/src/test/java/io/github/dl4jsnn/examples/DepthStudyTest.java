package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DepthStudyTest {

  @TempDir Path folder;

  private CommandRun run(String... args) {
    CommandRun run = new CommandRun(new DepthStudy(), args);
    assertThat(run.err).isEmpty();
    assertThat(run.exitCode).isZero();
    return run;
  }

  @Test
  void everyModelAndDepthIsInTableAndPicture() throws IOException {
    Path csv = folder.resolve("depth.csv");
    Path png = folder.resolve("depth.png");
    run(
        "--data=karate",
        "--models=gcsnn,gcn,gcn-stfn,gcsnn-attention",
        "--depths=2,4",
        "--seeds=2",
        "--epochs=3",
        "--hidden=5",
        "--csv=" + csv,
        "--plot=" + png);
    List<List<String>> results = ResultsCsv.results(csv);
    List<String> accuracies =
        results.stream()
            .filter(r -> r.get(2).equals("accuracy"))
            .map(r -> r.get(0) + " " + r.get(6))
            .collect(Collectors.toList());
    assertThat(accuracies)
        .containsExactly(
            "GC-SNN 2",
            "GC-SNN 4",
            "GCN 2",
            "GCN 4",
            "GCN with STFN 2",
            "GCN with STFN 4",
            "GC-SNN with attention 2",
            "GC-SNN with attention 4");
    assertThat(results)
        .filteredOn(r -> r.get(2).equals("distance"))
        .hasSize(8)
        .allSatisfy(r -> assertThat(Double.parseDouble(r.get(3))).isBetween(0.0, 1.0));
    assertThat(png).isNotEmptyFile();
  }

  @Test
  void eachReadoutIsAResult() throws IOException {
    Path csv = folder.resolve("coding.csv");
    run(
        "--data=karate",
        "--models=gcsnn",
        "--readouts=potential,rate,first-spike",
        "--depths=2",
        "--seeds=1",
        "--epochs=3",
        "--csv=" + csv);
    assertThat(ResultsCsv.results(csv))
        .filteredOn(r -> r.get(2).equals("rate"))
        .extracting(r -> r.get(8))
        .containsExactly(
            "STBP; read-out potential", "STBP; read-out rate", "STBP; read-out first-spike");
  }

  @Test
  void badOptionsAreRefused() {
    CommandRun depth = new CommandRun(new DepthStudy(), "--depths=2,1");
    assertThat(depth.exitCode).isEqualTo(2);
    assertThat(depth.err).contains("2 or more");
    CommandRun plot = new CommandRun(new DepthStudy(), "--data=karate", "--plot=p.png");
    assertThat(plot.exitCode).isEqualTo(2);
    assertThat(plot.err).contains("--csv");
  }
}
