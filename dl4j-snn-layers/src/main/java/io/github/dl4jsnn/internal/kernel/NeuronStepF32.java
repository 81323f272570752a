package io.github.dl4jsnn.internal.kernel;

/** What one time step of a row of neurons starts from, and what it leaves for the way back. */
public final class NeuronStepF32 {
  /** Variables of the state before the step. */
  public final float[][] s;

  /** Input currents. */
  public final float[] x;

  /** What the neurons emit. */
  public final float[] o;

  /** Rows that the kernel saves. */
  final float[][] saved;

  /**
   * Rows for one time step.
   *
   * @param kernel whose state and saved rows they are to hold
   * @param width neurons of a row
   */
  public NeuronStepF32(NeuronKernelF32 kernel, int width) {
    this.s = new float[kernel.states()][width];
    this.x = new float[width];
    this.o = new float[width];
    this.saved = new float[kernel.saved()][width];
  }
}
