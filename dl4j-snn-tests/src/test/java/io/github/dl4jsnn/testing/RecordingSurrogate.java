package io.github.dl4jsnn.testing;

import io.github.dl4jsnn.neuron.Surrogate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Shows the potentials of a layer: remembers those that a backward pass asks the derivative of,
 * which is always 1. A small layer asks one example after the other, its steps from the last to the
 * first, all features at once.
 */
public final class RecordingSurrogate implements Surrogate {
  private static final long serialVersionUID = 1L;

  /** Not in the object, of which DL4J makes copies. */
  private static final List<double[]> ROWS = new ArrayList<>();

  /** Forgets what was recorded. */
  public static void clear() {
    ROWS.clear();
  }

  /**
   * Recorded potentials above threshold.
   *
   * @param steps T
   * @return in c order of {@code [N, T, F]}
   */
  public static double[] aboveThreshold(int steps) {
    DoubleStream all = DoubleStream.empty();
    for (int i = 0; i < ROWS.size(); i++) {
      int t = i % steps;
      all = DoubleStream.concat(all, Arrays.stream(ROWS.get(i - t + steps - 1 - t)));
    }
    return all.toArray();
  }

  @Override
  public void derivative(float[] u, float threshold, float[] dest, int n) {
    double[] row = new double[n];
    for (int i = 0; i < n; i++) {
      row[i] = u[i] - threshold;
    }
    ROWS.add(row);
    Arrays.fill(dest, 0, n, 1);
  }

  @Override
  public void derivative(double[] u, double threshold, double[] dest, int n) {
    double[] row = new double[n];
    for (int i = 0; i < n; i++) {
      row[i] = u[i] - threshold;
    }
    ROWS.add(row);
    Arrays.fill(dest, 0, n, 1);
  }

  @Override
  public void primitive(float[] u, float threshold, float[] dest, int n) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void primitive(double[] u, double threshold, double[] dest, int n) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof RecordingSurrogate;
  }

  @Override
  public int hashCode() {
    return RecordingSurrogate.class.hashCode();
  }
}
