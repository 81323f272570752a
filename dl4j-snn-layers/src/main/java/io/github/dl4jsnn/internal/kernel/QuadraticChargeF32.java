package io.github.dl4jsnn.internal.kernel;

/** The quadratic charge {@code u = v + (x + a0 (v - vRest)(v - vCritical)) / tau}. */
final class QuadraticChargeF32 {
  private final float rate;
  private final float a0;
  private final float vRest;
  private final float vCritical;

  QuadraticChargeF32(double tau, double a0, double vRest, double vCritical) {
    this.rate = (float) (1 / tau);
    this.a0 = (float) a0;
    this.vRest = (float) vRest;
    this.vCritical = (float) vCritical;
  }

  /** {@code 1 / tau}. */
  float rate() {
    return rate;
  }

  /** Overwrites u. */
  void charge(float[] u, float[] v, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      u[i] = v[i] + rate * (x[i] + a0 * (v[i] - vRest) * (v[i] - vCritical));
    }
  }

  /** Overwrites dx and dv. */
  void backward(float[] dx, float[] dv, float[] du, float[] v, int n) {
    for (int i = 0; i < n; i++) {
      dv[i] = du[i] * (1 + rate * a0 * (2 * v[i] - vRest - vCritical));
    }
    for (int i = 0; i < n; i++) {
      dx[i] = rate * du[i];
    }
  }
}
