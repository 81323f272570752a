package io.github.dl4jsnn.internal.kernel;

import io.github.dl4jsnn.neuron.ExponentialIf;
import java.util.Arrays;

/** {@link ExponentialIf}: equations there. */
final class ExponentialIfKernelF32 extends FiringKernelF32 {
  private static final int EXPONENTIAL = 1;

  private final float rate;
  private final float sharpness;
  private final float vRest;
  private final float rheobase;
  private final float rest;

  ExponentialIfKernelF32(ExponentialIf p) {
    super(p, true);
    this.rate = (float) (1 / p.getTau());
    this.sharpness = (float) p.getSharpness();
    this.vRest = (float) p.getRestPotential();
    this.rheobase = (float) p.getRheobasePotential();
    this.rest = (float) p.getResetPotential();
  }

  @Override
  public int states() {
    return 1;
  }

  @Override
  public int saved() {
    return 2;
  }

  @Override
  public void rest(float[][] s, int n) {
    Arrays.fill(s[0], 0, n, rest);
  }

  @Override
  void charge(float[] u, float[][] next, NeuronStepF32 step, float[][] p, int n) {
    float[] v = step.s[0];
    float[] x = step.x;
    float[] e = step.saved[EXPONENTIAL];
    for (int i = 0; i < n; i++) {
      e[i] = (float) Math.exp((v[i] - rheobase) / sharpness);
    }
    for (int i = 0; i < n; i++) {
      u[i] = v[i] + rate * (x[i] + vRest - v[i] + sharpness * e[i]);
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
    float[] e = step.saved[EXPONENTIAL];
    for (int i = 0; i < n; i++) {
      dv[i] = du[i] * (1 + rate * (e[i] - 1));
    }
    for (int i = 0; i < n; i++) {
      dx[i] = rate * du[i];
    }
  }
}
