package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * The training runs of a study, a line each, written as soon as one ends; a study that was stopped
 * goes on where it was. A run counts as done if system, data, encoding, seed and settings agree.
 */
final class SeedTable {

  private static final String HEADER =
      "system,data,pe,seed,best_epoch,validation,test,ms_per_epoch,settings";

  private static final int COLUMNS = HEADER.split(",").length;

  private final Path csv;

  SeedTable(Path csv) throws IOException {
    this.csv = csv;
    if (!Files.exists(csv)) {
      Files.createDirectories(csv.toAbsolutePath().getParent());
      Files.writeString(csv, HEADER + "\n");
    } else if (!Files.readAllLines(csv).get(0).equals(HEADER)) {
      throw new IOException(csv + ": expected the header " + HEADER);
    }
  }

  /** Returns the run, if it was done before. */
  Optional<SeedResult> find(String system, String data, String pe, long seed, String settings)
      throws IOException {
    for (String line : Files.readAllLines(csv)) {
      String[] f = line.split(",", COLUMNS);
      List<String> key = List.of(f[0], f[1], f[2], f[3], f[COLUMNS - 1]);
      if (key.equals(List.of(system, data, pe, Long.toString(seed), plain(settings)))) {
        return Optional.of(
            new SeedResult(
                seed,
                Integer.parseInt(f[4]),
                Double.parseDouble(f[5]),
                Double.parseDouble(f[6]),
                Double.NaN,
                Double.parseDouble(f[7])));
      }
    }
    return Optional.empty();
  }

  void add(String system, String data, String pe, SeedResult r, String settings)
      throws IOException {
    Files.writeString(
        csv,
        String.format(
            ROOT,
            "%s,%s,%s,%d,%d,%.2f,%.2f,%.0f,%s%n",
            system,
            data,
            pe,
            r.seed,
            r.epoch,
            r.validationAccuracy,
            r.testAccuracy,
            r.medianMillis,
            plain(settings)),
        StandardOpenOption.APPEND);
  }

  /** Without commas, so that no field needs quotes. */
  private static String plain(String settings) {
    return settings.replace(",", ";");
  }
}
