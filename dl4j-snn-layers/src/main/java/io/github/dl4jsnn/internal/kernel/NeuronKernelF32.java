package io.github.dl4jsnn.internal.kernel;

/**
 * One model of a neuron, one time step of one row of neurons at a time.
 *
 * <p>Sizes: {@code n} neurons of a row. Every array of numbers is one row of at least {@code n}
 * entries; {@code s[i]} is the i-th variable of the state, {@code p[i]} the i-th of {@link
 * io.github.dl4jsnn.neuron.Neuron#constants()}, each with one entry a neuron whether it is shared
 * or not.
 *
 * <p>Immutable; one instance serves all threads.
 */
public interface NeuronKernelF32 {

  /** Variables of the state, the membrane potential first. */
  int states();

  /** Rows that a step saves for the way back. */
  int saved();

  /** Rows of scratch that a backward step needs. */
  int scratch();

  /**
   * The state before the first step, and after a masked one.
   *
   * @param s (out) state
   * @param n neurons
   */
  void rest(float[][] s, int n);

  /**
   * One time step.
   *
   * @param step (in/out) state and currents in, emitted and saved rows out
   * @param next (out) state after the step, may be that before
   * @param p (in) constants
   * @param n neurons
   */
  void forward(NeuronStepF32 step, float[][] next, float[][] p, int n);

  /**
   * One step of the way back.
   *
   * @param dx (out) gradient of the currents
   * @param ds (in/out) comes in as the gradient of the state after the step, goes out as that of
   *     the state before
   * @param dp (in/out) gradients of the constants, added to; null if none is trained
   * @param g (in) gradient of what the neurons emit
   * @param step (in) as {@link #forward} left it
   * @param p (in) constants
   * @param tmp (scratch) may arrive dirty
   * @param n neurons
   */
  void backward(
      float[] dx,
      float[][] ds,
      float[][] dp,
      float[] g,
      NeuronStepF32 step,
      float[][] p,
      float[][] tmp,
      int n);
}
