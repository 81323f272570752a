package io.github.dl4jsnn.internal.kernel;

/**
 * Loops of the surrogates in {@link io.github.dl4jsnn.neuron}, where their equations stand. Results
 * are overwritten.
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
      ds[i] = height * Math.min(1f, Math.max(0f, (half - Math.abs((u[i] - vTh))) * STEEP));
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
}
