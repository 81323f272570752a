package io.github.dl4jsnn.position;

import io.github.dl4jsnn.neuron.FirstSpike;
import io.github.dl4jsnn.neuron.LifParameters;

/**
 * A central pattern generator made of two of the library's LIF neurons: silent for R steps, then
 * firing for K, without any rhythmic input.
 *
 * <pre>
 *   emitter    x[t] = I + Vth * oe[t-1] - Vth * or[t-1]
 *   resetter   x[t] = J * oe[t]
 * </pre>
 *
 * <p>Under its constant current I the emitter first fires at step R + 1. Each spike drives it over
 * the threshold again, until the resetter, which has counted K spikes, fires and inhibits it: both
 * are at rest, and the next period of R + K steps begins. I is the {@linkplain FirstSpike#current
 * current} of a first spike at step R + 1, J that of one at step K.
 *
 * <p>Both neurons have a hard reset to 0, threshold 1 and the same decay. One instance is one pair
 * with its state; it is not thread-safe.
 *
 * <p><b>Source.</b> C. Lv et al., "Advancing Spiking Neural Networks for Sequential Modeling with
 * Central Pattern Generators", NeurIPS 2024, Appendix C.
 */
public final class CpgNeuron {
  private static final String LABEL = "CpgNeuron";

  private final double emitterCurrent;
  private final double resetterCurrent;
  private final CpgPairs pairs;

  /**
   * Creates a pair at rest.
   *
   * @param silent R, steps without a spike in each period, at least 1
   * @param burst K, spikes in each period, at least 1
   * @param decay k of both neurons, in (0, 1]; a longer silence needs a decay nearer to 1: the
   *     current must stay apart from those of R - 1 and R + 1 in float
   * @throws IllegalArgumentException if a value is outside, or float cannot tell R from its
   *     neighbours at this decay
   */
  public CpgNeuron(int silent, int burst, double decay) {
    if (silent < 1 || burst < 1) {
      throw new IllegalArgumentException(
          LABEL + ": silent and burst must be at least 1, were " + silent + " and " + burst);
    }
    LifParameters neuron = CpgPairs.neuron(decay);
    this.emitterCurrent = distinct(neuron, silent + 1);
    this.resetterCurrent = distinct(neuron, burst);
    this.pairs =
        new CpgPairs(neuron, new double[] {emitterCurrent}, new double[] {resetterCurrent});
  }

  private static double distinct(LifParameters neuron, int step) {
    double exact = FirstSpike.current(neuron, step);
    double margin = exact - FirstSpike.current(neuron, step + 1);
    if (margin < 16 * Math.ulp((float) exact)) {
      throw new IllegalArgumentException(
          LABEL
              + ": a first spike at step "
              + step
              + " needs a decay nearer to 1 than "
              + neuron.getDecay());
    }
    return exact;
  }

  /**
   * Constant current of the emitter.
   *
   * @return I
   */
  public double getEmitterCurrent() {
    return emitterCurrent;
  }

  /**
   * Weight of the synapse from emitter to resetter.
   *
   * @return J
   */
  public double getResetterCurrent() {
    return resetterCurrent;
  }

  /**
   * Goes on by one step.
   *
   * @return whether the emitter fires
   */
  public boolean step() {
    return pairs.step()[0];
  }

  /**
   * Goes on by some steps.
   *
   * @param steps at least 0
   * @return whether the emitter fires, step by step
   */
  public boolean[] run(int steps) {
    boolean[] spikes = new boolean[steps];
    for (int t = 0; t < steps; t++) {
      spikes[t] = step();
    }
    return spikes;
  }
}
