package io.github.dl4jsnn.monitor;

import io.github.dl4jsnn.neuron.Surrogate;
import java.nio.FloatBuffer;

/**
 * Adds up membrane potentials; the arithmetic of {@link MembraneStatistics}, which checks the
 * arguments. Belongs to one thread.
 */
final class MembraneSumF32 {

  /** A block of potentials and one of derivatives stay in the first-level cache. */
  private static final int BLOCK = 2048;

  private final float threshold;
  private final Surrogate surrogate;

  /** Derivative from which on the surrogate counts as open. */
  private final float open;

  private final float[] u = new float[BLOCK];
  private final float[] slope = new float[BLOCK];

  MembraneSumF32(double threshold, Surrogate surrogate) {
    this.threshold = (float) threshold;
    this.surrogate = surrogate;
    u[0] = this.threshold;
    surrogate.derivative(u, this.threshold, slope, 1);
    this.open = (float) MembraneSum.OPEN * slope[0];
  }

  /** Adds {@code length} potentials, from the buffer's position on. */
  void addTo(MembraneSum total, FloatBuffer potentials, int length) {
    for (int from = 0; from < length; from += BLOCK) {
      int n = Math.min(BLOCK, length - from);
      potentials.get(u, 0, n);
      addBlock(total, n);
    }
  }

  private void addBlock(MembraneSum total, int n) {
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    double sum = 0;
    int above = 0;
    for (int i = 0; i < n; i++) {
      float v = u[i];
      sum += v;
      min = Math.min(min, v);
      max = Math.max(max, v);
      above += v >= threshold ? 1 : 0;
    }
    double mean = sum / n;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double d = u[i] - mean;
      squares += d * d;
    }
    total.addBlock(n, mean, squares, min, max, above, countOpen(n));
  }

  private int countOpen(int n) {
    surrogate.derivative(u, threshold, slope, n);
    int count = 0;
    for (int i = 0; i < n; i++) {
      count += slope[i] >= open && slope[i] > 0 ? 1 : 0;
    }
    return count;
  }
}
