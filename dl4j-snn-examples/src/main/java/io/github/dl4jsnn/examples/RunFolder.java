package io.github.dl4jsnn.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.Checkpoint;
import org.deeplearning4j.optimize.listeners.CheckpointListener;
import org.deeplearning4j.util.ModelSerializer;

/**
 * The folder of one training run: checkpoints by DL4J's {@link CheckpointListener}, what each epoch
 * came to, and the network of the best epoch.
 *
 * <p>A {@code CheckpointListener} begins with an empty folder or empties it. So that a program that
 * is killed right after it was started again loses nothing, each start has a folder of its own, and
 * older ones go when the newer has its first checkpoint.
 */
final class RunFolder {
  private static final String START = "start-";
  private static final int KEPT = 2;

  private final Path root;

  /** A folder that may not exist yet. */
  RunFolder(Path root) {
    this.root = root;
  }

  /** The newest checkpoint, with the state of its updater, if there is one. */
  Optional<MultiLayerNetwork> newest() throws IOException {
    List<Path> starts = starts();
    for (int i = starts.size() - 1; i >= 0; i--) {
      Optional<Checkpoint> last = last(starts.get(i));
      if (last.isPresent()) {
        return Optional.of(
            CheckpointListener.loadCheckpointMLN(starts.get(i).toFile(), last.get()));
      }
    }
    return Optional.empty();
  }

  /** The last checkpoint of a start of the program, if it came to one. */
  static Optional<Checkpoint> last(Path start) throws IOException {
    Path record = start.resolve("checkpointInfo.txt");
    // The listener makes the file empty first, and fails to read it so.
    return Files.exists(record) && Files.size(record) > 0
        ? Optional.ofNullable(CheckpointListener.lastCheckpoint(start.toFile()))
        : Optional.empty();
  }

  /** A listener for this start of the program; older checkpoints but the newest are deleted. */
  CheckpointListener listener(int everySteps) throws IOException {
    List<Path> starts = starts();
    boolean newer = false;
    for (int i = starts.size() - 1; i >= 0; i--) {
      if (newer || last(starts.get(i)).isEmpty()) {
        delete(starts.get(i));
      } else {
        newer = true;
      }
    }
    int number = starts.isEmpty() ? 1 : number(starts.get(starts.size() - 1)) + 1;
    Path start = Files.createDirectories(root.resolve(START + number));
    return new CheckpointListener.Builder(start.toFile())
        .saveEveryNIterations(everySteps)
        .saveEveryEpoch()
        .keepLast(KEPT)
        .logSaving(false)
        .build();
  }

  /** The folders of all starts, in their order. */
  private List<Path> starts() throws IOException {
    if (!Files.isDirectory(root)) {
      return new ArrayList<>();
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries
          .filter(p -> p.getFileName().toString().startsWith(START))
          .sorted(Comparator.comparingInt(RunFolder::number))
          .collect(Collectors.toList());
    }
  }

  private static int number(Path start) {
    return Integer.parseInt(start.getFileName().toString().substring(START.length()));
  }

  /** Deletes all checkpoints; the best network and the epochs stay. */
  void deleteCheckpoints() throws IOException {
    for (Path start : starts()) {
      delete(start);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path p : entries.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
        Files.delete(p);
      }
    }
  }

  /** Keeps a network as the best one, whole or not at all. */
  void saveBest(MultiLayerNetwork network) throws IOException {
    Path part = root.resolve("best.part");
    ModelSerializer.writeModel(network, part.toFile(), false);
    move(part, best());
  }

  /** The network of the best epoch. */
  Path best() {
    return root.resolve("best.zip");
  }

  /** What the run is called. */
  String name() {
    return root.getFileName().toString();
  }

  /** Another file of this run, which stays. */
  Path file(String name) {
    return root.resolve(name);
  }

  /** What each finished epoch came to. */
  List<EpochScore> epochs() throws IOException {
    Path csv = root.resolve("epochs.csv");
    List<EpochScore> epochs = new ArrayList<>();
    if (Files.exists(csv)) {
      List<String> lines = Files.readAllLines(csv);
      lines.subList(1, lines.size()).forEach(line -> epochs.add(EpochScore.parse(line)));
    }
    return epochs;
  }

  /** Writes what each epoch came to, all of it or nothing. */
  void saveEpochs(List<EpochScore> epochs) throws IOException {
    List<String> lines = new ArrayList<>(List.of(EpochScore.HEADER));
    epochs.forEach(e -> lines.add(e.toString()));
    Path part = root.resolve("epochs.part");
    Files.write(part, lines);
    move(part, root.resolve("epochs.csv"));
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
