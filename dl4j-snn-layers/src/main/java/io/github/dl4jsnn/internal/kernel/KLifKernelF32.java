package io.github.dl4jsnn.internal.kernel;

import io.github.dl4jsnn.neuron.KLif;

/** {@link KLif}: equations there. Constants: threshold, decay, scale. */
final class KLifKernelF32 extends FiringKernelF32 {
  private static final int DECAY = 1;
  private static final int SCALE = 2;

  private final boolean decayInput;

  KLifKernelF32(KLif p) {
    super(p, true);
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
    float[] scale = p[SCALE];
    for (int i = 0; i < n; i++) {
      u[i] = Math.max(0f, scale[i] * u[i]);
    }
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
    float[] u = step.saved[U];
    float[] scale = p[SCALE];
    if (dp != null) {
      scaleBackward(dp[SCALE], du, u, scale, n);
    }
    for (int i = 0; i < n; i++) {
      du[i] *= scale[i] * SurrogateKernelF32.positive(u[i]);
    }
    if (dp != null) {
      LeakF32.decayBackward(dp[DECAY], du, step.s[0], step.x, decayInput, n);
    }
    LeakF32.chargeBackward(dx, ds[0], du, p[DECAY], decayInput, n);
  }

  /** {@code c = u / s} where u is above 0; where it is not, there is no gradient. */
  private static void scaleBackward(float[] dScale, float[] du, float[] u, float[] s, int n) {
    for (int i = 0; i < n; i++) {
      dScale[i] += du[i] * u[i] / s[i];
    }
  }
}
