package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.monitor.LayerCost;
import io.github.dl4jsnn.monitor.OperationEnergy;
import io.github.dl4jsnn.monitor.SnnCost;
import io.github.dl4jsnn.zoo.BpsaNetwork;
import io.github.dl4jsnn.zoo.TrainingRule;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import picocli.CommandLine;

/**
 * Trains a {@link BpsaNetwork} by each rule, for each number of steps, from each seed; scores the
 * epoch that validation picked on the test part, once; and keeps a table of all runs. A study that
 * was stopped goes on from the table and, in the middle of a run, from its last checkpoint.
 */
final class VisionStudy {

  /** Small, as all values of all layers are kept while operations are counted. */
  private static final int COUNTED_AT_ONCE = 50;

  private static final int SCORED_AT_ONCE = 100;

  /** The paper's ratio of energies, with T = 16. */
  private static final double PAPER_RATIO = 35.1;

  private static final int PAPER_STEPS = 16;

  /** The networks to train. */
  enum Size {
    SMALL("Small", 5, BpsaNetwork::small),
    MIDDLE("Middle", 6, BpsaNetwork::middle);

    final String system;
    final int layers;
    private final Supplier<BpsaNetwork.Builder> builder;

    Size(String system, int layers, Supplier<BpsaNetwork.Builder> builder) {
      this.system = system;
      this.layers = layers;
      this.builder = builder;
    }
  }

  private final Size size;
  private final VisionData data;
  private final VisionOptions options;
  private final SeedOptions seeds;
  private final CommandLine command;
  private final PrintWriter out;
  private final String settings;
  private final RunTable table;

  /**
   * A study.
   *
   * @param csv table of all runs
   * @param command for output, and for the table of results
   */
  VisionStudy(
      Size size,
      VisionData data,
      VisionOptions options,
      SeedOptions seeds,
      Path csv,
      CommandLine command)
      throws IOException {
    this.size = size;
    this.data = data;
    this.options = options;
    this.seeds = seeds;
    this.command = command;
    out = command.getOut();
    settings = options.settings() + "; " + data.settings();
    table = new RunTable(csv, VisionRun.HEADER);
  }

  /** Runs all of it, but for what is in the table already. */
  void run() throws IOException {
    out.printf("%s%n%s of width %d; %s%n", data, size.system, options.width, settings);
    for (TrainingRule rule : options.rules) {
      for (int timeSteps : options.timeSteps) {
        List<VisionRun> runs = new ArrayList<>();
        for (long seed : seeds.all()) {
          runs.add(run(rule, timeSteps, seed));
        }
        report(rule, timeSteps, runs);
      }
    }
  }

  private String[] key(TrainingRule rule, int timeSteps, long seed) {
    return new String[] {
      data.name(),
      method(rule),
      Integer.toString(timeSteps),
      Integer.toString(options.width),
      Long.toString(seed),
      settings
    };
  }

  /** The name of a rule in the tables. */
  static String method(TrainingRule rule) {
    return rule.name().replace("_", "+");
  }

  private VisionRun run(TrainingRule rule, int timeSteps, long seed) throws IOException {
    String[] key = key(rule, timeSteps, seed);
    Optional<List<String>> before = table.find(key);
    out.printf("%n%s, T %d, seed %d%s%n", key[1], timeSteps, seed, before.isPresent() ? ":" : "");
    out.flush();
    VisionRun run;
    if (before.isPresent()) {
      run = VisionRun.parse(before.get());
    } else {
      RunFolder folder = folder(rule, timeSteps, seed);
      run = train(folder, rule, timeSteps, seed);
      table.add(run.values(), key);
      folder.deleteCheckpoints();
    }
    out.printf(
        ROOT,
        "best epoch %d, validation %.2f %%, test %.2f %%, rate %.4f, %.0f s%n",
        run.epoch,
        run.validation,
        run.test,
        run.rate,
        run.seconds);
    out.flush();
    return run;
  }

  /** A folder for each line of the table; settings, which are long, by their hash. */
  private RunFolder folder(TrainingRule rule, int timeSteps, long seed) {
    return new RunFolder(
        options.checkpoints.resolve(
            String.format(
                ROOT,
                "%s-%s-t%d-w%d-seed%d-%08x",
                data.name(),
                rule.name().toLowerCase(ROOT).replace('_', '-'),
                timeSteps,
                options.width,
                seed,
                settings.hashCode())));
  }

  private VisionRun train(RunFolder folder, TrainingRule rule, int timeSteps, long seed)
      throws IOException {
    int stepsPerEpoch = (data.trainingExamples() + options.batchSize - 1) / options.batchSize;
    ResumableTraining training =
        new ResumableTraining(folder, options.epochs, stepsPerEpoch, options.checkpointEvery, out);
    MultiLayerNetwork network =
        training.train(
            () -> network(rule, timeSteps, stepsPerEpoch, seed),
            data.training(timeSteps, options.batchSize, seed),
            data.scoring(Split.VALIDATION, timeSteps, SCORED_AT_ONCE));
    double test =
        ResumableTraining.accuracy(network, data.scoring(Split.TEST, timeSteps, SCORED_AT_ONCE));
    double rate = cost(network, timeSteps);
    return new VisionRun(
        seed,
        training.best().epoch,
        training.best().validation,
        test,
        rate,
        OperationEnergy.nm45().ratioByRate(rate, timeSteps),
        training.seconds());
  }

  private MultiLayerNetwork network(
      TrainingRule rule, int timeSteps, int stepsPerEpoch, long seed) {
    return options
        .applyTo(data.inputOf(size.builder.get()), rule, timeSteps, stepsPerEpoch, seed)
        .init();
  }

  /** Counts and prints operations and energies; returns the firing rate of all neurons. */
  private double cost(MultiLayerNetwork network, int timeSteps) {
    DataSetIterator test = data.scoring(Split.TEST, timeSteps, COUNTED_AT_ONCE);
    SnnCost cost = SnnCost.of(network, test);
    LayerCost first = cost.layers().values().iterator().next();
    OperationEnergy energy = OperationEnergy.nm45();
    double rate = cost.total().firingRate();
    out.printf("%nTest part, all examples%n%s", cost.report());
    out.printf(
        ROOT,
        "first layer, real values: %,d MACs, %.1f %% of the spiking network's energy with integer"
            + " accumulates%n",
        first.multiplyAccumulates(),
        100 * first.integerEnergy(energy) / cost.total().integerEnergy(energy));
    out.printf(
        ROOT,
        "by the formula 4.6 / (0.1 * rate * T): rate %.4f, T %d: %.1f times; %.1f times needs a"
            + " rate of %.4f at T %d, %.4f at T %d%n",
        rate,
        timeSteps,
        energy.ratioByRate(rate, timeSteps),
        PAPER_RATIO,
        energy.ratioByRate(PAPER_RATIO, timeSteps),
        timeSteps,
        energy.ratioByRate(PAPER_RATIO, PAPER_STEPS),
        PAPER_STEPS);
    return rate;
  }

  private void report(TrainingRule rule, int timeSteps, List<VisionRun> runs) throws IOException {
    Sample test = Sample.of(runs, r -> r.test);
    Sample rate = Sample.of(runs, r -> r.rate);
    Sample ratio = Sample.of(runs, r -> r.energyRatio);
    out.printf(
        ROOT,
        "%n%s on %s, %s, T %d, %d seeds: validation %.2f %%, test %s %%, rate %s, energy ratio"
            + " %s%n",
        size.system,
        data.name(),
        method(rule),
        timeSteps,
        runs.size(),
        Sample.of(runs, r -> r.validation).mean(),
        test.format("%.2f"),
        rate.format("%.4f"),
        ratio.format("%.1f"));
    out.flush();
    if (seeds.csv != null) {
      put(rule, timeSteps, "accuracy", "%.2f", test);
      put(rule, timeSteps, "rate", "%.4f", rate);
      put(rule, timeSteps, "energy", "%.2f", ratio);
    }
  }

  private void put(TrainingRule rule, int timeSteps, String metric, String format, Sample sample)
      throws IOException {
    ResultsCsv.put(
        seeds.csv,
        size.system,
        data.name(),
        metric + " T=" + timeSteps,
        String.format(ROOT, format, sample.mean()),
        String.format(ROOT, format, sample.deviation()),
        Integer.toString(seeds.seeds),
        Integer.toString(size.layers),
        "none",
        method(rule),
        Commands.maven(command));
  }
}
