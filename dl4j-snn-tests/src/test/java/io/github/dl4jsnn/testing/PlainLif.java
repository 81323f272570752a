package io.github.dl4jsnn.testing;

import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Reset;
import io.github.dl4jsnn.neuron.ResetGradient;

/**
 * One LIF neuron over all steps, in double: the shortest loops that follow from the definition,
 * with the chain rule written out. Shares no code with the kernels.
 */
public final class PlainLif {
  private final LifParameters p;
  private final int steps;
  private final boolean[] present;

  /** Potentials. */
  public final double[] u;

  /** Spikes. */
  public final double[] o;

  /**
   * Runs a neuron.
   *
   * @param p constants, firing SPIKE
   * @param x currents
   * @param present steps that are not masked, or null for all
   */
  public PlainLif(LifParameters p, double[] x, boolean[] present) {
    this.p = p;
    this.steps = x.length;
    this.present = present;
    this.u = new double[steps];
    this.o = new double[steps];
    for (int t = 0; t < steps; t++) {
      if (isPresent(t)) {
        u[t] = (t == 0 ? 0 : carriedOver(u[t - 1], o[t - 1])) + x[t];
        o[t] = u[t] >= p.getThreshold() ? 1 : 0;
      }
    }
  }

  private boolean isPresent(int t) {
    return present == null || present[t];
  }

  /** What potential and spike of one step leave for the next. */
  private double carriedOver(double u, double o) {
    double k = p.getDecay();
    if (p.getReset() == Reset.HARD) {
      return o == 1 ? p.getResetPotential() : k * u;
    }
    return p.getReset() == Reset.SOFT ? k * (u - p.getThreshold() * o) : k * u;
  }

  /**
   * Gradient of the currents.
   *
   * @param g gradient of the spikes
   * @return gradient of x
   */
  public double[] backward(double[] g) {
    double[] dx = new double[steps];
    double k = p.getDecay();
    double dCarried = 0;
    for (int t = steps - 1; t >= 0; t--) {
      if (!isPresent(t)) {
        dCarried = 0;
        continue;
      }
      double carriedByU = p.getReset() == Reset.HARD ? k * (1 - o[t]) : k;
      double carriedByO = 0;
      if (p.getResetGradient() == ResetGradient.EXACT && p.getReset() != Reset.NONE) {
        carriedByO =
            p.getReset() == Reset.HARD ? p.getResetPotential() - k * u[t] : -k * p.getThreshold();
      }
      if (p.getResetGradient() == ResetGradient.BPTA) {
        carriedByO = p.getBptaAlpha() * k;
      }
      double dO = g[t] + dCarried * carriedByO;
      double dU =
          dO * PlainSurrogate.slope(p.getSurrogate(), u[t], p.getThreshold())
              + dCarried * carriedByU;
      dx[t] = dU;
      dCarried = dU;
    }
    return dx;
  }

  /**
   * Whether a potential lies so near the threshold, or a jump of the surrogate, that rounding
   * decides.
   *
   * @param distance what is near
   * @return true if so at any step
   */
  public boolean nearAJump(double distance) {
    for (int t = 0; t < steps; t++) {
      double x = Math.abs(u[t] - p.getThreshold());
      boolean edge = Math.abs(x - PlainSurrogate.edge(p.getSurrogate())) < distance;
      if (isPresent(t) && (x < distance || edge)) {
        return true;
      }
    }
    return false;
  }
}
