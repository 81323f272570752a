package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.graph.Split;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.listener.EarlyStoppingListener;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Shows the progress of a training: a bar on a terminal, a few lines in a file or pipe. */
final class TrainingProgress implements EarlyStoppingListener<ComputationGraph>, AutoCloseable {

  private static final int LINES = 10;

  private final PrintWriter out;
  private final int epochs;
  private final EpochScores scores;
  private ProgressBar bar;

  TrainingProgress(PrintWriter out, int epochs, EpochScores scores) {
    this.out = out;
    this.epochs = epochs;
    this.scores = scores;
  }

  @Override
  public void onStart(EarlyStoppingConfiguration<ComputationGraph> conf, ComputationGraph network) {
    bar = bar("training", epochs, " epochs");
  }

  /** A bar on a terminal; null in a file or pipe. */
  static ProgressBar bar(String task, int max, String unit) {
    return System.console() == null
        ? null
        : new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(max)
            .setUnit(unit, 1)
            .setStyle(ProgressBarStyle.ASCII)
            .clearDisplayOnFinish()
            .build();
  }

  @Override
  public void onEpoch(
      int epoch,
      double score,
      EarlyStoppingConfiguration<ComputationGraph> conf,
      ComputationGraph network) {
    if (bar != null) {
      bar.step();
      bar.setExtraMessage(
          String.format(Locale.ROOT, "validation %.1f %%", scores.lastAccuracy(Split.VALIDATION)));
    } else if ((epoch + 1) % Math.max(1, epochs / LINES) == 0) {
      out.printf(
          Locale.ROOT,
          "epoch %4d   loss %.4f   accuracy train %5.1f %%, validation %5.1f %%%n",
          epoch + 1,
          network.score(),
          scores.lastAccuracy(Split.TRAIN),
          scores.lastAccuracy(Split.VALIDATION));
    }
  }

  @Override
  public void onCompletion(EarlyStoppingResult<ComputationGraph> result) {
    close();
  }

  /** Ends the bar, also of a training that failed. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
