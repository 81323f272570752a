package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;
import static java.util.stream.Collectors.toList;

import io.github.dl4jsnn.evaluate.SeriesEvaluation;
import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.monitor.AttentionMap;
import io.github.dl4jsnn.monitor.SpikePlots;
import io.github.dl4jsnn.position.CpgCode;
import io.github.dl4jsnn.position.PositionalEncoding;
import io.github.dl4jsnn.position.RepetitionRate;
import io.github.dl4jsnn.series.SeriesWindows;
import io.github.dl4jsnn.series.ZScore;
import io.github.dl4jsnn.zoo.SpikformerForecaster;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Forecasts series with a Spikformer whose positions are coded by central pattern generators, and
 * draws the forecast, the attention and the positional code.
 *
 * <pre>
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java \
 *       -Dexec.mainClass=io.github.dl4jsnn.examples.TimeSeriesForecasting
 * </pre>
 *
 * <p>Each channel of a window is an example of its own, and what is forecast is how far the series
 * goes from the mean of its window; {@code --channel-independent false} and {@code --level NONE}
 * undo it.
 *
 * <p>By default series are generated, less than a minute; {@code --data metr-la} and {@code --data
 * exchange-rate} read the data folder. {@code --pe NONE} trains the same network without positions.
 */
@Command(
    name = "time-series-forecasting",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Forecasts series with a Spikformer.")
public final class TimeSeriesForecasting implements Callable<Integer> {

  /** Windows of the test part that are drawn. */
  private static final int DRAWN = 200;

  @Option(names = "--data", defaultValue = "generated", converter = ForecastStudy.Data.class)
  private ForecastData data;

  @Option(
      names = "--horizon",
      defaultValue = "6",
      converter = GcSnnOptions.Count.class,
      description = "rows to forecast, H")
  private int horizon;

  @Option(
      names = "--pe",
      defaultValue = "CPG",
      description = "positional encoding: ${COMPLETION-CANDIDATES}")
  private PositionalEncoding encoding;

  @Option(names = "--learning-rate", defaultValue = "0.005", converter = GcSnnOptions.Rate.class)
  private double learningRate;

  @Option(names = "--seed", defaultValue = "1", description = "of weights and order of the windows")
  private long seed;

  @Option(
      names = "--out",
      defaultValue = "target/time-series-forecasting",
      description = "folder for the pictures")
  private Path folder;

  @Mixin private final ForecastSettings settings = new ForecastSettings();
  @Spec private CommandSpec spec;

  /**
   * Runs the example; see {@code --help}.
   *
   * @param args options
   */
  public static void main(String[] args) {
    Commands.run(new TimeSeriesForecasting(), args);
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();

    // 1. Data: windows of L rows in, H rows out, z-scored by the training part.
    SeriesWindows windows = data.windows(settings, horizon, spec.commandLine());
    out.println(windows);

    // 2. Network: L positions, T spike steps on each.
    ComputationGraph network =
        SpikformerForecaster.builder(windows.channels(), windows.inputLength(), horizon)
            .hidden(settings.hidden)
            .blocks(settings.blocks)
            .heads(settings.heads)
            .timeSteps(settings.timeSteps)
            .positionalEncoding(encoding)
            .readout(settings.readout)
            .level(settings.level)
            .code(settings.code(encoding))
            .level(settings.level)
            .dropOut(1 - settings.dropout)
            .adamW(settings.optimizer(learningRate))
            .seed(seed)
            .build()
            .init();
    out.printf(ROOT, "%s, seed %d, %,d parameters%n", encoding, seed, network.numParams());

    // 3. Training
    ForecastTraining training = ForecastTraining.of(network, windows, settings, seed);
    for (int epoch = 1; epoch <= training.validationR2.size(); epoch++) {
      out.printf(
          ROOT,
          "epoch %2d   validation R2 %.4f, RSE %.4f%n",
          epoch,
          training.validationR2.get(epoch - 1),
          training.validationRse.get(epoch - 1));
    }
    SeriesEvaluation test = ForecastTraining.evaluate(network, windows, Split.TEST);
    out.printf("epoch %d: test %s%n", training.keptEpoch(), test.stats());

    // 4. Pictures
    drawForecast(network, windows);
    drawAttention(network, windows);
    drawCode();
    out.printf("Pictures are in %s%n", folder.toAbsolutePath());
    return 0;
  }

  /** The last step of the horizon, for the first channel, in its own unit. */
  private void drawForecast(ComputationGraph network, SeriesWindows windows) throws IOException {
    DataSet test = firstWindows(windows);
    int column = (horizon - 1) * windows.channels();
    Map<String, double[]> lines = new LinkedHashMap<>();
    lines.put("truth", column(windows, test.getLabels(), column));
    lines.put("forecast", column(windows, network.outputSingle(test.getFeatures()), column));
    SpikePlots.saveLines(
        folder.resolve("forecast.png"),
        String.format(
            "%s, channel %s, %d ahead", data, windows.data().channelNames().get(0), horizon),
        "row of the test part",
        "value",
        lines);
  }

  /** With their first channel, if channels are examples of their own. */
  private static DataSet firstWindows(SeriesWindows windows) {
    int each = windows.examplesPerWindow();
    int count = Math.min(DRAWN, windows.count(Split.TEST) / each);
    int[] examples = IntStream.range(0, count).map(window -> window * each).toArray();
    return windows.dataSet(Split.TEST, examples, DataType.FLOAT);
  }

  /** A column of the first channel, in its own unit. */
  private static double[] column(SeriesWindows windows, INDArray scaled, int column) {
    ZScore z = windows.scaling();
    return scaled.getColumn(column).mul(z.deviation(0)).addi(z.mean(0)).toDoubleVector();
  }

  private void drawAttention(ComputationGraph network, SeriesWindows windows) throws IOException {
    INDArray features = firstWindows(windows).getFeatures();
    List<String> rows =
        IntStream.range(0, settings.inputLength).mapToObj(l -> "row").collect(toList());
    AttentionPicture.save(
        folder.resolve("attention.png"),
        AttentionMap.of(network, "block0.attention", features).mean(0),
        rows);
  }

  /** Each step of each position has its own code: T L of them. */
  private void drawCode() throws IOException {
    int positions = settings.timeSteps * settings.inputLength;
    CpgCode code = settings.cpg();
    INDArray spikes = code.codes(positions, DataType.FLOAT).reshape(1, positions, code.width());
    String title =
        String.format(
            ROOT,
            "CPG-PE of %d steps on %d positions, %.0f %% of codes repeat",
            settings.timeSteps,
            settings.inputLength,
            100 * RepetitionRate.of(code, positions));
    SpikePlots.saveRaster(folder.resolve("positional-code.png"), spikes, 0, code.width(), title);
  }
}
