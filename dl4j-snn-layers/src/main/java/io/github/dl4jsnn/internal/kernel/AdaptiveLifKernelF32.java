package io.github.dl4jsnn.internal.kernel;

import io.github.dl4jsnn.neuron.AdaptiveLif;

/**
 * {@link AdaptiveLif}: equations there. State: potential, adaptation. Constants: threshold, decay,
 * adaptation decay, adaptation strength.
 */
final class AdaptiveLifKernelF32 extends FiringKernelF32 {
  private static final int ADAPTATION = 1;
  private static final int THETA = 1;
  private static final int DECAY = 1;
  private static final int RHO = 2;
  private static final int BETA = 3;

  AdaptiveLifKernelF32(AdaptiveLif p) {
    super(p, false);
  }

  @Override
  public int states() {
    return 2;
  }

  @Override
  public int saved() {
    return 2;
  }

  @Override
  void charge(float[] u, float[][] next, NeuronStepF32 step, float[][] p, int n) {
    float[] v = step.s[0];
    float[] x = step.x;
    float[] k = p[DECAY];
    for (int i = 0; i < n; i++) {
      u[i] = k[i] * v[i] + x[i];
    }
    moveThreshold(step.saved[THETA], next[ADAPTATION], step.s[ADAPTATION], p, n);
  }

  private static void moveThreshold(float[] theta, float[] next, float[] a, float[][] p, int n) {
    float[] vTh = p[THRESHOLD];
    float[] rho = p[RHO];
    float[] beta = p[BETA];
    for (int i = 0; i < n; i++) {
      theta[i] = vTh[i] + beta[i] * a[i];
    }
    for (int i = 0; i < n; i++) {
      next[i] = rho[i] * a[i];
    }
  }

  @Override
  float[] threshold(NeuronStepF32 step, float[][] p) {
    return step.saved[THETA];
  }

  @Override
  void afterSpike(float[][] next, float[] o, float[][] p, int n) {
    float[] a = next[ADAPTATION];
    float[] rho = p[RHO];
    for (int i = 0; i < n; i++) {
      a[i] += (1 - rho[i]) * o[i];
    }
  }

  @Override
  void afterSpikeBackward(float[] g, float[][] ds, float[][] dp, float[] o, float[][] p, int n) {
    float[] da = ds[ADAPTATION];
    float[] rho = p[RHO];
    for (int i = 0; i < n; i++) {
      g[i] += (1 - rho[i]) * da[i];
    }
    if (dp != null) {
      float[] dRho = dp[RHO];
      for (int i = 0; i < n; i++) {
        dRho[i] -= o[i] * da[i];
      }
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
    float[] k = p[DECAY];
    for (int i = 0; i < n; i++) {
      dv[i] = k[i] * du[i];
    }
    System.arraycopy(du, 0, dx, 0, n);
    if (dp != null) {
      constantsBackward(dp, ds[ADAPTATION], du, dTheta, step, n);
    }
    float[] da = ds[ADAPTATION];
    float[] rho = p[RHO];
    float[] beta = p[BETA];
    for (int i = 0; i < n; i++) {
      da[i] = rho[i] * da[i] + beta[i] * dTheta[i];
    }
  }

  private static void constantsBackward(
      float[][] dp, float[] dNext, float[] du, float[] dTheta, NeuronStepF32 step, int n) {
    float[] v = step.s[0];
    float[] a = step.s[ADAPTATION];
    RowMathF32.addProduct(dp[DECAY], du, v, n);
    RowMathF32.addProduct(dp[RHO], dNext, a, n);
    RowMathF32.addProduct(dp[BETA], dTheta, a, n);
  }
}
