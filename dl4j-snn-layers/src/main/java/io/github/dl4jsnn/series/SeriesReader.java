package io.github.dl4jsnn.series;

import io.github.dl4jsnn.internal.data.DataFiles;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Reads series from comma-separated text: one line a time, oldest first, one column a channel.
 *
 * <p>Names ending in {@code .gz} are unpacked. Spaces around numbers do no harm; there are no
 * quotes, and missing values and empty lines are errors.
 *
 * <p><b>Errors.</b> Every one is an {@link IOException} that names the file and, where there is
 * one, line and column, counted from 1; and what was expected and what came.
 */
public final class SeriesReader implements Closeable {
  private final Path path;
  private final BufferedReader reader;
  private int line;

  private SeriesReader(Path path) throws IOException {
    this.path = path;
    reader =
        new BufferedReader(new InputStreamReader(DataFiles.open(path), StandardCharsets.UTF_8));
  }

  /**
   * Reads a file of numbers alone.
   *
   * @param path the file
   * @return series of that file's name, whose channels are called 0, 1, ...
   * @throws IOException if the file is missing, damaged, or has no row of numbers
   */
  public static SeriesData read(Path path) throws IOException {
    return read(path, false);
  }

  /**
   * Reads a file whose first line names the channels.
   *
   * @param path the file
   * @return series of that file's name
   * @throws IOException if the file is missing, damaged, or has no row of numbers
   */
  public static SeriesData readWithHeader(Path path) throws IOException {
    return read(path, true);
  }

  private static SeriesData read(Path path, boolean header) throws IOException {
    try (SeriesReader r = new SeriesReader(path)) {
      List<String> names = header ? r.header() : null;
      double[][] rows = r.rows(names == null ? -1 : names.size());
      return new SeriesData(
          path.getFileName().toString(),
          names == null ? SeriesData.numbered(rows[0].length) : names,
          rows);
    }
  }

  private List<String> header() throws IOException {
    String[] names = fields();
    if (names == null) {
      throw new IOException(path + ": expected a line of channel names, got an empty file");
    }
    List<String> seen = new ArrayList<>();
    for (String name : names) {
      seen.add(name.trim());
      if (new HashSet<>(seen).size() < seen.size()) {
        throw error(seen.size(), "a channel name of its own", name.trim());
      }
    }
    return seen;
  }

  /** The rest of the file; as wide as its first row if the width is not known. */
  private double[][] rows(int width) throws IOException {
    List<double[]> rows = new ArrayList<>();
    int expected = width;
    for (String[] fields = fields(); fields != null; fields = fields()) {
      expected = expected < 0 ? fields.length : expected;
      if (fields.length != expected) {
        throw new IOException(
            String.format(
                "%s, line %d: expected %d columns, got %d", path, line, expected, fields.length));
      }
      rows.add(numbers(fields));
    }
    if (rows.isEmpty()) {
      throw new IOException(path + ": expected at least one row of numbers, got none");
    }
    return rows.toArray(new double[0][]);
  }

  private double[] numbers(String[] fields) throws IOException {
    double[] row = new double[fields.length];
    for (int c = 0; c < row.length; c++) {
      try {
        row[c] = Double.parseDouble(fields[c].trim());
      } catch (NumberFormatException e) {
        row[c] = Double.NaN; // an error like the word NaN itself
      }
      if (!Double.isFinite(row[c])) {
        throw error(c + 1, "a finite number", fields[c]);
      }
    }
    return row;
  }

  private String[] fields() throws IOException {
    try {
      String text = reader.readLine();
      line++;
      return text == null ? null : text.split(",", -1);
    } catch (IOException e) {
      throw new IOException(
          String.format(
              "%s: expected to read on after line %d, got: %s (is the file cut off?)",
              path, line, e.getMessage()),
          e);
    }
  }

  private IOException error(int column, String expected, String actual) {
    return new IOException(
        String.format(
            "%s, line %d, column %d: expected %s, got \"%s\"",
            path, line, column, expected, actual));
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
