package io.github.dl4jsnn.internal.kernel;

/**
 * Time to the first spike, from the last step to the first; equations in {@link
 * io.github.dl4jsnn.conf.SpikeReadoutLayer}. A step is a row of F features.
 *
 * <pre>
 *   v[t]  = v[t+1] + x[t] * (w[t] - v[t+1])      v[T] = 0, y = v[0]
 *   dx[t] = g * p[t] * (w[t] - v[t+1])           p[t+1] = p[t] * (1 - x[t]), p[0] = 1
 * </pre>
 */
public final class FirstSpikeKernelF32 {
  private FirstSpikeKernelF32() {}

  /**
   * One step back in time.
   *
   * @param v (in/out) {@code v[t+1]}, then {@code v[t]}
   * @param x (in) {@code x[t]}
   * @param w {@code w[t]}
   * @param n F
   */
  public static void value(float[] v, float[] x, float w, int n) {
    for (int i = 0; i < n; i++) {
      v[i] += x[i] * (w - v[i]);
    }
  }

  /**
   * Backward of {@link #value}, one step on in time.
   *
   * @param dx (out) overwritten
   * @param gp (in/out) {@code g * p[t]}, then {@code g * p[t+1]}
   * @param x (in) {@code x[t]}
   * @param later (in) {@code v[t+1]}
   * @param w {@code w[t]}
   * @param n F
   */
  public static void backward(float[] dx, float[] gp, float[] x, float[] later, float w, int n) {
    for (int i = 0; i < n; i++) {
      dx[i] = gp[i] * (w - later[i]);
      gp[i] *= 1 - x[i];
    }
  }
}
