package io.github.dl4jsnn.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * The training runs of a study, a line each. Lines are added at the end, so that several programs
 * may write into one table; each reads it anew before a run, which is not repeated if it is there.
 */
final class RunTable {
  private final Path csv;
  private final String header;

  /**
   * Opens a table.
   *
   * @param csv made if it is missing
   * @param header its columns, those that say which run it is first
   * @throws IOException if the file is not such a table, or cannot be read
   */
  RunTable(Path csv, String header) throws IOException {
    this.csv = csv;
    this.header = header;
    if (!Files.exists(csv)) {
      Files.createDirectories(csv.toAbsolutePath().getParent());
      Files.writeString(csv, header + "\n");
    }
    lines();
  }

  private List<String> lines() throws IOException {
    List<String> lines = Files.readAllLines(csv);
    if (lines.isEmpty() || !lines.get(0).equals(header)) {
      throw new IOException(csv + ": expected the header " + header);
    }
    return lines.subList(1, lines.size());
  }

  /** Returns the fields of the run whose first columns these are, if it is there. */
  Optional<List<String>> find(String... key) throws IOException {
    String begin = String.join(",", key) + ",";
    return lines().stream()
        .filter(line -> line.startsWith(begin))
        .map(line -> List.of(line.split(",", -1)))
        .findFirst();
  }

  /** Adds a run. */
  void add(String values, String... key) throws IOException {
    Files.writeString(csv, String.join(",", key) + "," + values + "\n", StandardOpenOption.APPEND);
  }

  @Override
  public String toString() {
    return csv.toString();
  }
}
