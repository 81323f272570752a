package io.github.dl4jsnn.internal.kernel;

import io.github.dl4jsnn.neuron.LeakyIntegrator;
import java.util.Arrays;

/** {@link LeakyIntegrator}: equations there. Constants: decay. */
final class LeakyIntegratorKernelF32 implements NeuronKernelF32 {
  private static final int DECAY = 0;

  private final boolean decayInput;

  LeakyIntegratorKernelF32(LeakyIntegrator p) {
    this.decayInput = p.isDecayInput();
  }

  @Override
  public int states() {
    return 1;
  }

  @Override
  public int saved() {
    return 0;
  }

  @Override
  public int scratch() {
    return 0;
  }

  @Override
  public void rest(float[][] s, int n) {
    Arrays.fill(s[0], 0, n, 0f);
  }

  @Override
  public void forward(NeuronStepF32 step, float[][] next, float[][] p, int n) {
    LeakF32.charge(step.o, step.s[0], step.x, p[DECAY], decayInput, n);
    System.arraycopy(step.o, 0, next[0], 0, n);
  }

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
    float[] du = ds[0];
    RowMathF32.add(du, g, n);
    if (dp != null) {
      LeakF32.decayBackward(dp[DECAY], du, step.s[0], step.x, decayInput, n);
    }
    LeakF32.chargeBackward(dx, ds[0], du, p[DECAY], decayInput, n);
  }
}
