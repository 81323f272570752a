package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The files that {@link ScaleStudy} writes. */
final class ScaleTables {
  private static final String BENCHMARKS =
      "benchmark,shape,provider,threads,ours_ms,peer,peer_ms,ratio,exponent,commit";

  private ScaleTables() {}

  /** Returns the points of a table; none if it is not there. */
  static List<ScalePoint> read(Path csv) throws IOException {
    return lines(csv, ScalePoint.HEADER).stream()
        .skip(1)
        .map(ScalePoint::parse)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** Writes all points, in the order of mode and size. */
  static void write(Path csv, List<ScalePoint> points) throws IOException {
    points.sort(
        Comparator.comparing((ScalePoint p) -> p.mode)
            .thenComparing(ScalePoint::shape, Comparator.comparing(s -> s.length()))
            .thenComparing(ScalePoint::shape));
    List<String> lines = new ArrayList<>(List.of(ScalePoint.HEADER));
    points.forEach(p -> lines.add(p.toString()));
    save(csv, lines);
  }

  /**
   * Puts the epochs into the table of benchmarks, in the place of older ones of the same size. The
   * exponent is that of time, at the largest graph.
   */
  static void benchmarks(Path csv, List<ScalePoint> points, int threads, String commit)
      throws IOException {
    List<String> lines = lines(csv, BENCHMARKS);
    for (ScalePoint p : points) {
      String key = "scale," + p.shape() + (p.mode == ScaleMode.FULL ? "," : " sampled,");
      lines.removeIf(line -> line.startsWith(key));
      List<ScalePoint> large = ScaleFit.large(points, p.mode);
      boolean largest = large.stream().allMatch(other -> other.nodes <= p.nodes);
      double exponent = ScaleFit.exponent(large, ScalePoint::seconds);
      lines.add(
          String.format(
              ROOT,
              "%sscalar,%d,%.2f,,,,%s,%s",
              key,
              threads,
              1000 * p.seconds(),
              largest && !Double.isNaN(exponent) ? String.format(ROOT, "%.3f", exponent) : "",
              commit));
    }
    save(csv, lines);
  }

  private static List<String> lines(Path csv, String header) throws IOException {
    if (!Files.exists(csv)) {
      return new ArrayList<>(List.of(header));
    }
    List<String> lines = new ArrayList<>(Files.readAllLines(csv));
    if (lines.isEmpty() || !lines.get(0).equals(header)) {
      throw new IOException(csv + ": expected the header " + header);
    }
    return lines;
  }

  private static void save(Path csv, List<String> lines) throws IOException {
    Files.createDirectories(csv.toAbsolutePath().getParent());
    Files.writeString(csv, String.join("\n", lines) + "\n");
  }
}
