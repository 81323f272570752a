package io.github.dl4jsnn.internal.kernel;

import io.github.dl4jsnn.neuron.Firing;
import io.github.dl4jsnn.neuron.Reset;
import io.github.dl4jsnn.neuron.ResetGradient;
import io.github.dl4jsnn.neuron.SpikingNeuron;
import io.github.dl4jsnn.neuron.Surrogate;
import java.util.Arrays;

/**
 * What neurons that fire have in common; the equations are those of {@link SpikingNeuron}. A model
 * adds how it charges, and, if it has such, a moving threshold and what a spike does to the rest of
 * its state.
 *
 * <p>Constant 0 is the threshold. Saved rows: the charged potential, then the model's own.
 */
abstract class FiringKernelF32 implements NeuronKernelF32 {
  /** Row of the charged potential among the saved ones. */
  static final int U = 0;

  /** Row of the threshold among the constants. */
  static final int THRESHOLD = 0;

  private static final int SLOPE = 0;
  private static final int Q = 1;
  private static final int D_U = 2;
  private static final int D_THETA = 3;
  private static final int FIRING_SCRATCH = 4;

  private final float vReset;
  private final Reset reset;
  private final boolean exact;

  /** {@code alpha} with BPTA, else 0. */
  private final float acrossSpikes;

  private final boolean smooth;
  private final Surrogate surrogate;

  /** Where it is one number for all, else 0. */
  private final float fixedThreshold;

  FiringKernelF32(SpikingNeuron p, boolean thresholdFixed) {
    this.vReset = (float) p.getResetPotential();
    this.reset = p.getReset();
    this.exact = p.getResetGradient() == ResetGradient.EXACT;
    this.acrossSpikes = p.getResetGradient() == ResetGradient.BPTA ? (float) p.getBptaAlpha() : 0;
    this.smooth = p.getFiring() == Firing.SMOOTH;
    this.surrogate = p.getSurrogate();
    this.fixedThreshold = thresholdFixed ? (float) p.getThreshold() : 0;
  }

  /**
   * Charges the membrane and moves the rest of the state on.
   *
   * @param u (out) charged potential
   * @param next (out) state but for the potential; may be that before
   * @param step (in/out) state and currents in, saved rows from 1 out
   * @param p (in) constants
   * @param n neurons
   */
  abstract void charge(float[] u, float[][] next, NeuronStepF32 step, float[][] p, int n);

  /**
   * The way back through {@link #charge}.
   *
   * @param dx (out) gradient of the currents
   * @param ds (in/out) row 0 is overwritten by the gradient of the potential before the step; the
   *     others come in as gradients of {@code next}, go out as those before
   * @param dp (in/out) gradients of the constants but the threshold, added to, or null
   * @param du (in) gradient of the charged potential
   * @param dTheta (in) gradient of the threshold
   * @param step (in) state, currents and saved rows
   * @param p (in) constants
   * @param n neurons
   */
  abstract void chargeBackward(
      float[] dx,
      float[][] ds,
      float[][] dp,
      float[] du,
      float[] dTheta,
      NeuronStepF32 step,
      float[][] p,
      int n);

  /** The threshold of this step; a model whose threshold moves saves it in a row of its own. */
  float[] threshold(NeuronStepF32 step, float[][] p) {
    return p[THRESHOLD];
  }

  /** What a spike does to the state besides the reset, which is done. */
  void afterSpike(float[][] next, float[] o, float[][] p, int n) {}

  /** Adds to the gradient of the spike what comes through {@link #afterSpike}. */
  void afterSpikeBackward(float[] g, float[][] ds, float[][] dp, float[] o, float[][] p, int n) {}

  /** Whether the gradient of the reset counts the spike. */
  final boolean exact() {
    return exact;
  }

  @Override
  public int scratch() {
    return FIRING_SCRATCH;
  }

  @Override
  public void rest(float[][] s, int n) {
    for (float[] row : s) {
      Arrays.fill(row, 0, n, 0f);
    }
  }

  @Override
  public final void forward(NeuronStepF32 step, float[][] next, float[][] p, int n) {
    float[] u = step.saved[U];
    charge(u, next, step, p, n);
    float[] theta = threshold(step, p);
    fire(step.o, u, theta, n);
    reset(next[0], u, step.o, theta, n);
    afterSpike(next, step.o, p, n);
  }

  private void fire(float[] o, float[] u, float[] theta, int n) {
    if (smooth) {
      fireSmoothly(o, u, theta, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      o[i] = Math.min(1f, Math.max(0f, (u[i] - theta[i]) * LifKernelF32.STEEP + 1));
    }
  }

  private void fireSmoothly(float[] o, float[] u, float[] theta, int n) {
    if (fixedThreshold != 0) {
      surrogate.primitive(u, fixedThreshold, o, n);
    } else {
      difference(o, u, theta, n);
      surrogate.primitive(o, 0, o, n);
    }
  }

  private void derivative(float[] ds, float[] u, float[] theta, int n) {
    if (fixedThreshold != 0) {
      surrogate.derivative(u, fixedThreshold, ds, n);
    } else {
      difference(ds, u, theta, n);
      surrogate.derivative(ds, 0, ds, n);
    }
  }

  private static void difference(float[] x, float[] u, float[] theta, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = u[i] - theta[i];
    }
  }

  private void reset(float[] v, float[] u, float[] o, float[] theta, int n) {
    switch (reset) {
      case HARD:
        for (int i = 0; i < n; i++) {
          v[i] = u[i] * (1 - o[i]) + vReset * o[i];
        }
        break;
      case SOFT:
        for (int i = 0; i < n; i++) {
          v[i] = u[i] - theta[i] * o[i];
        }
        break;
      default:
        System.arraycopy(u, 0, v, 0, n);
    }
  }

  @Override
  public final void backward(
      float[] dx,
      float[][] ds,
      float[][] dp,
      float[] g,
      NeuronStepF32 step,
      float[][] p,
      float[][] tmp,
      int n) {
    float[] u = step.saved[U];
    float[] theta = threshold(step, p);
    float[] q = tmp[Q];
    System.arraycopy(g, 0, q, 0, n);
    afterSpikeBackward(q, ds, dp, step.o, p, n);
    derivative(tmp[SLOPE], u, theta, n);
    throughSpike(q, tmp[SLOPE], ds[0], u, theta, n);
    resetBackward(tmp[D_U], tmp[D_THETA], q, ds[0], step.o, n);
    if (dp != null) {
      RowMathF32.add(dp[THRESHOLD], tmp[D_THETA], n);
    }
    chargeBackward(dx, ds, dp, tmp[D_U], tmp[D_THETA], step, p, n);
  }

  /** {@code q = s' * (g + c)}, in place of g. */
  private void throughSpike(float[] g, float[] slope, float[] dv, float[] u, float[] theta, int n) {
    if (reset == Reset.HARD && exact) {
      for (int i = 0; i < n; i++) {
        g[i] = slope[i] * (g[i] + (vReset - u[i]) * dv[i]);
      }
    } else if (acrossSpikes != 0) {
      for (int i = 0; i < n; i++) {
        g[i] = slope[i] * (g[i] + acrossSpikes * dv[i]);
      }
    } else if (reset == Reset.SOFT && exact) {
      for (int i = 0; i < n; i++) {
        g[i] = slope[i] * (g[i] - theta[i] * dv[i]);
      }
    } else {
      for (int i = 0; i < n; i++) {
        g[i] = slope[i] * g[i];
      }
    }
  }

  /** {@code du = q + l dv} and {@code dTheta = -q}, with soft reset {@code -q - o dv}. */
  private void resetBackward(float[] du, float[] dTheta, float[] q, float[] dv, float[] o, int n) {
    if (reset == Reset.HARD) {
      for (int i = 0; i < n; i++) {
        du[i] = q[i] + (1 - o[i]) * dv[i];
        dTheta[i] = -q[i];
      }
      return;
    }
    float through = reset == Reset.SOFT ? 1 : 0;
    for (int i = 0; i < n; i++) {
      du[i] = q[i] + dv[i];
      dTheta[i] = -q[i] - through * o[i] * dv[i];
    }
  }
}
