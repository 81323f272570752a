package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.testing.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.Checkpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A training in a process of its own that is killed, as by kill -9, and started again. */
class KilledTrainingTest {

  private static final int STEPS_PER_EPOCH = 13;
  private static final int EPOCHS = 4;
  private static final int CHECKPOINT_EVERY = 5;
  private static final List<String> FAST_START = List.of("-XX:TieredStopAtLevel=1", "-Xmx512m");

  @TempDir Path folder;

  /** The last batch of an epoch is smaller; learning rate, order, dropout and surrogate change. */
  private String[] args(String name) {
    return new String[] {
      "--width=2",
      "--time-steps=2",
      "--epochs=" + EPOCHS,
      "--batch-size=10",
      "--train-images=125",
      "--test-images=20",
      "--shift=1",
      "--dropout=0.3",
      "--smooth-epochs=1",
      "--checkpoint-every=" + CHECKPOINT_EVERY,
      "--runs=" + table(name),
      "--checkpoints=" + folder.resolve(name)
    };
  }

  private Path table(String name) {
    return folder.resolve(name + ".csv");
  }

  /** The folder of the only run, once it is there. */
  private Optional<Path> run(String name) throws IOException {
    if (!Files.exists(folder.resolve(name))) {
      return Optional.empty();
    }
    try (Stream<Path> runs = Files.list(folder.resolve(name))) {
      return runs.findFirst();
    }
  }

  @Test
  @Timeout(120)
  void goesOnAtItsCheckpointAndEndsAlike() throws Exception {
    Process process =
        FreshJvm.builder(MnistBpsaBpta.class, FAST_START, List.of(), args("killed"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("killed.log").toFile())
            .start();
    try {
      // in the second epoch or later, so that a score is kept, too
      while (lastStep() <= STEPS_PER_EPOCH) {
        assertThat(process.isAlive())
            .as(() -> "alive until killed: " + read(folder.resolve("killed.log")))
            .isTrue();
        Thread.sleep(5);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    int kept = lastStep();
    assertThat(kept).isBetween(STEPS_PER_EPOCH + 1, EPOCHS * STEPS_PER_EPOCH - 1);
    assertThat(Files.readAllLines(table("killed"))).containsExactly(VisionRun.HEADER);

    String again = FreshJvm.run(MnistBpsaBpta.class, FAST_START, List.of(), args("killed"));
    assertThat(again)
        .contains(
            "goes on behind epoch "
                + kept / STEPS_PER_EPOCH
                + ", step "
                + kept % STEPS_PER_EPOCH
                + ",")
        .doesNotContain("epoch   1 ");

    CommandRun uninterrupted = new CommandRun(new MnistBpsaBpta(), args("whole"));
    assertThat(uninterrupted.err).isEmpty();
    assertThat(scores("killed")).isEqualTo(scores("whole"));
    Networks.assertSameBits(best("killed").params(), best("whole").params());
    assertThat(withoutSeconds("killed")).isEqualTo(withoutSeconds("whole"));
  }

  /** Training steps in the last checkpoint; 0 if there is none yet. */
  private int lastStep() throws IOException {
    Optional<Path> run = run("killed");
    return run.isPresent()
        ? RunFolder.last(run.get().resolve("start-1")).map(this::steps).orElse(0)
        : 0;
  }

  /** A step is counted after it was saved, but before its epoch ends. */
  private int steps(Checkpoint saved) {
    int end = (saved.getEpoch() + 1) * STEPS_PER_EPOCH;
    return Math.min(end, saved.getIteration() + 1);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private List<String> scores(String name) throws IOException {
    return Files.readAllLines(run(name).orElseThrow().resolve("epochs.csv")).stream()
        .map(line -> line.split(",")[0] + " " + line.split(",")[2])
        .collect(Collectors.toList());
  }

  private MultiLayerNetwork best(String name) throws IOException {
    return MultiLayerNetwork.load(run(name).orElseThrow().resolve("best.zip").toFile(), false);
  }

  private String withoutSeconds(String name) throws IOException {
    String line = Files.readAllLines(table(name)).get(1);
    return line.substring(0, line.lastIndexOf(','));
  }
}
