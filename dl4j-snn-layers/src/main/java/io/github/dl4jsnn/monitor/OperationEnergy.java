package io.github.dl4jsnn.monitor;

import java.util.Locale;
import java.util.Objects;

/**
 * Energy of one arithmetic operation, in picojoules, from which {@link SnnCost} makes that of a
 * network.
 *
 * <pre>
 *   multiply-accumulate, 32-bit float   4.6 pJ   (multiplication 3.7, addition 0.9)
 *   accumulate, 32-bit float            0.9 pJ
 *   accumulate, 32-bit integer          0.1 pJ
 * </pre>
 *
 * <p>These are figures of arithmetic in 45 nm at 0.9 V. Memory, which costs many times more, and
 * everything else around the arithmetic is not in them: they compare two networks on hardware that
 * keeps weights where it adds them, and measure none. A float accumulate is the like-for-like
 * counterpart of a float multiply-accumulate; the integer one, which the literature on spiking
 * networks takes, also supposes weights quantised to integers.
 *
 * <p>Immutable.
 *
 * <p><b>Source.</b> M. Horowitz, "Computing's Energy Problem (and what we can do about it)", ISSCC
 * 2014, Fig. 1.1.9.
 */
public final class OperationEnergy {

  private static final OperationEnergy NM45 = new OperationEnergy(4.6, 0.9, 0.1);

  private final double multiplyAccumulate;
  private final double floatAccumulate;
  private final double integerAccumulate;

  /**
   * Energies of other hardware.
   *
   * @param multiplyAccumulate of 32-bit floats, pJ, above 0
   * @param floatAccumulate of 32-bit floats, pJ, above 0
   * @param integerAccumulate of 32-bit integers, pJ, above 0
   * @throws IllegalArgumentException if one is not above 0 and finite
   */
  public OperationEnergy(
      double multiplyAccumulate, double floatAccumulate, double integerAccumulate) {
    this.multiplyAccumulate = positive("multiplyAccumulate", multiplyAccumulate);
    this.floatAccumulate = positive("floatAccumulate", floatAccumulate);
    this.integerAccumulate = positive("integerAccumulate", integerAccumulate);
  }

  /**
   * The figures of 45 nm above.
   *
   * @return 4.6, 0.9 and 0.1 pJ
   */
  public static OperationEnergy nm45() {
    return NM45;
  }

  private static double positive(String what, double picojoules) {
    if (!(picojoules > 0) || Double.isInfinite(picojoules)) {
      throw new IllegalArgumentException(
          "OperationEnergy: " + what + " must be above 0 and finite, was " + picojoules + " pJ");
    }
    return picojoules;
  }

  /**
   * Energy of a multiply-accumulate of 32-bit floats.
   *
   * @return picojoules
   */
  public double multiplyAccumulate() {
    return multiplyAccumulate;
  }

  /**
   * Energy of an accumulate of 32-bit floats.
   *
   * @return picojoules
   */
  public double floatAccumulate() {
    return floatAccumulate;
  }

  /**
   * Energy of an accumulate of 32-bit integers.
   *
   * @return picojoules
   */
  public double integerAccumulate() {
    return integerAccumulate;
  }

  /**
   * How many times less energy a spiking network takes than its dense equivalent, by firing rate
   * alone.
   *
   * <pre>
   *   E_ANN / E_SNN = (MACs * multiplyAccumulate) / (MACs * rate * T * integerAccumulate)
   * </pre>
   *
   * <p>It takes every layer's input as spikes of this rate, also the first one's, and every map to
   * be done at each step. {@link SnnCost} counts instead.
   *
   * <p><b>Source.</b> Eq. 11 of G. Shen, D. Zhao, Y. Zeng, "Backpropagation with Biologically
   * Plausible Spatio-Temporal Adjustment For Training Deep Spiking Neural Networks", 2022, whose
   * {@code FLOPS_SNN} is MACs times firing rate.
   *
   * @param rate spikes of a neuron a step, above 0
   * @param timeSteps T, 1 or more
   * @return the quotient
   * @throws IllegalArgumentException if the rate is not above 0 or T below 1
   */
  public double ratioByRate(double rate, int timeSteps) {
    if (!(rate > 0) || timeSteps < 1) {
      throw new IllegalArgumentException(
          "Expected a rate above 0 and at least one step, got " + rate + " and " + timeSteps);
    }
    return multiplyAccumulate / (integerAccumulate * rate * timeSteps);
  }

  @Override
  public boolean equals(Object o) {
    if (!(o instanceof OperationEnergy)) {
      return false;
    }
    OperationEnergy e = (OperationEnergy) o;
    return multiplyAccumulate == e.multiplyAccumulate
        && floatAccumulate == e.floatAccumulate
        && integerAccumulate == e.integerAccumulate;
  }

  @Override
  public int hashCode() {
    return Objects.hash(multiplyAccumulate, floatAccumulate, integerAccumulate);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s pJ a float multiply-accumulate, %s pJ a float and %s pJ an integer accumulate",
        multiplyAccumulate,
        floatAccumulate,
        integerAccumulate);
  }
}
