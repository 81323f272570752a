package io.github.dl4jsnn.internal.kernel;

import io.github.dl4jsnn.neuron.SynapticLif;

/**
 * {@link SynapticLif}: equations there. State: potential, synaptic current. Constants: threshold,
 * decay, decay of the current.
 */
final class SynapticLifKernelF32 extends FiringKernelF32 {
  private static final int CURRENT = 1;
  private static final int DECAY = 1;
  private static final int ALPHA = 2;

  SynapticLifKernelF32(SynapticLif p) {
    super(p, !p.constants().get(THRESHOLD).trained());
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
  void charge(float[] u, float[][] next, NeuronStepF32 step, float[][] p, int n) {
    float[] v = step.s[0];
    float[] before = step.s[CURRENT];
    float[] current = next[CURRENT];
    float[] x = step.x;
    float[] k = p[DECAY];
    float[] alpha = p[ALPHA];
    for (int i = 0; i < n; i++) {
      current[i] = alpha[i] * before[i] + x[i];
    }
    for (int i = 0; i < n; i++) {
      u[i] = k[i] * v[i] + current[i];
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
    float[] dv = ds[0];
    float[] di = ds[CURRENT];
    float[] k = p[DECAY];
    float[] alpha = p[ALPHA];
    for (int i = 0; i < n; i++) {
      dv[i] = k[i] * du[i];
    }
    for (int i = 0; i < n; i++) {
      dx[i] = di[i] + du[i];
    }
    for (int i = 0; i < n; i++) {
      di[i] = alpha[i] * dx[i];
    }
    if (dp != null) {
      RowMathF32.addProduct(dp[DECAY], du, step.s[0], n);
      RowMathF32.addProduct(dp[ALPHA], dx, step.s[CURRENT], n);
    }
  }
}
