package io.github.dl4jsnn.event;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which gestures are in a recording of DVS-Gesture, and when: its {@code …_labels.csv}. Immutable.
 *
 * <p>The file has the line {@code class,startTime_usec,endTime_usec} and then a row for each
 * gesture: its class, 1 to {@value #CLASSES}, and its first and behind its last microsecond.
 */
public final class GestureLabels {

  /** Number of classes of DVS-Gesture. */
  public static final int CLASSES = 11;

  private static final String HEADER = "class,startTime_usec,endTime_usec";

  /** A recording has 12 gestures or so; a file of more is none of labels. */
  private static final int MAX_ROWS = 100_000;

  /** Characters of a row: three numbers. */
  private static final int MAX_CHARACTERS = 80;

  /** Events that are read at a time. */
  private static final int BLOCK = 1 << 14;

  private final List<long[]> rows;

  private GestureLabels(List<long[]> rows) {
    this.rows = rows;
  }

  /**
   * Reads a file of labels.
   *
   * @param file the file
   * @return its rows
   * @throws EventFormatException if it is damaged
   * @throws IOException if it cannot be read
   */
  public static GestureLabels read(Path file) throws IOException {
    try (ByteSource source = ByteSource.open(file)) {
      return read(source);
    }
  }

  /**
   * Reads labels from a stream, which it leaves open.
   *
   * @param name what messages call it
   * @param in the stream
   * @return its rows
   * @throws EventFormatException if it is damaged
   * @throws IOException if it cannot be read
   */
  public static GestureLabels read(String name, InputStream in) throws IOException {
    return read(new ByteSource(name, in, ByteSource.UNKNOWN));
  }

  private static GestureLabels read(ByteSource source) throws IOException {
    String header = source.atEnd() ? "" : source.lineOrRest(MAX_CHARACTERS);
    if (!header.equals(HEADER)) {
      throw source.error(0, "expected the line " + HEADER + ", got " + ByteSource.shown(header));
    }
    List<long[]> rows = new ArrayList<>();
    while (!source.atEnd()) {
      long offset = source.position();
      String line = source.lineOrRest(MAX_CHARACTERS);
      if (!line.isBlank()) {
        rows.add(row(source, offset, line));
      }
      if (rows.size() > MAX_ROWS) {
        throw source.error(offset, "expected at most " + MAX_ROWS + " gestures, got more");
      }
    }
    return new GestureLabels(rows);
  }

  private static long[] row(ByteSource source, long offset, String line)
      throws EventFormatException {
    String[] fields = line.split(",", -1);
    long[] row = new long[3];
    try {
      for (int i = 0; i < row.length; i++) {
        row[i] = Long.parseLong(fields[i].trim());
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      row[0] = 0;
    }
    if (fields.length != 3 || row[0] < 1 || row[0] > CLASSES || row[1] < 0 || row[2] < row[1]) {
      throw source.error(
          offset,
          String.format(
              "expected a class of 1 to %d, a start and an end behind it, got %s",
              CLASSES, ByteSource.shown(line)));
    }
    return row;
  }

  /**
   * Returns the number of gestures.
   *
   * @return rows of the file
   */
  public int size() {
    return rows.size();
  }

  /**
   * Returns the class of a gesture.
   *
   * @param i number of the gesture
   * @return 0 to 10, one less than in the file
   */
  public int label(int i) {
    return (int) rows.get(i)[0] - 1;
  }

  /**
   * Returns when a gesture begins.
   *
   * @param i number of the gesture
   * @return first microsecond
   */
  public long start(int i) {
    return rows.get(i)[1];
  }

  /**
   * Returns when a gesture ends.
   *
   * @param i number of the gesture
   * @return behind the last microsecond
   */
  public long end(int i) {
    return rows.get(i)[2];
  }

  /**
   * Cuts the gestures out of the recording, in one pass and block by block.
   *
   * @param recording the recording, read to its end and left open
   * @return the events of each gesture, at {@code start <= time < end}
   * @throws EventFormatException if the recording is cut off or damaged
   * @throws IOException if it cannot be read
   */
  public List<Events> cut(EventReader recording) throws IOException {
    List<Events.Builder> parts = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      parts.add(new Events.Builder(recording.width(), recording.height()));
    }
    for (Events block = recording.read(BLOCK); block.size() > 0; block = recording.read(BLOCK)) {
      long first = block.firstTime();
      long last = block.lastTime();
      for (int i = 0; i < size(); i++) {
        if (start(i) <= last && end(i) > first) {
          parts.get(i).addBetween(block, start(i), end(i));
        }
      }
    }
    List<Events> cut = new ArrayList<>();
    for (Events.Builder part : parts) {
      cut.add(part.build());
    }
    return cut;
  }
}
