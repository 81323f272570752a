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
  private final boolean terminal = System.console() != null;
  private ProgressBar bar;

  TrainingProgress(PrintWriter out, int epochs, EpochScores scores) {
    this.out = out;
    this.epochs = epochs;
    this.scores = scores;
  }

  @Override
  public void onStart(EarlyStoppingConfiguration<ComputationGraph> conf, ComputationGraph network) {
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("training")
              .setInitialMax(epochs)
              .setUnit(" epochs", 1)
              .setStyle(ProgressBarStyle.ASCII)
              .clearDisplayOnFinish()
              .build();
    }
  }

  @Override
  public void onEpoch(
      int epoch,
      double score,
      EarlyStoppingConfiguration<ComputationGraph> conf,
      ComputationGraph network) {
    if (terminal) {
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
