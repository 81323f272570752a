package io.github.dl4jsnn.internal.kernel;

import org.apache.commons.math3.special.Erf;

/**
 * Loops of the surrogates in {@link io.github.dl4jsnn.neuron} that need an exponential, a logarithm
 * or a sine, and of primitives that do. Exponents are never positive, so nothing overflows. Results
 * are overwritten and may be {@code u}.
 */
public final class SurrogateExpKernelF32 {
  private SurrogateExpKernelF32() {}

  /** A row of each thread, for loops whose result may be {@code u} and which read it twice. */
  private static final ThreadLocal<float[]> ROW = ThreadLocal.withInitial(() -> new float[0]);

  /** {@code ds = alpha s(1 - s)}, s = 1 / (1 + exp(-alpha x)), the same for x and -x. */
  public static void sigmoid(float[] ds, float[] u, float vTh, float alpha, int n) {
    decay(ds, u, vTh, alpha, n);
    for (int i = 0; i < n; i++) {
      ds[i] = alpha * sigmoidSlope(ds[i]);
    }
  }

  /** {@code s = 1 / (1 + exp(-alpha x))}. */
  public static void sigmoidPrimitive(float[] s, float[] u, float vTh, float alpha, int n) {
    for (int i = 0; i < n; i++) {
      float x = u[i] - vTh;
      float e = decay(alpha, x);
      s[i] = (x < 0 ? e : 1) / (1 + e);
    }
  }

  /** {@code ds = alpha/2 exp(-alpha|x|)}. */
  public static void piecewiseExp(float[] ds, float[] u, float vTh, float alpha, int n) {
    float height = alpha / 2;
    decay(ds, u, vTh, alpha, n);
    RowMathF32.scale(ds, height, n);
  }

  /** {@code s = exp(alpha x)/2 where x < 0, else 1 - exp(-alpha x)/2}. */
  public static void piecewiseExpPrimitive(float[] s, float[] u, float vTh, float alpha, int n) {
    for (int i = 0; i < n; i++) {
      float x = u[i] - vTh;
      float e = 0.5f * decay(alpha, x);
      s[i] = x < 0 ? e : 1 - e;
    }
  }

  /** {@code ds = alpha/sqrt(pi) exp(-(alpha x)^2)}. */
  public static void erf(float[] ds, float[] u, float vTh, float alpha, int n) {
    float height = (float) (alpha / Math.sqrt(Math.PI));
    for (int i = 0; i < n; i++) {
      float z = alpha * (u[i] - vTh);
      ds[i] = -z * z;
    }
    RowLoops.exp(ds, n);
    RowMathF32.scale(ds, height, n);
  }

  /** {@code s = erfc(-alpha x) / 2}. */
  public static void erfPrimitive(float[] s, float[] u, float vTh, float alpha, int n) {
    for (int i = 0; i < n; i++) {
      s[i] = (float) (0.5 * Erf.erfc(-alpha * (u[i] - vTh)));
    }
  }

  /** {@code ds = alpha s(1 - s) where x < 0, else beta / (1 + x)}, s the sigmoid of alpha x. */
  public static void s2nn(float[] ds, float[] u, float vTh, float alpha, float beta, int n) {
    float[] e = ROW.get();
    if (e.length < n) {
      e = new float[n];
      ROW.set(e);
    }
    decay(e, u, vTh, alpha, n);
    for (int i = 0; i < n; i++) {
      float x = u[i] - vTh;
      float fired = SurrogateKernelF32.step(x);
      ds[i] = fired * beta / (1 + Math.max(0f, x)) + (1 - fired) * alpha * sigmoidSlope(e[i]);
    }
  }

  /** {@code s = s(alpha x) where x < 0, else 1/2 + beta ln(1 + x)}. */
  public static void s2nnPrimitive(
      float[] s, float[] u, float vTh, float alpha, float beta, int n) {
    for (int i = 0; i < n; i++) {
      float x = u[i] - vTh;
      float e = decay(alpha, x);
      s[i] = x < 0 ? e / (1 + e) : 0.5f + beta * (float) Math.log1p(x);
    }
  }

  /** {@code ds = (1 + 2|x|/q)^(-1 - q)}, {@code q = alpha - 1}. */
  public static void qPseudoSpike(float[] ds, float[] u, float vTh, float q, int n) {
    float slope = 2 / q;
    if (q == 1) {
      // the default: a square
      SurrogateKernelF32.fastSigmoid(ds, u, vTh, slope, 1, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      // as an exponential, which stays exact for large q
      double log = Math.log1p(slope * Math.abs(u[i] - vTh));
      ds[i] = (float) Math.exp(-(1.0 + q) * log);
    }
  }

  /** {@code s = z where x < 0, else 1 - z}, {@code z = (1 + 2|x|/q)^(-q) / 2}. */
  public static void qPseudoSpikePrimitive(float[] s, float[] u, float vTh, float q, int n) {
    float slope = 2 / q;
    for (int i = 0; i < n; i++) {
      float x = u[i] - vTh;
      float z = 0.5f * (float) Math.exp(-q * Math.log1p(slope * Math.abs(x)));
      s[i] = x < 0 ? z : 1 - z;
    }
  }

  /** {@code ds = 4/period sum over j of cos((2j - 1) w x)}, {@code w = 2 pi / period}. */
  public static void squarewave(float[] ds, float[] u, float vTh, int terms, double period, int n) {
    double w = 2 * Math.PI / period;
    for (int i = 0; i < n; i++) {
      double cos = Math.cos(w * (u[i] - vTh));
      // cos(a + 2b) = 2 cos(2b) cos(a) - cos(a - 2b)
      double twice = 4 * cos * cos - 2;
      double before = cos;
      double sum = 0;
      for (int j = 0; j < terms; j++) {
        sum += cos;
        double next = twice * cos - before;
        before = cos;
        cos = next;
      }
      ds[i] = (float) (4 / period * sum);
    }
  }

  /** {@code s = 1/2 + 2/pi sum over j of sin((2j - 1) w x) / (2j - 1)}. */
  public static void squarewavePrimitive(
      float[] s, float[] u, float vTh, int terms, double period, int n) {
    double w = 2 * Math.PI / period;
    for (int i = 0; i < n; i++) {
      float x = u[i] - vTh;
      double sum = 0;
      for (int odd = 1; odd < 2 * terms; odd += 2) {
        sum += Math.sin(odd * w * x) / odd;
      }
      s[i] = (float) (0.5 + 2 / Math.PI * sum);
    }
  }

  /** {@code s = sign(x) ln(1 + alpha|x|)}. */
  public static void nonzeroSignLogAbsPrimitive(
      float[] s, float[] u, float vTh, float alpha, int n) {
    for (int i = 0; i < n; i++) {
      float x = u[i] - vTh;
      s[i] = Math.copySign((float) Math.log1p(alpha * Math.abs(x)), x);
    }
  }

  /** {@code s = sign(x) (min(z, 1) + ln(max(z, 1)))}, {@code z = alpha|x|}. */
  public static void fakeNumericalGradientPrimitive(
      float[] s, float[] u, float vTh, float alpha, int n) {
    for (int i = 0; i < n; i++) {
      float x = u[i] - vTh;
      float z = alpha * Math.abs(x);
      s[i] = Math.copySign(Math.min(1f, z) + (float) Math.log(Math.max(1f, z)), x);
    }
  }

  /** {@code s = alpha x where x <= 0, x up to 1, then 1 + ln(x)}. */
  public static void logTailedReluPrimitive(float[] s, float[] u, float vTh, float alpha, int n) {
    for (int i = 0; i < n; i++) {
      float x = u[i] - vTh;
      float linear = alpha * Math.min(0f, x) + Math.min(1f, Math.max(0f, x));
      s[i] = linear + (float) Math.log(Math.max(1f, x));
    }
  }

  /** {@code s = ln(u/vTh) where u >= vTh, else 0}. */
  public static void bpsaPrimitive(float[] s, float[] u, float vTh, int n) {
    for (int i = 0; i < n; i++) {
      s[i] = (float) Math.log(Math.max(u[i], vTh) / (double) vTh);
    }
  }

  /** {@code ds = exp(-alpha|x|)}, between 0 and 1. */
  private static void decay(float[] ds, float[] u, float vTh, float alpha, int n) {
    for (int i = 0; i < n; i++) {
      ds[i] = -alpha * Math.abs(u[i] - vTh);
    }
    RowLoops.exp(ds, n);
  }

  /** {@code exp(-alpha|x|)}, between 0 and 1. */
  private static float decay(float alpha, float x) {
    return (float) Math.exp(-alpha * Math.abs(x));
  }

  /** {@code s(1 - s)} of a sigmoid at the point where {@code e = exp(-|x|)}. */
  private static float sigmoidSlope(float e) {
    return e / ((1 + e) * (1 + e));
  }
}
