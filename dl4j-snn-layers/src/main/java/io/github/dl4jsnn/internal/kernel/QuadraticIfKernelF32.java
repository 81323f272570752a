package io.github.dl4jsnn.internal.kernel;

import io.github.dl4jsnn.neuron.QuadraticIf;
import java.util.Arrays;

/** {@link QuadraticIf}: equations there. */
final class QuadraticIfKernelF32 extends FiringKernelF32 {
  private final QuadraticChargeF32 charge;
  private final float rest;

  QuadraticIfKernelF32(QuadraticIf p) {
    super(p, true);
    this.charge =
        new QuadraticChargeF32(
            p.getTau(), p.getCurvature(), p.getRestPotential(), p.getCriticalPotential());
    this.rest = (float) p.getResetPotential();
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
  public void rest(float[][] s, int n) {
    Arrays.fill(s[0], 0, n, rest);
  }

  @Override
  void charge(float[] u, float[][] next, NeuronStepF32 step, float[][] p, int n) {
    charge.charge(u, step.s[0], step.x, n);
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
    charge.backward(dx, ds[0], du, step.s[0], n);
  }
}
