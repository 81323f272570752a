package io.github.dl4jsnn.internal.kernel;

import io.github.dl4jsnn.neuron.LifParameters;
import java.util.Arrays;

/**
 * {@link LifKernelF32} as one model among others. The state is the potential before the reset and
 * the spike, so that the reset belongs to the next step, as it does there.
 */
final class LifStepKernelF32 implements NeuronKernelF32 {
  private final LifKernelF32 lif;

  LifStepKernelF32(LifParameters p) {
    lif = new LifKernelF32(p);
  }

  @Override
  public int states() {
    return 2;
  }

  @Override
  public int saved() {
    return 1;
  }

  @Override
  public int scratch() {
    return 1;
  }

  @Override
  public void rest(float[][] s, int n) {
    Arrays.fill(s[0], 0, n, 0f);
    Arrays.fill(s[1], 0, n, 0f);
  }

  @Override
  public void forward(NeuronStepF32 step, float[][] next, float[][] p, int n) {
    lif.next(step.saved[0], step.o, step.s[0], step.s[1], step.x, n);
    System.arraycopy(step.saved[0], 0, next[0], 0, n);
    System.arraycopy(step.o, 0, next[1], 0, n);
  }

  /** The gradient of the current is all that the step before needs. */
  @Override
  public void backward(
      float[] dx,
      float[][] ds,
      float[][] dp,
      float[] g,
      NeuronStepF32 step,
      float[][] p,
      float[][] tmp,
      int n) {
    lif.backward(ds[0], g, step.saved[0], step.o, tmp[0], n);
    System.arraycopy(ds[0], 0, dx, 0, n);
  }
}
