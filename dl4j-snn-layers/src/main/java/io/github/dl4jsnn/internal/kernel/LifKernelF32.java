package io.github.dl4jsnn.internal.kernel;

import io.github.dl4jsnn.neuron.Firing;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Reset;
import io.github.dl4jsnn.neuron.ResetGradient;
import io.github.dl4jsnn.neuron.Surrogate;

/**
 * Leaky integrate-and-fire neurons over time; the equations are those of {@link LifParameters}.
 *
 * <p>Sizes: {@code T} time steps, {@code n} neurons of one row. Every array is one row of at least
 * {@code n} entries, one row a time step, so that all rows share the loop index (C2 vectorises that
 * and not the loop over a flat array with two offsets).
 *
 * <p>Immutable; one instance serves all threads.
 */
public final class LifKernelF32 {

  /**
   * {@code max(0, (d - |d|) * STEEP + 1)} is exactly 1 for {@code d >= 0} and exactly 0 for {@code
   * d <= -1/STEEP}. With a threshold of at least {@link LifParameters#MIN_THRESHOLD} no difference
   * {@code u - vTh} of two numbers of this type lies between, so this is the step function, without
   * a branch. (A minimum or maximum costs six vector instructions, since Java's minds NaN and -0;
   * the absolute value saves one of them.)
   */
  static final float STEEP = 1e30f; // F64: static final double STEEP = 1e300;

  private final float k;
  private final float vTh;
  private final float vReset;
  private final Reset reset;
  private final boolean exact;

  /** {@code k * alpha} with BPTA, else 0. */
  private final float acrossSpikes;

  private final boolean smooth;
  private final Surrogate surrogate;

  /** Takes over the constants. */
  public LifKernelF32(LifParameters p) {
    this.k = (float) p.getDecay();
    this.vTh = (float) p.getThreshold();
    this.vReset = (float) p.getResetPotential();
    this.reset = p.getReset();
    this.exact = p.getResetGradient() == ResetGradient.EXACT;
    this.acrossSpikes =
        p.getResetGradient() == ResetGradient.BPTA ? (float) (p.getDecay() * p.getBptaAlpha()) : 0;
    this.smooth = p.getFiring() == Firing.SMOOTH;
    this.surrogate = p.getSurrogate();
  }

  /**
   * First time step, from rest: {@code u = x}, then fire.
   *
   * @param u (out) membrane potentials
   * @param o (out) spikes
   * @param x (in) input currents
   * @param n neurons
   */
  public void first(float[] u, float[] o, float[] x, int n) {
    System.arraycopy(x, 0, u, 0, n);
    fire(o, u, n);
  }

  /**
   * One further time step: charge, then fire.
   *
   * @param u (out) membrane potentials, may be {@code uPrev}
   * @param o (out) spikes, may be {@code oPrev}
   * @param uPrev (in) potentials of the step before
   * @param oPrev (in) spikes of the step before
   * @param x (in) input currents
   * @param n neurons
   */
  public void next(float[] u, float[] o, float[] uPrev, float[] oPrev, float[] x, int n) {
    switch (reset) {
      case HARD:
        if (vReset == 0) {
          chargeHardToRest(u, uPrev, oPrev, x, n);
        } else {
          chargeHard(u, uPrev, oPrev, x, n);
        }
        break;
      case SOFT:
        chargeSoft(u, uPrev, oPrev, x, n);
        break;
      default:
        chargeWithoutReset(u, uPrev, x, n);
    }
    fire(o, u, n);
  }

  private void chargeHardToRest(float[] u, float[] uPrev, float[] oPrev, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      u[i] = k * uPrev[i] * (1 - oPrev[i]) + x[i];
    }
  }

  private void chargeHard(float[] u, float[] uPrev, float[] oPrev, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      u[i] = k * uPrev[i] * (1 - oPrev[i]) + vReset * oPrev[i] + x[i];
    }
  }

  private void chargeSoft(float[] u, float[] uPrev, float[] oPrev, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      u[i] = k * (uPrev[i] - vTh * oPrev[i]) + x[i];
    }
  }

  private void chargeWithoutReset(float[] u, float[] uPrev, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      u[i] = k * uPrev[i] + x[i];
    }
  }

  private void fire(float[] o, float[] u, int n) {
    if (smooth) {
      surrogate.primitive(u, vTh, o, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      float d = u[i] - vTh;
      o[i] = Math.max(0f, (d - Math.abs(d)) * STEEP + 1);
    }
  }

  /**
   * One step of the backward pass.
   *
   * @param d (in/out) comes in as {@code d[t+1]}, all 0 after the last step, goes out as {@code
   *     d[t] = dL/dx[t]}
   * @param g (in) {@code dL/do[t]}
   * @param u (in) membrane potentials of this step
   * @param o (in) spikes of this step
   * @param ds (scratch) may arrive dirty
   * @param n neurons
   */
  public void backward(float[] d, float[] g, float[] u, float[] o, float[] ds, int n) {
    surrogate.derivative(u, vTh, ds, n);
    if (reset == Reset.HARD) {
      if (exact) {
        backwardHardExact(d, g, u, o, ds, n);
      } else if (acrossSpikes != 0) {
        backwardHardBpta(d, g, o, ds, n);
      } else {
        backwardHardDetached(d, g, o, ds, n);
      }
    } else {
      float c = reset == Reset.SOFT && exact ? -k * vTh : 0;
      backwardLeak(d, g, ds, c, n);
    }
  }

  private void backwardHardExact(float[] d, float[] g, float[] u, float[] o, float[] ds, int n) {
    for (int i = 0; i < n; i++) {
      d[i] = ds[i] * (g[i] + (vReset - k * u[i]) * d[i]) + k * (1 - o[i]) * d[i];
    }
  }

  private void backwardHardBpta(float[] d, float[] g, float[] o, float[] ds, int n) {
    for (int i = 0; i < n; i++) {
      d[i] = ds[i] * (g[i] + acrossSpikes * d[i]) + k * (1 - o[i]) * d[i];
    }
  }

  private void backwardHardDetached(float[] d, float[] g, float[] o, float[] ds, int n) {
    for (int i = 0; i < n; i++) {
      d[i] = ds[i] * g[i] + k * (1 - o[i]) * d[i];
    }
  }

  private void backwardLeak(float[] d, float[] g, float[] ds, float c, int n) {
    for (int i = 0; i < n; i++) {
      d[i] = ds[i] * (g[i] + c * d[i]) + k * d[i];
    }
  }
}
