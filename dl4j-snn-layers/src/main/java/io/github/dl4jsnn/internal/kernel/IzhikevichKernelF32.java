package io.github.dl4jsnn.internal.kernel;

import io.github.dl4jsnn.neuron.Izhikevich;
import java.util.Arrays;

/** {@link Izhikevich}: equations there. State: potential, recovery. */
final class IzhikevichKernelF32 extends FiringKernelF32 {
  private static final int RECOVERY = 1;

  private final QuadraticChargeF32 charge;
  private final float vRest;
  private final float rest;
  private final float recoveryRate;
  private final float sensitivity;
  private final float jump;

  IzhikevichKernelF32(Izhikevich p) {
    super(p, true);
    this.charge =
        new QuadraticChargeF32(
            p.getTau(), p.getCurvature(), p.getRestPotential(), p.getCriticalPotential());
    this.vRest = (float) p.getRestPotential();
    this.rest = (float) p.getResetPotential();
    this.recoveryRate = (float) (1 / p.getRecoveryTau());
    this.sensitivity = (float) p.getRecoverySensitivity();
    this.jump = (float) p.getRecoveryJump();
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
  public void rest(float[][] s, int n) {
    Arrays.fill(s[0], 0, n, rest);
    Arrays.fill(s[RECOVERY], 0, n, 0f);
  }

  @Override
  void charge(float[] u, float[][] next, NeuronStepF32 step, float[][] p, int n) {
    float[] w = step.s[RECOVERY];
    float[] wNext = next[RECOVERY];
    float rate = charge.rate();
    charge.charge(u, step.s[0], step.x, n);
    for (int i = 0; i < n; i++) {
      u[i] -= rate * w[i];
    }
    for (int i = 0; i < n; i++) {
      wNext[i] = w[i] + recoveryRate * (sensitivity * (u[i] - vRest) - w[i]);
    }
  }

  @Override
  void afterSpike(float[][] next, float[] o, float[][] p, int n) {
    RowMathF32.addScaled(next[RECOVERY], o, jump, n);
  }

  @Override
  void afterSpikeBackward(float[] g, float[][] ds, float[][] dp, float[] o, float[][] p, int n) {
    RowMathF32.addScaled(g, ds[RECOVERY], jump, n);
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
    float[] dw = ds[RECOVERY];
    float rate = charge.rate();
    RowMathF32.addScaled(du, dw, recoveryRate * sensitivity, n);
    charge.backward(dx, ds[0], du, step.s[0], n);
    for (int i = 0; i < n; i++) {
      dw[i] = (1 - recoveryRate) * dw[i] - rate * du[i];
    }
  }
}
