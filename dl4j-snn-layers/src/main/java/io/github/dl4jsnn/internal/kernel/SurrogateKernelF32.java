package io.github.dl4jsnn.internal.kernel;

import java.util.Arrays;

/**
 * Loops of the surrogates in {@link io.github.dl4jsnn.neuron}, where their equations stand: those
 * made of pieces and fractions, here without a branch so that C2 vectorises them. The others are in
 * {@link SurrogateExpKernelF32}. Results are overwritten and may be {@code u}.
 */
public final class SurrogateKernelF32 {
  private SurrogateKernelF32() {}

  /**
   * Steepness that turns a difference of neighbouring floats into a full step, see {@link
   * LifKernelF32#STEEP}.
   */
  private static final float STEEP = LifKernelF32.STEEP;

  /** {@code ds = [|x| < a/2] / a}. */
  public static void rectangular(float[] ds, float[] u, float vTh, float a, int n) {
    float half = a / 2;
    float height = 1 / a;
    for (int i = 0; i < n; i++) {
      // 1 strictly inside the window, 0 on its edge and outside, without a branch
      ds[i] = height * positive(half - Math.abs(u[i] - vTh));
    }
  }

  /** {@code s = min(1, max(0, x/a + 1/2))}. */
  public static void rectangularPrimitive(float[] s, float[] u, float vTh, float a, int n) {
    float height = 1 / a;
    for (int i = 0; i < n; i++) {
      s[i] = Math.min(1f, Math.max(0f, (u[i] - vTh) * height + 0.5f));
    }
  }

  /** {@code ds = (alpha/2) / (1 + (pi/2 alpha x)^2)}. */
  public static void arctan(float[] ds, float[] u, float vTh, float alpha, int n) {
    float half = alpha / 2;
    float slope = (float) (Math.PI / 2) * alpha;
    for (int i = 0; i < n; i++) {
      float z = slope * (u[i] - vTh);
      ds[i] = half / (1 + z * z);
    }
  }

  /** {@code s = atan(pi/2 alpha x) / pi + 1/2}. */
  public static void arctanPrimitive(float[] s, float[] u, float vTh, float alpha, int n) {
    float slope = (float) (Math.PI / 2) * alpha;
    for (int i = 0; i < n; i++) {
      s[i] = (float) (Math.atan(slope * (u[i] - vTh)) / Math.PI + 0.5);
    }
  }

  /** {@code ds = max(0, 1 - |x|/a) / a}. */
  public static void triangular(float[] ds, float[] u, float vTh, float a, int n) {
    float height = 1 / a;
    for (int i = 0; i < n; i++) {
      ds[i] = height * Math.max(0f, 1 - Math.abs(u[i] - vTh) * height);
    }
  }

  /** {@code s = 1/2 + z - z|z|/2}, z = x/a cut off at -1 and 1. */
  public static void triangularPrimitive(float[] s, float[] u, float vTh, float a, int n) {
    float height = 1 / a;
    for (int i = 0; i < n; i++) {
      float z = Math.min(1f, Math.max(-1f, (u[i] - vTh) * height));
      s[i] = 0.5f + z - 0.5f * z * Math.abs(z);
    }
  }

  /** {@code ds = height / (1 + slope|x|)^2}. */
  public static void fastSigmoid(
      float[] ds, float[] u, float vTh, float slope, float height, int n) {
    for (int i = 0; i < n; i++) {
      float z = 1 + slope * Math.abs(u[i] - vTh);
      ds[i] = height / (z * z);
    }
  }

  /** {@code s = middle + height x / (1 + slope|x|)}. */
  public static void fastSigmoidPrimitive(
      float[] s, float[] u, float vTh, float slope, float height, float middle, int n) {
    for (int i = 0; i < n; i++) {
      float x = u[i] - vTh;
      s[i] = middle + height * x / (1 + slope * Math.abs(x));
    }
  }

  /** {@code ds = min(alpha, 1/|x|)}. */
  public static void fakeNumericalGradient(float[] ds, float[] u, float vTh, float alpha, int n) {
    for (int i = 0; i < n; i++) {
      ds[i] = alpha / Math.max(1f, alpha * Math.abs(u[i] - vTh));
    }
  }

  /** {@code ds = alpha / (1 + alpha|x|)}. */
  public static void nonzeroSignLogAbs(float[] ds, float[] u, float vTh, float alpha, int n) {
    for (int i = 0; i < n; i++) {
      ds[i] = alpha / (1 + alpha * Math.abs(u[i] - vTh));
    }
  }

  /** {@code ds = 1/u where u >= vTh, else 0}. */
  public static void bpsa(float[] ds, float[] u, float vTh, int n) {
    for (int i = 0; i < n; i++) {
      ds[i] = step(u[i] - vTh) / Math.max(u[i], vTh);
    }
  }

  /** {@code ds = k where x >= 0, else leak}. */
  public static void leakyKRelu(float[] ds, float[] u, float vTh, float leak, float k, int n) {
    for (int i = 0; i < n; i++) {
      float fired = step(u[i] - vTh);
      ds[i] = fired * k + (1 - fired) * leak;
    }
  }

  /** {@code s = k x where x >= 0, else leak x}. */
  public static void leakyKReluPrimitive(
      float[] s, float[] u, float vTh, float leak, float k, int n) {
    for (int i = 0; i < n; i++) {
      float x = u[i] - vTh;
      s[i] = k * Math.max(0f, x) + leak * Math.min(0f, x);
    }
  }

  /** {@code ds = 1/(2w) where |x| < w, else c}. */
  public static void piecewiseLeakyRelu(float[] ds, float[] u, float vTh, float w, float c, int n) {
    float height = 1 / (2 * w);
    for (int i = 0; i < n; i++) {
      float inside = positive(w - Math.abs(u[i] - vTh));
      ds[i] = inside * height + (1 - inside) * c;
    }
  }

  /** {@code s = min(1, max(0, x/(2w) + 1/2)) + c (x - min(w, max(-w, x)))}. */
  public static void piecewiseLeakyReluPrimitive(
      float[] s, float[] u, float vTh, float w, float c, int n) {
    float height = 1 / (2 * w);
    for (int i = 0; i < n; i++) {
      float x = u[i] - vTh;
      float inside = Math.min(w, Math.max(-w, x));
      s[i] = inside * height + 0.5f + c * (x - inside);
    }
  }

  /** {@code ds = alpha where x <= 0, 1 up to x = 1, then 1/x}. */
  public static void logTailedRelu(float[] ds, float[] u, float vTh, float alpha, int n) {
    for (int i = 0; i < n; i++) {
      float x = u[i] - vTh;
      float above = positive(x);
      ds[i] = above / Math.max(1f, x) + (1 - above) * alpha;
    }
  }

  /** {@code ds = 1}. */
  public static void straightThrough(float[] ds, int n) {
    Arrays.fill(ds, 0, n, 1f);
  }

  /** {@code s = x}. */
  public static void straightThroughPrimitive(float[] s, float[] u, float vTh, int n) {
    for (int i = 0; i < n; i++) {
      s[i] = u[i] - vTh;
    }
  }

  /** 1 where {@code x >= 0}, else 0; exact for differences from a threshold. */
  static float step(float x) {
    return Math.min(1f, Math.max(0f, x * STEEP + 1));
  }

  /** 1 where {@code x > 0}, else 0; exact for differences from a threshold. */
  static float positive(float x) {
    return Math.min(1f, Math.max(0f, x * STEEP));
  }
}
