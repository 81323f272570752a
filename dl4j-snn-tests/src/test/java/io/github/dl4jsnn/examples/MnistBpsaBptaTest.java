package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistBpsaBptaTest {
  @TempDir Path folder;

  private CommandRun run(String... more) {
    String[] args = {
      "--width=2",
      "--time-steps=2",
      "--epochs=2",
      "--batch-size=10",
      "--train-images=25",
      "--test-images=10",
      "--shift=1",
      "--runs=" + folder.resolve("runs.csv"),
      "--csv=" + folder.resolve("results.csv"),
      "--checkpoints=" + folder.resolve("checkpoints")
    };
    String[] all = new String[args.length + more.length];
    System.arraycopy(args, 0, all, 0, args.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    CommandRun run = new CommandRun(new MnistBpsaBpta(), all);
    assertThat(run.err).isEmpty();
    assertThat(run.exitCode).isZero();
    return run;
  }

  @Test
  void trainsEachArmOnceAndGoesOnFromItsTable() throws Exception {
    CommandRun first = run("--rule=STBP,bpsa_bpta");
    assertThat(first.out)
        .contains("epoch   2   loss 0.")
        .contains("MACs of real values")
        .contains(" at T 2, 0.0819 at T 16");
    List<String> runs = Files.readAllLines(folder.resolve("runs.csv"));
    assertThat(runs).hasSize(3);
    assertThat(runs.get(0)).isEqualTo(VisionRun.HEADER);
    assertThat(runs.get(2)).matches("drawn,BPSA\\+BPTA,2,2,1,2 epochs; .*; 10 of test,[12],.*");
    List<String> results = Files.readAllLines(folder.resolve("results.csv"));
    assertThat(results)
        .hasSize(1 + 2 * 3)
        .anyMatch(l -> l.startsWith("Small,drawn,accuracy T=2,"))
        .anyMatch(l -> l.startsWith("Small,drawn,rate T=2,"))
        .anyMatch(l -> l.startsWith("Small,drawn,energy T=2,"));

    CommandRun second = run("--rule=STBP,bpsa_bpta");
    assertThat(second.out).doesNotContain("loss").contains("best epoch");
    assertThat(Files.readAllLines(folder.resolve("runs.csv"))).isEqualTo(runs);
    assertThat(Files.readAllLines(folder.resolve("results.csv"))).isEqualTo(results);

    run("--rule=STBP", "--seeds=2");
    assertThat(Files.readAllLines(folder.resolve("runs.csv"))).hasSize(4).startsWith(runs.get(0));
  }

  @Test
  void ratioIsThatOfTheRate() throws Exception {
    run();
    String[] f = Files.readAllLines(folder.resolve("runs.csv")).get(1).split(",");
    double rate = Double.parseDouble(f[9]);
    assertThat(rate).isBetween(0.0, 1.0);
    // The table has four digits of the rate.
    assertThat(Double.parseDouble(f[10]))
        .isCloseTo(4.6 / (0.1 * rate * 2), withinPercentage(1e-2 / rate));
  }
}
