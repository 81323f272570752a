package io.github.dl4jsnn.examples;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/** Times the training of each epoch, without its evaluation. */
final class EpochTimer extends BaseTrainingListener {

  private final DoubleStream.Builder millis = DoubleStream.builder();
  private long start;
  private double[] sorted;

  @Override
  public void onEpochStart(Model model) {
    start = System.nanoTime();
  }

  @Override
  public void onEpochEnd(Model model) {
    millis.add((System.nanoTime() - start) / 1e6);
  }

  /** Returns the median of the epochs so far, in milliseconds; ends the recording. */
  double medianMillis() {
    if (sorted == null) {
      sorted = millis.build().toArray();
      Arrays.sort(sorted);
    }
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
