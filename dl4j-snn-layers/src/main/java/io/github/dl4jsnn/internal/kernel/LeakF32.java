package io.github.dl4jsnn.internal.kernel;

/**
 * The leaky charge that several neurons share: {@code u = k v + x}, or, with decayed input, {@code
 * u = k v + (1 - k) x}.
 */
final class LeakF32 {
  private LeakF32() {}

  /** Overwrites u. */
  static void charge(float[] u, float[] v, float[] x, float[] k, boolean decayInput, int n) {
    if (decayInput) {
      for (int i = 0; i < n; i++) {
        u[i] = k[i] * v[i] + (1 - k[i]) * x[i];
      }
    } else {
      for (int i = 0; i < n; i++) {
        u[i] = k[i] * v[i] + x[i];
      }
    }
  }

  /** Overwrites dx and dv; dv may be du. */
  static void chargeBackward(
      float[] dx, float[] dv, float[] du, float[] k, boolean decayInput, int n) {
    if (decayInput) {
      for (int i = 0; i < n; i++) {
        dx[i] = (1 - k[i]) * du[i];
      }
    } else {
      System.arraycopy(du, 0, dx, 0, n);
    }
    for (int i = 0; i < n; i++) {
      dv[i] = k[i] * du[i];
    }
  }

  /** Adds to dk. */
  static void decayBackward(
      float[] dk, float[] du, float[] v, float[] x, boolean decayInput, int n) {
    float input = decayInput ? 1 : 0;
    for (int i = 0; i < n; i++) {
      dk[i] += du[i] * (v[i] - input * x[i]);
    }
  }
}
