package io.github.dl4jsnn.internal.kernel;

import java.util.Arrays;

/**
 * One row made of the rows of a graph's nodes, at one step; the equations stand in {@link
 * io.github.dl4jsnn.conf.GraphReadoutVertex}.
 *
 * <p>Sizes: nodes {@code from .. to - 1}, at least one, of F features each. Nodes are read one by
 * one, so that a graph may be of any size. One instance belongs to one thread.
 */
public abstract class GraphPoolKernelF32 {
  final int F;
  final float[] row;

  GraphPoolKernelF32(int F) {
    this.F = F;
    this.row = new float[F];
  }

  /** {@code y = sum of x[i]}. */
  public static GraphPoolKernelF32 sum(int F) {
    return new Sum(F, false);
  }

  /** {@code y = sum of x[i] / number of nodes}. */
  public static GraphPoolKernelF32 mean(int F) {
    return new Sum(F, true);
  }

  /** {@code y[f] = largest x[i][f]}. */
  public static GraphPoolKernelF32 max(int F) {
    return new Max(F);
  }

  /**
   * {@code y = sum of alpha[i] x[i]}.
   *
   * @param w (in) the gate's weights
   */
  public static GraphPoolKernelF32 attention(int F, float[] w) {
    return new Attention(F, w);
  }

  /**
   * Pools.
   *
   * @param y (out) the pooled row, overwritten; not finite if an entry of x is not
   * @param x (in) rows of nodes
   * @param t step
   */
  public abstract void forward(float[] y, RowsF32 x, int from, int to, int t);

  /**
   * Backward of {@link #forward}, which is computed again where it is needed.
   *
   * @param dx (out) gradient of the rows, overwritten
   * @param dW (added to) gradient of the gate's weights
   * @param g (in) gradient of y
   */
  public abstract void backward(
      RowsF32 dx, float[] dW, float[] g, RowsF32 x, int from, int to, int t);

  private static final class Sum extends GraphPoolKernelF32 {
    private final boolean mean;

    private Sum(int F, boolean mean) {
      super(F);
      this.mean = mean;
    }

    @Override
    public void forward(float[] y, RowsF32 x, int from, int to, int t) {
      Arrays.fill(y, 0f);
      for (int n = from; n < to; n++) {
        x.get(row, n, t, 0, F);
        RowMathF32.add(y, row, F);
      }
      RowMathF32.scale(y, weight(from, to), F);
    }

    /** {@code dx[i] = g * weight}. */
    @Override
    public void backward(RowsF32 dx, float[] dW, float[] g, RowsF32 x, int from, int to, int t) {
      RowMathF32.scale(g, weight(from, to), F);
      for (int n = from; n < to; n++) {
        dx.put(g, n, t, 0, F);
      }
    }

    private float weight(int from, int to) {
      return mean ? 1f / (to - from) : 1f;
    }
  }

  private static final class Max extends GraphPoolKernelF32 {
    private final float[] zeros;
    private final int[] node;

    private Max(int F) {
      super(F);
      this.zeros = new float[F];
      this.node = new int[F];
    }

    @Override
    public void forward(float[] y, RowsF32 x, int from, int to, int t) {
      x.get(row, from, t, 0, F);
      System.arraycopy(row, 0, y, 0, F);
      Arrays.fill(node, from);
      // 0, but NaN where an entry is not finite, which a maximum alone would hide
      Arrays.fill(zeros, 0f);
      RowMathF32.addScaled(zeros, row, 0f, F);
      for (int n = from + 1; n < to; n++) {
        x.get(row, n, t, 0, F);
        for (int f = 0; f < F; f++) {
          // the first of equal nodes stays
          node[f] = row[f] > y[f] ? n : node[f];
        }
        for (int f = 0; f < F; f++) {
          y[f] = Math.max(y[f], row[f]);
        }
        RowMathF32.addScaled(zeros, row, 0f, F);
      }
      RowMathF32.add(y, zeros, F);
    }

    /** {@code dx[i][f] = g[f]} of the first of the largest nodes, else 0. */
    @Override
    public void backward(RowsF32 dx, float[] dW, float[] g, RowsF32 x, int from, int to, int t) {
      forward(new float[F], x, from, to, t);
      for (int n = from; n < to; n++) {
        for (int f = 0; f < F; f++) {
          row[f] = node[f] == n ? g[f] : 0f;
        }
        dx.put(row, n, t, 0, F);
      }
    }
  }

  private static final class Attention extends GraphPoolKernelF32 {
    private final float[] w;
    private float[] alpha = new float[0];

    private Attention(int F, float[] w) {
      super(F);
      this.w = w;
    }

    @Override
    public void forward(float[] y, RowsF32 x, int from, int to, int t) {
      softmax(x, from, to, t);
      Arrays.fill(y, 0f);
      for (int n = from; n < to; n++) {
        x.get(row, n, t, 0, F);
        RowMathF32.addScaled(y, row, alpha[n - from], F);
      }
    }

    /** {@code alpha[i] = exp(s[i] - m) / sum of the same, s[i] = w . x[i], m} the largest s. */
    private void softmax(RowsF32 x, int from, int to, int t) {
      int nodes = to - from;
      if (alpha.length < nodes) {
        alpha = new float[nodes];
      }
      float m = Float.NEGATIVE_INFINITY;
      for (int n = from; n < to; n++) {
        x.get(row, n, t, 0, F);
        alpha[n - from] = RowMathF32.dot(row, w, F);
        m = Math.max(m, alpha[n - from]);
      }
      float sum = 0;
      for (int i = 0; i < nodes; i++) {
        alpha[i] = (float) Math.exp(alpha[i] - m);
        sum += alpha[i];
      }
      RowMathF32.scale(alpha, 1 / sum, nodes);
    }

    /**
     * {@code ds[i] = alpha[i] (g . x[i] - g . y); dx[i] = alpha[i] g + ds[i] w; dW = sum of ds[i]
     * x[i]}.
     */
    @Override
    public void backward(RowsF32 dx, float[] dW, float[] g, RowsF32 x, int from, int to, int t) {
      float[] y = new float[F];
      forward(y, x, from, to, t);
      float gy = RowMathF32.dot(g, y, F);
      for (int n = from; n < to; n++) {
        x.get(row, n, t, 0, F);
        float a = alpha[n - from];
        float ds = a * (RowMathF32.dot(g, row, F) - gy);
        RowMathF32.addScaled(dW, row, ds, F);
        Arrays.fill(y, 0f);
        RowMathF32.addScaled(y, g, a, F);
        RowMathF32.addScaled(y, w, ds, F);
        dx.put(y, n, t, 0, F);
      }
    }
  }
}
