package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.evaluate.SeriesEvaluation;
import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.position.PositionalEncoding;
import io.github.dl4jsnn.series.SeriesWindows;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Forecasts of spiking networks with different positional encodings, beside those of their
 * counterparts: R2 and RSE on the test part, mean over seeds.
 *
 * <pre>
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java \
 *       -Dexec.mainClass=io.github.dl4jsnn.examples.ForecastStudy \
 *       -Dexec.args='--data metr-la --csv docs/results.csv --runs docs/studies/forecast.csv'
 * </pre>
 *
 * <p>Series are z-scored by the training part. Each channel of a window is an example of its own,
 * and forecast as a difference from the mean of its window ({@link
 * io.github.dl4jsnn.zoo.SeriesLevel}). All systems and encodings have the same {@link
 * ForecastSettings sizes and training}. The last epoch is kept, or with {@code --best-epoch true}
 * that of the best validation R2, and of several learning rates the one whose mean validation R2
 * over the seeds is best; the test part is evaluated once, with that epoch's parameters. Systems do
 * not have all encodings; what they have not is left out.
 *
 * <p>Runs that the table of {@code --runs} holds already, with the same settings, are taken from
 * there.
 */
@Command(
    name = "forecast-study",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Compares forecasts of spiking networks by their positional encoding.")
public final class ForecastStudy implements Callable<Integer> {

  @Option(names = "--data", defaultValue = "metr-la", converter = Data.class)
  private ForecastData data;

  @Option(
      names = "--systems",
      split = ",",
      description = "${COMPLETION-CANDIDATES}",
      defaultValue = "SPIKE_TCN,SPIKE_RNN,SPIKFORMER,TCN,RNN,TRANSFORMER")
  private List<ForecastModel> systems;

  @Option(
      names = "--pe",
      split = ",",
      description = "${COMPLETION-CANDIDATES}",
      defaultValue = "NONE,RPE,FLOAT,RANDOM,CPG,CPG_FULL")
  private List<PositionalEncoding> encodings;

  @Option(
      names = "--horizons",
      split = ",",
      description = "rows to forecast",
      defaultValue = "6,24")
  private List<Integer> horizons;

  @Option(
      names = "--seeds",
      defaultValue = "3",
      converter = GcSnnOptions.Count.class,
      description = "number of training runs")
  private int seeds;

  @Option(
      names = "--learning-rates",
      split = ",",
      defaultValue = "0.005",
      description = "of these, the best on validation")
  private List<Double> learningRates;

  @Option(names = "--csv", description = "table of results to put these into")
  private Path csv;

  @Option(names = "--runs", description = "table of every training run, which goes on there")
  private Path runs;

  @Option(
      names = "--validation-only",
      description = "to try settings: leaves the test part alone and writes nothing")
  private boolean validationOnly;

  @Mixin private final ForecastSettings settings = new ForecastSettings();
  @Spec private CommandSpec spec;
  private ForecastTable table;

  /**
   * Runs the study; see {@code --help}.
   *
   * @param args options
   */
  public static void main(String[] args) {
    Commands.run(new ForecastStudy(), args);
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    table = new ForecastTable(validationOnly ? null : runs);
    for (int horizon : horizons) {
      SeriesWindows windows = data.windows(settings, horizon, spec.commandLine());
      out.printf("%s%n%s%n", windows, settings.describe(learningRates.get(0)));
      out.printf("%-12s%-10s  validation R2       R2                  RSE%n", "system", "pe");
      for (ForecastModel system : systems) {
        for (PositionalEncoding encoding : encodings) {
          if (system.takes(encoding)) {
            study(out, windows, system, encoding);
          }
        }
      }
    }
    return 0;
  }

  private void study(
      PrintWriter out, SeriesWindows windows, ForecastModel system, PositionalEncoding encoding)
      throws IOException {
    double best = 0;
    List<ForecastTable.Run> chosen = null;
    for (double rate : learningRates) {
      List<ForecastTable.Run> tried = new ArrayList<>();
      for (long seed = 1; seed <= seeds; seed++) {
        tried.add(run(windows, system, encoding, rate, seed));
      }
      double r2 = Sample.of(tried, r -> r.validationR2).mean();
      if (chosen == null || r2 > best) {
        best = r2;
        chosen = tried;
      }
    }
    Sample r2 = Sample.of(chosen, r -> r.r2);
    Sample rse = Sample.of(chosen, r -> r.rse);
    out.printf(
        "%-12s%-10s  %s  %s  %s  epoch %.0f, %.0f s%n",
        system.system,
        ForecastModel.label(encoding),
        Sample.of(chosen, r -> r.validationR2).format("%6.4f"),
        r2.format("%6.4f"),
        rse.format("%6.4f"),
        Sample.of(chosen, r -> r.epoch).mean(),
        Sample.of(chosen, r -> r.seconds).mean());
    out.flush();
    if (csv != null && !validationOnly) {
      put(windows, system, encoding, "r2", r2);
      put(windows, system, encoding, "rse", rse);
    }
  }

  private ForecastTable.Run run(
      SeriesWindows windows,
      ForecastModel system,
      PositionalEncoding encoding,
      double learningRate,
      long seed)
      throws IOException {
    String[] key = {
      system.system,
      data + "-" + windows.horizon(),
      ForecastModel.label(encoding),
      Long.toString(seed),
      settings.describe(learningRate)
    };
    Optional<ForecastTable.Run> before = table.find(key);
    if (before.isPresent()) {
      return before.get();
    }
    long start = System.nanoTime();
    ComputationGraph network = system.network(windows, encoding, settings, learningRate, seed);
    ForecastTraining training = ForecastTraining.of(network, windows, settings, seed);
    double seconds = (System.nanoTime() - start) / 1e9;
    SeriesEvaluation validation = ForecastTraining.evaluate(network, windows, Split.VALIDATION);
    SeriesEvaluation test =
        validationOnly
            ? new SeriesEvaluation()
            : ForecastTraining.evaluate(network, windows, Split.TEST);
    double[] scores = {validation.r2(), validation.rse(), test.r2(), test.rse()};
    return table.add(key, training.keptEpoch(), scores, network.numParams(), seconds);
  }

  private void put(
      SeriesWindows windows,
      ForecastModel system,
      PositionalEncoding encoding,
      String metric,
      Sample sample)
      throws IOException {
    ResultsCsv.put(
        csv,
        system.system,
        data + "-" + windows.horizon(),
        metric,
        String.format(ROOT, "%.4f", sample.mean()),
        String.format(ROOT, "%.4f", sample.deviation()),
        Integer.toString(seeds),
        Integer.toString(settings.blocks),
        ForecastModel.label(encoding),
        system.method(),
        Commands.maven(spec.commandLine()));
  }

  /** By the name of {@link ForecastData#toString}. */
  static final class Data implements ITypeConverter<ForecastData> {
    @Override
    public ForecastData convert(String value) {
      return ForecastData.valueOf(value.toUpperCase(ROOT).replace('-', '_'));
    }
  }
}
