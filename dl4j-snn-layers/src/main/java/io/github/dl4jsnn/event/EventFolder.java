package io.github.dl4jsnn.event;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A set of recordings as N-MNIST and CIFAR10-DVS are published: one folder a class, one file a
 * recording. Classes are numbered in the order of the folders' names, recordings are in the order
 * of their classes and names, numbers in names counting as numbers. Immutable; may be used by
 * several threads.
 */
public final class EventFolder implements EventSet {

  /** Of 10 recordings of a class in CIFAR10-DVS, which has no split of its own, these train. */
  private static final int TRAINING_TENTHS = 9;

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  /** Opens one file of a set. */
  private interface Opener {
    EventReader open(Path file) throws IOException;
  }

  private final String key;
  private final List<Path> files;
  private final int[] labels;
  private final List<String> classes;
  private final int side;
  private final Opener opener;

  private EventFolder(
      String key, List<Path> folders, List<List<Path>> files, int side, Opener opener) {
    this.key = key;
    this.side = side;
    this.opener = opener;
    this.files = files.stream().flatMap(List::stream).collect(Collectors.toList());
    classes = folders.stream().map(EventFolder::name).collect(Collectors.toList());
    labels = new int[this.files.size()];
    for (int c = 0, i = 0; c < files.size(); c++) {
      for (int n = 0; n < files.get(c).size(); n++) {
        labels[i++] = c;
      }
    }
  }

  /**
   * Finds the recordings of N-MNIST: {@code Train/0/*.bin} to {@code Train/9/*.bin}, and {@code
   * Test} likewise.
   *
   * @param root the folder with {@code Train} and {@code Test}
   * @param train whether those for training, else those for testing
   * @return the set, 34 by 34 pixels
   * @throws IOException if folders or files are missing
   */
  public static EventFolder nMnist(Path root, boolean train) throws IOException {
    Path part = root.resolve(train ? "Train" : "Test");
    List<Path> folders = list(part, null);
    return new EventFolder(
        "N-MNIST " + part.toAbsolutePath().normalize(),
        folders,
        filesOf(folders, ".bin"),
        NMnistReader.SIDE,
        NMnistReader::open);
  }

  /**
   * Finds the recordings of CIFAR10-DVS: {@code airplane/cifar10_airplane_0.aedat} and so on. Of
   * each class the first nine tenths, by number, are for training and the rest for testing, as is
   * usual; the publication has no split.
   *
   * @param root the folder with those of the classes
   * @param train whether those for training, else those for testing
   * @return the set, 128 by 128 pixels, upright ({@link Dvs128Orientation#CIFAR10_DVS})
   * @throws IOException if folders or files are missing
   */
  public static EventFolder cifar10Dvs(Path root, boolean train) throws IOException {
    List<Path> folders = list(root, null);
    List<List<Path>> files = new ArrayList<>();
    for (List<Path> all : filesOf(folders, ".aedat")) {
      int split = all.size() * TRAINING_TENTHS / 10;
      files.add(train ? all.subList(0, split) : all.subList(split, all.size()));
    }
    return new EventFolder(
        "CIFAR10-DVS " + root.toAbsolutePath().normalize() + (train ? " train" : " test"),
        folders,
        files,
        Aedat2Reader.SIDE,
        f -> Aedat2Reader.open(f, Dvs128Orientation.CIFAR10_DVS));
  }

  private static List<List<Path>> filesOf(List<Path> folders, String ending) throws IOException {
    List<List<Path>> files = new ArrayList<>();
    for (Path folder : folders) {
      files.add(list(folder, ending));
    }
    return files;
  }

  /** Files with this ending in a folder, or folders if there is no ending. At least one. */
  private static List<Path> list(Path folder, String ending) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new FileNotFoundException(folder + ": expected a folder, found none");
    }
    List<Path> found;
    try (Stream<Path> all = Files.list(folder)) {
      found =
          all.filter(p -> ending == null ? Files.isDirectory(p) : name(p).endsWith(ending))
              .sorted(Comparator.comparing(EventFolder::paddedName))
              .collect(Collectors.toList());
    }
    if (found.isEmpty()) {
      throw new FileNotFoundException(
          folder
              + ": expected "
              + (ending == null ? "folders" : "files *" + ending)
              + ", found none");
    }
    return found;
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  /** The name with its numbers in ten digits, so that 10 comes behind 9. */
  private static String paddedName(Path path) {
    return NUMBER
        .matcher(name(path))
        .replaceAll(m -> "0".repeat(Math.max(0, 10 - m.group().length())) + m.group());
  }

  /**
   * Returns the names of the classes.
   *
   * @return names of the folders, in the order of the labels
   */
  public List<String> classNames() {
    return List.copyOf(classes);
  }

  /**
   * Returns the file of a recording.
   *
   * @param i number of the recording
   * @return the file
   */
  public Path file(int i) {
    return files.get(i);
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int numClasses() {
    return classes.size();
  }

  @Override
  public int width() {
    return side;
  }

  @Override
  public int height() {
    return side;
  }

  @Override
  public int label(int i) {
    return labels[i];
  }

  @Override
  public Events events(int i) throws IOException {
    try (EventReader reader = opener.open(files.get(i))) {
      return reader.readAll();
    }
  }

  @Override
  public String key() {
    return key + ", " + size() + " recordings";
  }
}
