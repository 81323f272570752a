package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.zoo.TrainingRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import picocli.CommandLine.Option;

/** What each epoch of the runs of a {@link VisionStudy} came to, as a table and a picture. */
final class CurveReport {

  private static final String HEADER = "data,rule,time_steps,width,seed," + EpochScore.HEADER;

  @Option(
      names = "--curve",
      paramLabel = "FILE",
      description = "table of the epochs of all runs, replaced")
  private Path csv;

  @Option(names = "--curve-plot", paramLabel = "PNG", description = "picture of that table")
  private Path plot;

  /** Reports the runs of a study that has ended, as far as their folders are still there. */
  void report(VisionSetup setup, SeedOptions seeds) throws IOException {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    Map<String, List<EpochScore>> runs = new LinkedHashMap<>();
    for (TrainingRule rule : setup.options.rules) {
      for (int timeSteps : setup.options.timeSteps) {
        for (long seed : seeds.all()) {
          String run =
              String.format(
                  ROOT,
                  "%s,%s,%d,%d,%d",
                  setup.data.name(),
                  VisionSetup.method(rule),
                  timeSteps,
                  setup.options.width,
                  seed);
          List<EpochScore> epochs = setup.folder(rule, timeSteps, seed).epochs();
          epochs.forEach(e -> lines.add(run + "," + e));
          String name = VisionSetup.method(rule) + ", T = " + timeSteps + ", seed " + seed;
          if (!epochs.isEmpty()) {
            runs.put(name, epochs);
          }
        }
      }
    }
    if (csv != null) {
      StudyPictures.saveTable(csv, lines);
    }
    if (plot != null && !runs.isEmpty()) {
      StudyPictures.save(
          plot,
          List.of(
              chart(setup.title(), "validation accuracy, per cent", runs, e -> e.validation),
              chart(setup.title(), "training error", runs, e -> e.loss)));
    }
  }

  private static XYChart chart(
      String title,
      String yAxis,
      Map<String, List<EpochScore>> runs,
      ToDoubleFunction<EpochScore> value) {
    XYChart chart = StudyPictures.chart(title, "epoch", yAxis);
    runs.forEach(
        (name, epochs) ->
            StudyPictures.curve(chart, name, epochs.stream().mapToDouble(value).toArray()));
    return chart;
  }
}
