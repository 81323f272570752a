package io.github.dl4jsnn.neuron;

/**
 * When a LIF neuron at rest fires for the first time under a constant current.
 *
 * <pre>
 *   n = ceil( ln(1 - Vth (1 - k) / I) / ln k ),   0 &lt; k &lt; 1,  I &gt; Vth (1 - k)
 *   n = ceil( Vth / I ),                          k = 1,      I &gt; 0
 * </pre>
 *
 * <p>with decay k, threshold Vth, current I; the first step is 1. A weaker current never makes it
 * fire. Where rounding leaves the formula one step off, the recurrence {@code u[n] = k u[n-1] + I}
 * in double decides.
 *
 * <p><b>Source.</b> C. Lv et al., "Advancing Spiking Neural Networks for Sequential Modeling with
 * Central Pattern Generators", NeurIPS 2024, Lemma 1.
 */
public final class FirstSpike {
  /** What {@link #step} returns where there is no spike. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Beyond it the recurrence is not run: the formula is all there is. */
  private static final long EXACT = 10_000_000;

  private FirstSpike() {}

  /**
   * The step of the first spike.
   *
   * @param neuron decay and threshold
   * @param current constant input I, finite
   * @return 1, 2, ..., or {@link #NEVER}
   * @throws IllegalArgumentException if the current is not finite
   */
  public static long step(LifParameters neuron, double current) {
    double k = neuron.getDecay();
    double threshold = neuron.getThreshold();
    Checks.finite("current", current);
    if (current >= threshold) {
      return 1;
    }
    if (current <= threshold * (1 - k) || current <= 0) {
      return NEVER;
    }
    double n =
        k == 1
            ? Math.ceil(threshold / current)
            : Math.ceil(Math.log1p(-threshold * (1 - k) / current) / Math.log(k));
    return n < EXACT ? stepped(k, threshold, current, (long) n + 2) : (long) n;
  }

  /** Runs the recurrence; the potential may stop short of the threshold by rounding. */
  private static long stepped(double k, double threshold, double current, long limit) {
    double u = 0;
    for (long n = 1; n <= limit; n++) {
      u = k * u + current;
      if (u >= threshold) {
        return n;
      }
    }
    return NEVER;
  }

  /**
   * A current with which the first spike comes at a given step: that of the formula half a step
   * earlier, so that rounding cannot shift it.
   *
   * @param neuron decay and threshold
   * @param step 1, 2, ...
   * @return I with {@code step(neuron, I) == step}
   * @throws IllegalArgumentException if step is below 1
   */
  public static double current(LifParameters neuron, int step) {
    if (step < 1) {
      throw new IllegalArgumentException("step must be at least 1, was " + step);
    }
    double k = neuron.getDecay();
    double threshold = neuron.getThreshold();
    if (step == 1) {
      return threshold;
    }
    return k == 1 ? threshold / (step - 0.5) : threshold * (1 - k) / (1 - Math.pow(k, step - 0.5));
  }
}
