package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Every training run of a forecasting study, one line each, as in {@code
 * docs/studies/forecast.csv}. A run that is there already is not repeated, so a study that was
 * stopped goes on where it was.
 */
final class ForecastTable {

  static final String HEADER =
      "system,data,pe,seed,settings,epoch,validation r2,validation rse,r2,rse,parameters,seconds";

  /** Columns that say which run it is. */
  private static final int KEY = 5;

  private final Path csv;
  private final List<String> lines;

  /**
   * Opens a table.
   *
   * @param csv made with the first run if it is missing; null for a table in memory
   * @throws IOException if the file is not such a table, or cannot be read
   */
  ForecastTable(Path csv) throws IOException {
    this.csv = csv;
    lines =
        new ArrayList<>(
            csv != null && Files.exists(csv) ? Files.readAllLines(csv) : List.of(HEADER));
    if (!lines.get(0).equals(HEADER)) {
      throw new IOException(csv + ": expected the header " + HEADER + ", got " + lines.get(0));
    }
  }

  /** One training run. */
  static final class Run {
    final int epoch;
    final double validationR2;
    final double validationRse;
    final double r2;
    final double rse;
    final double seconds;

    private Run(String[] fields) {
      epoch = Integer.parseInt(fields[KEY]);
      validationR2 = Double.parseDouble(fields[KEY + 1]);
      validationRse = Double.parseDouble(fields[KEY + 2]);
      r2 = Double.parseDouble(fields[KEY + 3]);
      rse = Double.parseDouble(fields[KEY + 4]);
      seconds = Double.parseDouble(fields[KEY + 6]);
    }
  }

  /** Returns the run of that system, data, encoding, seed and settings, if it is there. */
  Optional<Run> find(String... key) {
    String begin = String.join(",", key) + ",";
    return lines.stream()
        .filter(line -> line.startsWith(begin))
        .map(line -> new Run(line.split(",", -1)))
        .findFirst();
  }

  /**
   * Adds a run and saves the table.
   *
   * @param key system, data, encoding, seed and settings, without commas
   * @param epoch the best one
   * @param scores validation R2 and RSE, test R2 and RSE
   * @param parameters of the network
   * @param seconds that it took
   */
  Run add(String[] key, int epoch, double[] scores, long parameters, double seconds)
      throws IOException {
    StringBuilder line = new StringBuilder(String.join(",", key)).append(',').append(epoch);
    for (double score : scores) {
      line.append(String.format(ROOT, ",%.5f", score));
    }
    line.append(String.format(ROOT, ",%d,%.1f", parameters, seconds));
    lines.add(line.toString());
    if (csv != null) {
      Files.createDirectories(csv.toAbsolutePath().getParent());
      Files.writeString(csv, String.join("\n", lines) + "\n");
    }
    return find(Arrays.copyOf(key, KEY)).orElseThrow(IllegalStateException::new);
  }
}
