package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/**
 * Shows how far a training is within its epoch, and measures it: a bar on a terminal, a line a
 * minute in a file or pipe.
 */
final class StepProgress extends BaseTrainingListener implements AutoCloseable {

  private static final long LINE_NANOS = 60_000_000_000L;

  private final PrintWriter out;
  private final int stepsPerEpoch;
  private final ProgressBar bar;
  private int first;
  private int steps;
  private double losses;
  private long start;
  private long lastLine;

  StepProgress(PrintWriter out, String task, int stepsPerEpoch) {
    this.out = out;
    this.stepsPerEpoch = stepsPerEpoch;
    bar = TrainingProgress.bar(task, stepsPerEpoch, " steps");
  }

  /** Begins the rest of an epoch. */
  void begin(int stepsDone) {
    first = stepsDone;
    steps = 0;
    losses = 0;
    start = System.nanoTime();
    lastLine = start;
    if (bar != null) {
      bar.stepTo(stepsDone);
    }
  }

  @Override
  public void iterationDone(Model model, int iteration, int epoch) {
    steps++;
    // Without what the weight decay adds, which would hide the error.
    losses += model.score() - ((MultiLayerNetwork) model).calcRegularizationScore(true);
    if (bar != null) {
      bar.step();
      bar.setExtraMessage(String.format(ROOT, "epoch %d, loss %.4f", epoch + 1, meanLoss()));
    } else if (System.nanoTime() - lastLine > LINE_NANOS) {
      lastLine = System.nanoTime();
      out.printf(
          ROOT,
          "epoch %3d   step %5d of %d   loss %.4f   %.2f s a step%n",
          epoch + 1,
          first + steps,
          stepsPerEpoch,
          meanLoss(),
          seconds() / steps);
      out.flush();
    }
  }

  /** Mean error over the steps since {@link #begin}. */
  double meanLoss() {
    return losses / steps;
  }

  /** For a whole epoch at the speed since {@link #begin}; 0 without a step. */
  double secondsPerEpoch() {
    return steps == 0 ? 0 : seconds() / steps * stepsPerEpoch;
  }

  private double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
