package io.github.dl4jsnn.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The table of results, one line each, as in {@code docs/results.csv}. A field with a comma or a
 * quote is quoted as in RFC 4180.
 */
final class ResultsCsv {

  static final String HEADER = "system,data,metric,mean,std,seeds,layers,pe,method,command";

  /** What makes two lines the same result: system, data and metric; layers, pe and method. */
  private static final int[] KEY = {0, 1, 2, 6, 7, 8};

  private static final int COLUMNS = HEADER.split(",").length;

  private ResultsCsv() {}

  /**
   * Writes a result in the place of the same result's older line, or else at the end.
   *
   * @param csv file, made if it is missing
   * @param fields a value for each column of {@link #HEADER}
   * @throws IOException if the file is not such a table, or cannot be written
   */
  static void put(Path csv, String... fields) throws IOException {
    if (fields.length != COLUMNS) {
      throw new IllegalArgumentException(
          "Expected " + COLUMNS + " fields, got " + Arrays.toString(fields));
    }
    List<String> lines = read(csv);
    List<String> key = key(Arrays.asList(fields));
    int place = 1;
    while (place < lines.size() && !key(split(csv, lines.get(place))).equals(key)) {
      place++;
    }
    if (place < lines.size()) {
      lines.set(place, line(fields));
    } else {
      lines.add(line(fields));
    }
    Path parent = csv.toAbsolutePath().getParent();
    if (!Files.isDirectory(parent)) {
      Files.createDirectories(parent);
    }
    Files.writeString(csv, String.join("\n", lines) + "\n");
  }

  /**
   * Returns the results, a list of fields each, in the order of {@link #HEADER}.
   *
   * @throws IOException if the file is not such a table, or cannot be read
   */
  static List<List<String>> results(Path csv) throws IOException {
    List<List<String>> results = new ArrayList<>();
    List<String> lines = read(csv);
    for (String line : lines.subList(1, lines.size())) {
      results.add(split(csv, line));
    }
    return results;
  }

  private static List<String> read(Path csv) throws IOException {
    if (!Files.exists(csv)) {
      return new ArrayList<>(List.of(HEADER));
    }
    List<String> lines = new ArrayList<>(Files.readAllLines(csv));
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      throw new IOException(
          csv
              + ": expected the header "
              + HEADER
              + (lines.isEmpty() ? "" : ", got " + lines.get(0)));
    }
    return lines;
  }

  private static List<String> key(List<String> fields) {
    List<String> key = new ArrayList<>();
    for (int column : KEY) {
      key.add(fields.get(column));
    }
    return key;
  }

  private static String line(String... fields) {
    List<String> quoted = new ArrayList<>();
    for (String field : fields) {
      boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n');
      quoted.add(plain ? field : '"' + field.replace("\"", "\"\"") + '"');
    }
    return String.join(",", quoted);
  }

  private static List<String> split(Path csv, String line) throws IOException {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (char c : line.toCharArray()) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    if (fields.size() != COLUMNS) {
      throw new IOException(
          csv + ": expected " + COLUMNS + " columns, got " + fields.size() + ": " + line);
    }
    return fields;
  }
}
