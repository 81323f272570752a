package io.github.dl4jsnn.event;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Spike trains of the Spiking Heidelberg Digits (SHD) and Spiking Speech Commands, or of any HDF5
 * file laid out like theirs:
 *
 * <pre>
 *   /spikes/times  [n]  ragged, floats of 16, 32 or 64 bits: seconds
 *   /spikes/units  [n]  ragged, whole numbers: channel of the cochlea, 0 to 699
 *   /labels        [n]  whole numbers: class
 * </pre>
 *
 * <p>A recording is read when it is asked for; no array of the file is ever held whole, and sizes
 * in the file are checked before memory is taken. Channel c becomes pixel (c, 0) of a sensor of one
 * row, and every spike is {@link Events#ON}. Times are rounded to microseconds. May be used by
 * several threads.
 *
 * <p>Needs the optional dependency {@code io.jhdf:jhdf}. Files of 2 GiB and more are refused: the
 * file is mapped into memory, where the sizes it states cannot lead beyond its end.
 *
 * <p><b>Source.</b> B. Cramer, Y. Stradmann, J. Schemmel, F. Zenke, "The Heidelberg spiking data
 * sets for the systematic evaluation of spiking neural networks", IEEE TNNLS 33(7), 2022, <a
 * href="https://doi.org/10.1109/TNNLS.2020.3044364">doi:10.1109/TNNLS.2020.3044364</a>.
 */
public final class ShdFile implements EventSet, Closeable {

  /** Channels of SHD and SSC. */
  public static final int CHANNELS = 700;

  /** Classes of SHD. */
  public static final int CLASSES = 20;

  private static final double MICROSECONDS = 1e6;

  /** A century; a double of this many seconds still tells microseconds apart. */
  private static final double MAX_SECONDS = 3.2e9;

  private final String name;
  private final int channels;
  private final int[] labels;
  private final int numClasses;
  private final Hdf5File file;
  private final Hdf5Array times;
  private final Hdf5Array units;

  private ShdFile(String name, ByteBuffer bytes, int channels, int numClasses) throws IOException {
    this.name = name;
    this.channels = channels;
    this.numClasses = numClasses;
    if (channels < 1 || channels > Events.MAX_SIDE || numClasses < 1) {
      throw new IllegalArgumentException(
          String.format(
              "expected 1 to %d channels and at least 1 class, got %d and %d",
              Events.MAX_SIDE, channels, numClasses));
    }
    file = new Hdf5File(name, bytes);
    times = file.ragged("/spikes/times");
    units = file.ragged("/spikes/units");
    Hdf5Array classes = file.flat("/labels");
    if (units.size() != times.size() || classes.size() != times.size()) {
      throw times.error(
          String.format(
              "expected as many units and labels as times, %d, got %d and %d",
              times.size(), units.size(), classes.size()));
    }
    labels = readLabels(classes);
  }

  /**
   * Opens a file of SHD.
   *
   * @param file the file
   * @return 700 channels, 20 classes
   * @throws EventFormatException if it is damaged or laid out otherwise
   * @throws IOException if it cannot be opened
   */
  public static ShdFile open(Path file) throws IOException {
    return open(file, CHANNELS, CLASSES);
  }

  /**
   * Opens a file of another set that is laid out like SHD.
   *
   * @param file the file
   * @param channels number of channels, 1 to 32768
   * @param numClasses number of classes
   * @return the recordings of the file
   * @throws EventFormatException if it is damaged or laid out otherwise
   * @throws IOException if it cannot be opened
   */
  public static ShdFile open(Path file, int channels, int numClasses) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new FileNotFoundException(file + ": expected a file, found none");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size > Integer.MAX_VALUE) {
        throw new EventFormatException(
            file.toString(), 0, "expected a file below 2 GiB, got " + size + " bytes");
      }
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
      return new ShdFile(file.toString(), bytes, channels, numClasses);
    }
  }

  /**
   * Reads a file in memory.
   *
   * @param name what messages call it
   * @param bytes the file; not to be changed while it is read
   * @param channels number of channels, 1 to 32768
   * @param numClasses number of classes
   * @return the recordings of the file
   * @throws EventFormatException if it is damaged or laid out otherwise
   */
  public static ShdFile of(String name, ByteBuffer bytes, int channels, int numClasses)
      throws IOException {
    return new ShdFile(name, bytes.slice(), channels, numClasses);
  }

  private int[] readLabels(Hdf5Array classes) throws IOException {
    double[] values = classes.values();
    int[] labels = new int[values.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) values[i];
      if (labels[i] != values[i] || labels[i] < 0 || labels[i] >= numClasses) {
        throw classes.error(
            String.format("expected labels of 0 to %d, got %s", numClasses - 1, values[i]));
      }
    }
    return labels;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int numClasses() {
    return numClasses;
  }

  @Override
  public int width() {
    return channels;
  }

  @Override
  public int height() {
    return 1;
  }

  @Override
  public int label(int i) {
    return labels[i];
  }

  @Override
  public synchronized Events events(int i) throws IOException {
    double[] seconds = times.row(i);
    double[] channel = units.row(i);
    if (seconds.length != channel.length) {
      throw times.error(
          String.format(
              "expected as many times as units in row %d, got %d and %d",
              i, seconds.length, channel.length));
    }
    Events.Builder events = new Events.Builder(channels, 1);
    for (int k = 0; k < seconds.length; k++) {
      int c = (int) channel[k];
      if (c != channel[k] || c < 0 || c >= channels) {
        throw units.error(
            String.format(
                "expected channels of 0 to %d in row %d, got %s", channels - 1, i, channel[k]));
      }
      if (!(Math.abs(seconds[k]) < MAX_SECONDS)) {
        throw times.error(String.format("expected seconds in row %d, got %s", i, seconds[k]));
      }
      events.put(c, 0, Events.ON, Math.round(seconds[k] * MICROSECONDS));
    }
    return events.build();
  }

  @Override
  public String key() {
    return "SHD " + name + ", " + size() + " recordings";
  }

  @Override
  public void close() {
    file.close();
  }
}
