package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.position.PositionalEncoding;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Encodings, seeds and tables of a study that trains classifiers. */
final class StudyOptions {

  @Mixin private SeedOptions seeds = new SeedOptions(3);

  @Option(
      names = "--pe",
      split = ",",
      defaultValue = "NONE,CPG",
      description = "positional encodings: ${COMPLETION-CANDIDATES}")
  List<PositionalEncoding> encodings;

  @Option(
      names = "--seeds-csv",
      defaultValue = "target/studies/seeds.csv",
      description = "table of all runs; those that are in it are not run again")
  private Path seedsCsv;

  /** One row of the table of results. */
  static final class Arm {
    private final String system;
    private final String data;
    private final String pe;
    private final int layers;
    private final String method;
    private final String settings;
    private final String command;

    Arm(
        String system,
        String data,
        String pe,
        int layers,
        String method,
        String settings,
        String command) {
      this.system = system;
      this.data = data;
      this.pe = pe;
      this.layers = layers;
      this.method = method;
      this.settings = settings;
      this.command = command;
    }
  }

  /** The name of an encoding in the tables. */
  static String name(PositionalEncoding pe) {
    return pe == PositionalEncoding.NONE ? "none" : pe.name().replace('_', '-');
  }

  /**
   * Trains from each seed and writes what comes of it.
   *
   * @param run trains from one seed
   */
  void arm(Arm arm, LongFunction<SeedResult> run, PrintWriter out) throws IOException {
    SeedTable table = new SeedTable(seedsCsv);
    List<SeedResult> results = new ArrayList<>();
    for (long seed : seeds.all()) {
      Optional<SeedResult> before = table.find(arm.system, arm.data, arm.pe, seed, arm.settings);
      SeedResult r = before.isPresent() ? before.get() : run.apply(seed);
      results.add(r);
      if (before.isEmpty()) {
        table.add(arm.system, arm.data, arm.pe, r, arm.settings);
      }
      out.printf(
          ROOT,
          "%s, encoding %s, seed %d: best epoch %d, validation %.2f %%, test %.2f %%%n",
          arm.system,
          arm.pe,
          seed,
          r.epoch,
          r.validationAccuracy,
          r.testAccuracy);
      out.flush();
    }
    Sample test = Sample.of(results, r -> r.testAccuracy);
    out.printf(
        ROOT,
        "%s on %s, encoding %s: validation %.2f %%, test %s %%%n",
        arm.system,
        arm.data,
        arm.pe,
        Sample.of(results, r -> r.validationAccuracy).mean(),
        test.format("%.2f"));
    out.flush();
    if (seeds.csv != null) {
      put(arm, test);
    }
  }

  private void put(Arm arm, Sample test) throws IOException {
    ResultsCsv.put(
        seeds.csv,
        arm.system,
        arm.data,
        "accuracy",
        String.format(ROOT, "%.2f", test.mean()),
        String.format(ROOT, "%.2f", test.deviation()),
        Integer.toString(seeds.seeds),
        Integer.toString(arm.layers),
        arm.pe,
        arm.method,
        arm.command);
  }
}
