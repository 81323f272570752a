package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedDvsTest {
  @TempDir Path folder;

  private CommandRun run(String timeSteps, String... more) {
    String[] args = {
      "--width=2",
      "--epochs=1",
      "--batch-size=8",
      "--train-images=16",
      "--test-images=10",
      "--bins=4",
      "--shift=1",
      "--time-steps=" + timeSteps,
      "--runs=" + folder.resolve("runs.csv"),
      "--cache=" + folder.resolve("events"),
      "--checkpoints=" + folder.resolve("checkpoints")
    };
    String[] all = new String[args.length + more.length];
    System.arraycopy(args, 0, all, 0, args.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return new CommandRun(new SimulatedDvs(), all);
  }

  private List<String> lines(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name));
  }

  @Test
  void trainsAtEachTAndMovesToOthers() throws Exception {
    String[] latency = {
      "--latency=" + folder.resolve("latency.csv"),
      "--latency-plot=" + folder.resolve("latency.png"),
      "--transfer=2,4"
    };
    CommandRun run = run("2,4", latency);
    assertThat(run.err).isEmpty();
    assertThat(run.exitCode).isZero();
    assertThat(run.out).contains("BPSA+BPTA trained at T 2, run at T 4: test ");
    List<String> runs = lines("runs.csv");
    assertThat(runs).hasSize(1 + 2);
    assertThat(runs.get(1)).startsWith("dvs-drawn,BPSA+BPTA,2,2,1,1 epochs; ");
    List<String> latencies = lines("latency.csv");
    assertThat(latencies).hasSize(1 + 2 * 2);
    // run as it was trained, a network has the accuracy of its run
    String test = runs.get(2).split(",")[8];
    assertThat(latencies.get(4)).endsWith(",4,4," + test);
    assertThat(folder.resolve("latency.png")).isNotEmptyFile();
    run("2,4", latency);
    assertThat(lines("latency.csv")).isEqualTo(latencies);
  }

  @Test
  void binsMustFit() {
    CommandRun run = run("3");
    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.err).contains("--bins to be a multiple of T = 3, got 4");
  }
}
