package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.monitor.SnnCost;
import io.github.dl4jsnn.monitor.SpikePlots;
import io.github.dl4jsnn.zoo.TrainingRule;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import picocli.CommandLine;

/**
 * Trains a {@link io.github.dl4jsnn.zoo.BpsaNetwork} by each rule, for each number of steps, from
 * each seed; scores the epoch that validation picked on the test part; and keeps a table of all
 * runs. A study that was stopped goes on from the table and, in the middle of a run, from its last
 * checkpoint.
 */
final class VisionStudy {

  private static final int SCORED_AT_ONCE = 100;

  /** Fewer, as all values of all layers are kept while operations are counted. */
  private static final int COUNTED_AT_ONCE = 50;

  private final VisionSetup setup;
  private final VisionOptions options;
  private final SeedOptions seeds;
  private final CommandLine command;
  private final PrintWriter out;
  private final RunTable table;

  /**
   * A study.
   *
   * @param command for output, and for the table of results
   */
  VisionStudy(VisionSetup setup, SeedOptions seeds, CommandLine command) throws IOException {
    this.setup = setup;
    this.options = setup.options;
    this.seeds = seeds;
    this.command = command;
    out = command.getOut();
    table = new RunTable(options.runs, VisionRun.HEADER);
  }

  /** Runs all of it, but for what is in the table already. */
  void run() throws IOException {
    out.printf("%s%n", setup);
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

  private VisionRun run(TrainingRule rule, int timeSteps, long seed) throws IOException {
    String[] key = setup.key(rule, timeSteps, seed);
    Optional<List<String>> before = table.find(key);
    out.printf("%n%s, T %d, seed %d%n", VisionSetup.method(rule), timeSteps, seed);
    out.flush();
    VisionRun run;
    if (before.isPresent()) {
      run = VisionRun.parse(before.get());
    } else {
      RunFolder folder = setup.folder(rule, timeSteps, seed);
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

  private VisionRun train(RunFolder folder, TrainingRule rule, int timeSteps, long seed)
      throws IOException {
    ResumableTraining training =
        new ResumableTraining(
            folder, options.epochs, setup.stepsPerEpoch(), options.checkpointEvery, out);
    VisionData data = setup.data;
    MultiLayerNetwork network =
        training.train(
            epoch -> setup.network(rule, timeSteps, seed, epoch),
            options.smoothEpochs,
            data.training(timeSteps, options.batchSize, seed),
            data.scoring(Split.VALIDATION, timeSteps, SCORED_AT_ONCE));
    double test =
        ResumableTraining.accuracy(network, data.scoring(Split.TEST, timeSteps, SCORED_AT_ONCE));
    SnnCost cost = SnnCost.of(network, data.scoring(Split.TEST, timeSteps, COUNTED_AT_ONCE));
    VisionCost.print(out, cost, timeSteps);
    cost.toCsv(folder.file("cost.csv"));
    SpikePlots.saveEnergy(folder.file("energy.png"), cost, setup.title() + ", T = " + timeSteps);
    double rate = cost.total().firingRate();
    return new VisionRun(
        seed,
        training.best().epoch,
        training.best().validation,
        test,
        rate,
        VisionCost.ratioByRate(rate, timeSteps),
        training.seconds());
  }

  private void report(TrainingRule rule, int timeSteps, List<VisionRun> runs) throws IOException {
    Sample test = Sample.of(runs, r -> r.test);
    Sample rate = Sample.of(runs, r -> r.rate);
    Sample ratio = Sample.of(runs, r -> r.energyRatio);
    out.printf(
        ROOT,
        "%n%s on %s, %s, T %d, %d seeds: validation %.2f %%, test %s %%, rate %s, energy ratio"
            + " %s%n",
        setup.size.system,
        setup.data.name(),
        VisionSetup.method(rule),
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
        setup.size.system,
        setup.data.name(),
        metric + " T=" + timeSteps,
        String.format(ROOT, format, sample.mean()),
        String.format(ROOT, format, sample.deviation()),
        Integer.toString(seeds.seeds),
        Integer.toString(setup.size.layers),
        "none",
        VisionSetup.method(rule),
        Commands.maven(command));
  }
}
