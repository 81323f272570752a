package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.position.CpgCode;
import io.github.dl4jsnn.position.PositionalCode;
import io.github.dl4jsnn.position.RandomCode;
import io.github.dl4jsnn.position.RepetitionRate;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Which positional codes tell positions apart: repetition rates of CPG-PE against number of pairs,
 * eta, base period and threshold, of what {@code CpgCode.unique} picks, of random spikes, and of
 * RPE.
 *
 * <pre>
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java \
 *       -Dexec.mainClass=io.github.dl4jsnn.examples.PositionStudy -Dexec.args='--out docs'
 * </pre>
 *
 * <p>Position {@code p = t L + l} counts all T L entries of a network with T spike steps on each of
 * L positions. Writes {@code studies/repetition.csv}, {@code images/repetition.png} and {@code
 * images/cpg-raster.png}; takes a minute. Expected: with 32 pairs, 0.24 at eta 1 and 0 at eta 2 pi,
 * over 4096 positions.
 */
@Command(
    name = "position-study",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Measures which positional codes tell positions apart.")
public final class PositionStudy implements Callable<Integer> {
  static final String HEADER = "code,varied,pairs,eta,period,threshold,positions,rate";

  private static final int[] PAIRS = {5, 8, 10, 12, 16, 20, 24, 28, 32, 40, 48, 64};
  private static final double[] ETAS = {0.1, 0.25, 0.5, 1, 2, Math.PI, 5, 2 * Math.PI, 8, 12};
  private static final double[] PERIODS = {10, 30, 100, 300, 1000, 3000, 1e4, 3e4, 1e5, 1e6};
  private static final double[] THRESHOLDS = {-0.8, -0.4, 0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95};

  /** Those of the pictures. */
  private static final double[] TWO_ETAS = {1, 2 * Math.PI};

  private static final int SHORTEST = 64;

  @Option(
      names = "--positions",
      defaultValue = "4096",
      converter = GcSnnOptions.Count.class,
      description = "longest sequence, T times L")
  private int positions;

  @Option(names = "--out", defaultValue = "target/studies", description = "folder for the results")
  private Path folder;

  @Spec private CommandSpec spec;

  private final List<String> table = new ArrayList<>(List.of(HEADER));
  private PrintWriter out;

  /**
   * Runs the study; see {@code --help}.
   *
   * @param args options
   */
  public static void main(String[] args) {
    Commands.run(new PositionStudy(), args);
  }

  @Override
  public Integer call() throws IOException {
    if (positions < SHORTEST) {
      throw new ParameterException(
          spec.commandLine(), "--positions: expected at least " + SHORTEST + ", got " + positions);
    }
    out = spec.commandLine().getOut();
    RepetitionPlot plot = new RepetitionPlot();
    sweepLengthAndPairs(plot);
    for (double eta : TWO_ETAS) {
      String name = RepetitionPlot.eta(eta);
      for (double period : PERIODS) {
        plot.period(name, period, cpg("period", code(32, eta).period(period), positions));
      }
      for (double threshold : THRESHOLDS) {
        CpgCode.Builder code = code(32, eta).threshold(threshold);
        plot.threshold(name, threshold, cpg("threshold", code, positions));
      }
    }
    for (int pairs : new int[] {20, 32}) {
      for (double eta : ETAS) {
        plot.eta(pairs + " pairs", eta, cpg("eta", code(pairs, eta), positions));
      }
    }
    for (int n : lengths()) {
      CpgCode picked = CpgCode.unique(n);
      row("unique(" + n + ")", "positions", picked, n);
    }
    compare();
    StudyPictures.saveTable(folder.resolve("studies/repetition.csv"), table);
    plot.save(folder.resolve("images/repetition.png"), positions);
    RepetitionPlot.saveRaster(
        folder.resolve("images/cpg-raster.png"),
        CpgCode.builder().build(),
        Math.min(168, positions));
    out.printf(
        "wrote studies/repetition.csv, images/repetition.png, images/cpg-raster.png in %s%n",
        folder);
    return 0;
  }

  /** The settings of the library but for pairs and eta. */
  private static CpgCode.Builder code(int pairs, double eta) {
    return CpgCode.builder().pairs(pairs).eta(eta);
  }

  private void sweepLengthAndPairs(RepetitionPlot plot) {
    for (double eta : TWO_ETAS) {
      for (int pairs : PAIRS) {
        for (int n : lengths()) {
          double rate = cpg("pairs", code(pairs, eta), n);
          if (n == positions) {
            plot.pairs(RepetitionPlot.eta(eta), pairs, rate);
          }
        }
      }
    }
  }

  /** Random spikes of as many neurons and about as high a rate; RPE with fresh weights. */
  private void compare() {
    for (int width : new int[] {10, 20, 40, 64}) {
      row("random", "width " + width, new RandomCode(width, 0.2, 1), positions);
    }
    for (RpeCode.Input input : RpeCode.Input.values()) {
      for (long seed = 1; seed <= 3; seed++) {
        double rate = RepetitionRate.of(RpeCode.of(input, positions, 64, seed));
        row("RPE", input.name().toLowerCase(ROOT) + " input; seed " + seed, positions, rate);
      }
    }
  }

  private List<Integer> lengths() {
    List<Integer> lengths = new ArrayList<>();
    for (int n = SHORTEST; n < positions; n *= 2) {
      lengths.add(n);
    }
    lengths.add(positions);
    return lengths;
  }

  private double cpg(String varied, CpgCode.Builder code, int n) {
    return row("CPG", varied, code.build(), n);
  }

  private double row(String name, String varied, PositionalCode code, int n) {
    double rate = RepetitionRate.of(code, n);
    if (code instanceof CpgCode) {
      CpgCode c = (CpgCode) code;
      table.add(
          String.format(
              ROOT,
              "%s,%s,%d,%.4f,%.0f,%s,%d,%.4f",
              name,
              varied,
              c.getPairs(),
              c.getEta(),
              c.getPeriod(),
              c.getThreshold(),
              n,
              rate));
      if (n == positions) {
        out.printf(ROOT, "%-14s %-10s %-75s %.4f%n", name, varied, code, rate);
      }
    } else {
      row(name, varied, n, rate);
    }
    return rate;
  }

  private void row(String name, String varied, int n, double rate) {
    table.add(String.format(ROOT, "%s,%s,,,,,%d,%.4f", name, varied, n, rate));
    out.printf(ROOT, "%-14s %-30s %.4f%n", name, varied, rate);
  }
}
