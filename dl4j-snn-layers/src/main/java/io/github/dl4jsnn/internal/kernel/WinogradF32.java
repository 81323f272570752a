package io.github.dl4jsnn.internal.kernel;

/**
 * Transforms of Winograd's minimal filtering F(2x2, 3x3): a tile of 4x4 pixels and a kernel of 3x3
 * give 2x2 outputs by 16 products in place of 36.
 *
 * <pre>
 *   out = A^T ((G g G^T) * (B^T d B)) A
 *
 *          1  0 -1  0          1    0    0          1  1  1  0
 *   B^T =  0  1  1  0    G =  1/2  1/2  1/2   A^T = 0  1 -1 -1
 *          0 -1  1  0         1/2 -1/2  1/2
 *          0  1  0 -1          0    0    1
 * </pre>
 *
 * <p>Each step below is one of the matrices applied to rows of {@code n} channels; transforms of
 * spikes are exact. The backward pass applies the transposed matrices.
 *
 * <p><b>Source.</b> A. Lavin, S. Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR
 * 2016, section 4.1.
 */
public final class WinogradF32 {
  private WinogradF32() {}

  /** {@code v = B^T d}, four rows in, four out. */
  public static void tile(
      float[] v0,
      float[] v1,
      float[] v2,
      float[] v3,
      float[] d0,
      float[] d1,
      float[] d2,
      float[] d3,
      int n) {
    for (int i = 0; i < n; i++) {
      v0[i] = d0[i] - d2[i];
      v1[i] = d1[i] + d2[i];
      v2[i] = d2[i] - d1[i];
      v3[i] = d1[i] - d3[i];
    }
  }

  /** {@code d += B v}, the backward pass of {@link #tile}. */
  public static void tileBackward(
      float[] d0,
      float[] d1,
      float[] d2,
      float[] d3,
      float[] v0,
      float[] v1,
      float[] v2,
      float[] v3,
      int n) {
    for (int i = 0; i < n; i++) {
      d0[i] += v0[i];
      d1[i] += v1[i] - v2[i] + v3[i];
      d2[i] += v1[i] + v2[i] - v0[i];
      d3[i] -= v3[i];
    }
  }

  /** {@code y = A^T m}, four rows in, two out. */
  public static void output(
      float[] y0, float[] y1, float[] m0, float[] m1, float[] m2, float[] m3, int n) {
    for (int i = 0; i < n; i++) {
      y0[i] = m0[i] + m1[i] + m2[i];
      y1[i] = m1[i] - m2[i] - m3[i];
    }
  }

  /** {@code m = A y}, the backward pass of {@link #output}. */
  public static void outputBackward(
      float[] m0, float[] m1, float[] m2, float[] m3, float[] y0, float[] y1, int n) {
    for (int i = 0; i < n; i++) {
      m0[i] = y0[i];
      m1[i] = y0[i] + y1[i];
      m2[i] = y0[i] - y1[i];
      m3[i] = -y1[i];
    }
  }

  /**
   * {@code u = G g G^T}, one kernel.
   *
   * @param u (out) 16 entries
   * @param g (in) 9 entries from {@code at}
   * @param t (scratch) 12 entries
   */
  public static void kernel(float[] u, float[] g, int at, float[] t) {
    for (int j = 0; j < 3; j++) {
      float even = (g[at + j] + g[at + 6 + j]) * 0.5f;
      float odd = g[at + 3 + j] * 0.5f;
      t[j] = g[at + j];
      t[3 + j] = even + odd;
      t[6 + j] = even - odd;
      t[9 + j] = g[at + 6 + j];
    }
    for (int i = 0; i < 4; i++) {
      float even = (t[3 * i] + t[3 * i + 2]) * 0.5f;
      float odd = t[3 * i + 1] * 0.5f;
      u[4 * i] = t[3 * i];
      u[4 * i + 1] = even + odd;
      u[4 * i + 2] = even - odd;
      u[4 * i + 3] = t[3 * i + 2];
    }
  }

  /**
   * {@code dg = G^T du G}, the backward pass of {@link #kernel}.
   *
   * @param g (out) 9 entries from {@code at}
   * @param u (in) 16 entries
   * @param t (scratch) 12 entries
   */
  public static void kernelBackward(float[] g, int at, float[] u, float[] t) {
    for (int j = 0; j < 4; j++) {
      t[j] = u[j] + (u[4 + j] + u[8 + j]) * 0.5f;
      t[4 + j] = (u[4 + j] - u[8 + j]) * 0.5f;
      t[8 + j] = (u[4 + j] + u[8 + j]) * 0.5f + u[12 + j];
    }
    for (int i = 0; i < 3; i++) {
      int r = 4 * i;
      g[at + 3 * i] = t[r] + (t[r + 1] + t[r + 2]) * 0.5f;
      g[at + 3 * i + 1] = (t[r + 1] - t[r + 2]) * 0.5f;
      g[at + 3 * i + 2] = (t[r + 1] + t[r + 2]) * 0.5f + t[r + 3];
    }
  }
}
