package io.github.dl4jsnn.event;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The gestures of DVS-Gesture as it is published: {@code trials_to_train.txt} and {@code
 * trials_to_test.txt} name the recordings, {@code user01_natural.aedat} say, beside each of which
 * lies {@code user01_natural_labels.csv}. A gesture is one example.
 *
 * <p>The gestures of the recording that was read last are kept in memory, some tens of megabytes;
 * asked for in order, each recording is read once. Shuffled epochs should keep frames on disk
 * ({@link EventFrameIterator.Builder#cache}). May be used by several threads.
 *
 * <p><b>Source.</b> A. Amir and others, "A low power, fully event-based gesture recognition
 * system", CVPR 2017.
 */
public final class DvsGesture implements EventSet {
  private static final String RECORDING = ".aedat";

  private final String key;
  private final List<Path> recordings = new ArrayList<>();
  private final List<GestureLabels> labels = new ArrayList<>();
  private final List<int[]> gestures = new ArrayList<>();
  private int keptRecording = -1;
  private List<Events> kept;

  /**
   * Finds the gestures and reads their labels.
   *
   * @param root the folder with the recordings and the lists of them
   * @param train whether the gestures for training, else those for testing
   * @throws EventFormatException if labels are damaged
   * @throws IOException if files are missing
   */
  public DvsGesture(Path root, boolean train) throws IOException {
    Path list = root.resolve(train ? "trials_to_train.txt" : "trials_to_test.txt");
    key = "DVS-Gesture " + list.toAbsolutePath().normalize();
    if (!Files.isRegularFile(list)) {
      throw new FileNotFoundException(list + ": expected a list of recordings, found none");
    }
    for (String line : Files.readAllLines(list)) {
      String name = line.trim();
      if (!name.isEmpty()) {
        addRecording(list, root.resolve(name));
      }
    }
  }

  private void addRecording(Path list, Path recording) throws IOException {
    String name = recording.getFileName().toString();
    if (!name.endsWith(RECORDING)) {
      throw new IOException(
          String.format("%s: expected names of files *%s, got %s", list, RECORDING, name));
    }
    String base = name.substring(0, name.length() - RECORDING.length());
    GestureLabels rows = GestureLabels.read(recording.resolveSibling(base + "_labels.csv"));
    for (int i = 0; i < rows.size(); i++) {
      gestures.add(new int[] {recordings.size(), i});
    }
    recordings.add(recording);
    labels.add(rows);
  }

  @Override
  public int size() {
    return gestures.size();
  }

  @Override
  public int numClasses() {
    return GestureLabels.CLASSES;
  }

  @Override
  public int width() {
    return Aedat31Reader.SIDE;
  }

  @Override
  public int height() {
    return Aedat31Reader.SIDE;
  }

  @Override
  public int label(int i) {
    int[] gesture = gestures.get(i);
    return labels.get(gesture[0]).label(gesture[1]);
  }

  @Override
  public synchronized Events events(int i) throws IOException {
    int[] gesture = gestures.get(i);
    if (keptRecording != gesture[0]) {
      try (EventReader reader = Aedat31Reader.open(recordings.get(gesture[0]))) {
        kept = labels.get(gesture[0]).cut(reader);
      }
      keptRecording = gesture[0];
    }
    return kept.get(gesture[1]);
  }

  @Override
  public String key() {
    return key + ", " + size() + " gestures";
  }
}
