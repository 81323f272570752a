package io.github.dl4jsnn.internal.kernel;

import io.github.dl4jsnn.neuron.GatedLif;

/** {@link GatedLif}: equations there. State: potential, spike. Constants in its order. */
final class GatedLifKernelF32 extends FiringKernelF32 {
  private static final int SPIKE = 1;
  private static final int ALPHA = 1;
  private static final int BETA = 2;
  private static final int GAMMA = 3;
  private static final int DECAY = 4;
  private static final int LINEAR = 5;
  private static final int SUBTRACTION = 6;
  private static final int CONDUCTANCE = 7;

  GatedLifKernelF32(GatedLif p) {
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
    leak(u, step, p, n);
    integrate(u, step, p, n);
  }

  private static void leak(float[] u, NeuronStepF32 step, float[][] p, int n) {
    float[] v = step.s[0];
    float[] o = step.s[SPIKE];
    float[] alpha = p[ALPHA];
    float[] gamma = p[GAMMA];
    float[] k = p[DECAY];
    float[] linear = p[LINEAR];
    for (int i = 0; i < n; i++) {
      float leak = 1 - alpha[i] * (1 - k[i]);
      u[i] = leak * v[i] * (1 - gamma[i] * o[i]) - (1 - alpha[i]) * linear[i];
    }
  }

  private static void integrate(float[] u, NeuronStepF32 step, float[][] p, int n) {
    float[] x = step.x;
    float[] o = step.s[SPIKE];
    float[] beta = p[BETA];
    float[] gamma = p[GAMMA];
    float[] subtraction = p[SUBTRACTION];
    float[] conductance = p[CONDUCTANCE];
    for (int i = 0; i < n; i++) {
      float in = 1 - beta[i] * (1 - conductance[i]);
      u[i] += in * x[i] - (1 - gamma[i]) * subtraction[i] * o[i];
    }
  }

  @Override
  void afterSpike(float[][] next, float[] o, float[][] p, int n) {
    System.arraycopy(o, 0, next[SPIKE], 0, n);
  }

  @Override
  void afterSpikeBackward(float[] g, float[][] ds, float[][] dp, float[] o, float[][] p, int n) {
    if (exact()) {
      RowMathF32.add(g, ds[SPIKE], n);
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
    if (dp != null) {
      leakBackward(dp, du, step, p, n);
      integrateBackward(dp, du, step, p, n);
    }
    stateBackward(ds, du, step, p, n);
    float[] beta = p[BETA];
    float[] conductance = p[CONDUCTANCE];
    for (int i = 0; i < n; i++) {
      dx[i] = (1 - beta[i] * (1 - conductance[i])) * du[i];
    }
  }

  private static void stateBackward(
      float[][] ds, float[] du, NeuronStepF32 step, float[][] p, int n) {
    float[] v = step.s[0];
    float[] o = step.s[SPIKE];
    float[] alpha = p[ALPHA];
    float[] gamma = p[GAMMA];
    float[] k = p[DECAY];
    float[] subtraction = p[SUBTRACTION];
    float[] dv = ds[0];
    float[] dO = ds[SPIKE];
    for (int i = 0; i < n; i++) {
      float leak = 1 - alpha[i] * (1 - k[i]);
      dv[i] = leak * (1 - gamma[i] * o[i]) * du[i];
      dO[i] = -(leak * v[i] * gamma[i] + (1 - gamma[i]) * subtraction[i]) * du[i];
    }
  }

  private static void leakBackward(
      float[][] dp, float[] du, NeuronStepF32 step, float[][] p, int n) {
    float[] v = step.s[0];
    float[] o = step.s[SPIKE];
    float[] alpha = p[ALPHA];
    float[] gamma = p[GAMMA];
    float[] k = p[DECAY];
    float[] linear = p[LINEAR];
    float[] dAlpha = dp[ALPHA];
    float[] dK = dp[DECAY];
    float[] dLinear = dp[LINEAR];
    float[] dGamma = dp[GAMMA];
    for (int i = 0; i < n; i++) {
      float leak = 1 - alpha[i] * (1 - k[i]);
      float dLeak = v[i] * (1 - gamma[i] * o[i]) * du[i];
      dAlpha[i] += linear[i] * du[i] - (1 - k[i]) * dLeak;
      dK[i] += alpha[i] * dLeak;
      dLinear[i] -= (1 - alpha[i]) * du[i];
      dGamma[i] -= leak * v[i] * o[i] * du[i];
    }
  }

  private static void integrateBackward(
      float[][] dp, float[] du, NeuronStepF32 step, float[][] p, int n) {
    float[] x = step.x;
    float[] o = step.s[SPIKE];
    float[] beta = p[BETA];
    float[] gamma = p[GAMMA];
    float[] subtraction = p[SUBTRACTION];
    float[] conductance = p[CONDUCTANCE];
    float[] dBeta = dp[BETA];
    float[] dGamma = dp[GAMMA];
    float[] dSubtraction = dp[SUBTRACTION];
    float[] dConductance = dp[CONDUCTANCE];
    for (int i = 0; i < n; i++) {
      dBeta[i] -= (1 - conductance[i]) * x[i] * du[i];
      dConductance[i] += beta[i] * x[i] * du[i];
      dGamma[i] += subtraction[i] * o[i] * du[i];
      dSubtraction[i] -= (1 - gamma[i]) * o[i] * du[i];
    }
  }
}
