package io.github.dl4jsnn.internal.kernel;

import io.github.dl4jsnn.neuron.ParametricLif;

/** {@link ParametricLif}: equations there. Constants: threshold, decay. */
final class ParametricLifKernelF32 extends FiringKernelF32 {
  private static final int DECAY = 1;

  private final boolean decayInput;

  ParametricLifKernelF32(ParametricLif p) {
    super(p, !p.constants().get(THRESHOLD).trained());
    this.decayInput = p.isDecayInput();
  }

  @Override
  public int states() {
    return 1;
  }

  @Override
  public int saved() {
    return 1;
  }

  @Override
  void charge(float[] u, float[][] next, NeuronStepF32 step, float[][] p, int n) {
    LeakF32.charge(u, step.s[0], step.x, p[DECAY], decayInput, n);
  }

  @Override
  void chargeBackward(
      float[] dx,
      float[][] ds,
      float[][] dp,
      float[] du,
      float[] dTheta,
      NeuronStepF32 step,
      float[][] p,
      int n) {
    LeakF32.chargeBackward(dx, ds[0], du, p[DECAY], decayInput, n);
    if (dp != null) {
      LeakF32.decayBackward(dp[DECAY], du, step.s[0], step.x, decayInput, n);
    }
  }
}
