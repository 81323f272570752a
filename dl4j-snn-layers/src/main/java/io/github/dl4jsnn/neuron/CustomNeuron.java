package io.github.dl4jsnn.neuron;

import java.util.List;

/**
 * A neuron of your own: how it charges, fires and resets, with derivatives. It runs in the same
 * fused pass over time as the neurons of this library, on {@link
 * io.github.dl4jsnn.conf.Backend#FUSED} only.
 *
 * <pre>
 *   u[t] = charge(v[t-1], x[t])
 *   o[t] = 1 where u[t] &gt;= threshold, else 0; its derivative is that of the surrogate
 *   v[t] = reset(u[t], o[t])                           v[0] = rest
 * </pre>
 *
 * <p>The methods are called for every neuron and time step, from several threads: keep them free of
 * branches where speed counts, and of side effects. They compute in double; a network in float
 * rounds their results. A constant derivative of {@link #resetBySpike} 0 detaches the reset.
 *
 * <p>An implementation is saved with the network: it needs {@code equals} and {@code hashCode}, and
 * fields or a constructor that Jackson understands (ND4J's shaded {@code
 * org.nd4j.shade.jackson.annotation}).
 */
public interface CustomNeuron extends Neuron {

  /**
   * Charges the membrane.
   *
   * @param v potential after the step before
   * @param x input current
   * @return potential before firing
   */
  double charge(double v, double x);

  /**
   * Derivative of {@link #charge} by the potential.
   *
   * @param v potential after the step before
   * @param x input current
   * @return {@code du/dv}
   */
  double chargeByPotential(double v, double x);

  /**
   * Derivative of {@link #charge} by the input.
   *
   * @param v potential after the step before
   * @param x input current
   * @return {@code du/dx}
   */
  double chargeByInput(double v, double x);

  /**
   * Resets the membrane.
   *
   * @param u potential before firing
   * @param o 1 where it fired, else 0
   * @return potential for the next step
   */
  double reset(double u, double o);

  /**
   * Derivative of {@link #reset} by the potential.
   *
   * @param u potential before firing
   * @param o 1 where it fired, else 0
   * @return {@code dv/du}
   */
  double resetByPotential(double u, double o);

  /**
   * Derivative of {@link #reset} by the spike.
   *
   * @param u potential before firing
   * @param o 1 where it fired, else 0
   * @return {@code dv/do}; 0 for a detached reset
   */
  double resetBySpike(double u, double o);

  /**
   * Firing threshold.
   *
   * @return at least {@link SpikingNeuron#MIN_THRESHOLD}
   */
  double threshold();

  /**
   * Derivative of the spike.
   *
   * @return the surrogate
   */
  Surrogate surrogate();

  /**
   * What the neuron emits.
   *
   * @return {@link Firing#SPIKE} unless overridden; {@link Firing#SMOOTH} for gradient checks
   */
  default Firing firing() {
    return Firing.SPIKE;
  }

  /**
   * Potential before the first step, and after a masked one.
   *
   * @return 0 unless overridden
   */
  default double rest() {
    return 0;
  }

  /** None that is trained: a neuron of your own keeps its constants to itself. */
  @Override
  default List<NeuronConstant> constants() {
    return List.of();
  }

  @Override
  default List<String> stateNames() {
    return List.of("potential");
  }
}
