package io.github.dl4jsnn.internal.kernel;

import java.util.Arrays;

/**
 * Attention of one node to its neighbours, in all heads and steps.
 *
 * <pre>
 *   d[i][c] = aDst[k] . z[i][c],   s[j][c] = aSrc[k] . z[j][c]       c = (t, k), t in steps, k in K heads
 *   l       = d[i][c] + s[j][c],   e = max(l, 0) + slope * min(l, 0)
 *   alpha   = exp(e + log w - m) / sum over the entries of i of the same,   m = their largest e + log w
 *   x[i][t] = sum over entries and heads of a z[j][c],   a = alpha * (factor of merging and dropout)
 * </pre>
 *
 * <p>Sizes: {@code C = steps * K}; a row of scores has C entries; a row z has {@code C * P}, P
 * features for each c; a row x has as many if the heads are concatenated, {@code steps * P} if they
 * are averaged: then the heads of a step share one place. Rows of coefficients hold C entries for
 * each edge, one edge after the other; {@code at} is where that of one edge begins.
 *
 * <p>Source: P. Veličković et al., "Graph Attention Networks", 2018, Eq. 3-6.
 */
public final class AttentionKernelF32 {
  /** Sums that the registers hold. */
  private static final int EIGHT = 8;

  private final int C;
  private final int K;
  private final int P;
  private final int current;
  private final float slope;
  private final int[] place;

  /**
   * Sizes of one pass.
   *
   * @param mean whether heads are averaged, not concatenated
   */
  public AttentionKernelF32(int steps, int K, int P, boolean mean, double slope) {
    this.C = steps * K;
    this.K = K;
    this.P = P;
    this.current = (mean ? steps : C) * P;
    this.slope = (float) slope;
    this.place = new int[C];
    for (int c = 0; c < C; c++) {
      place[c] = (mean ? c / K : c) * P;
    }
  }

  /** {@code score[c] = a[k] . z[c]}; a has {@code K * P} entries. */
  public void scores(float[] score, float[] z, float[] a) {
    for (int c = 0; c < C; c++) {
      score[c] = dot(z, c * P, a, c % K * P);
    }
  }

  /** {@code e + log w} of one edge, and the largest so far into m. */
  public void logits(float[] e, int at, float[] m, float[] d, float[] s, float logW) {
    for (int c = 0; c < C; c++) {
      float l = d[c] + s[c];
      e[at + c] = Math.max(l, 0f) + slope * Math.min(l, 0f) + logW;
    }
    for (int c = 0; c < C; c++) {
      m[c] = Math.max(m[c], e[at + c]);
    }
  }

  /** {@code e = exp(e - m)} of one edge, added to the sum. */
  public void weights(float[] e, int at, float[] m, float[] sum) {
    for (int c = 0; c < C; c++) {
      e[at + c] = (float) Math.exp(e[at + c] - m[c]);
    }
    for (int c = 0; c < C; c++) {
      sum[c] += e[at + c];
    }
  }

  /** {@code alpha = e / sum} of one edge. */
  public void normalise(float[] e, int at, float[] sum) {
    for (int c = 0; c < C; c++) {
      e[at + c] /= sum[c];
    }
  }

  /** {@code x = sum of a z} over the entries of target n; x at places of merged heads. */
  public void values(float[] x, float[] a, float[][] z, Neighbours graph, int n) {
    int first = graph.first(n);
    int end = graph.first(n + 1);
    if (P > EIGHT || current < C * P) {
      Arrays.fill(x, 0, current, 0f);
      for (int e = first, at = 0; e < end; e++, at += C) {
        addValues(x, a, at, z[graph.source(e)]);
      }
      return;
    }
    for (int c = 0; c < C; c++) {
      eightValues(x, a, z, graph, first, end, c);
    }
  }

  private void addValues(float[] x, float[] a, int at, float[] z) {
    for (int c = 0; c < C; c++) {
      addScaled(x, place[c], z, c * P, a[at + c]);
    }
  }

  /**
   * The values of one head and step, summed in registers: a loop over so few features would take
   * longer to begin than to run. Past the last feature the last is summed again.
   */
  private void eightValues(
      float[] x, float[] a, float[][] z, Neighbours graph, int first, int end, int c) {
    int last = c * P + P - 1;
    int p0 = c * P;
    int p1 = Math.min(p0 + 1, last);
    int p2 = Math.min(p0 + 2, last);
    int p3 = Math.min(p0 + 3, last);
    int p4 = Math.min(p0 + 4, last);
    int p5 = Math.min(p0 + 5, last);
    int p6 = Math.min(p0 + 6, last);
    float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    for (int e = first, at = c; e < end; e++, at += C) {
      float w = a[at];
      float[] row = z[graph.source(e)];
      s0 += w * row[p0];
      s1 += w * row[p1];
      s2 += w * row[p2];
      s3 += w * row[p3];
      s4 += w * row[p4];
      s5 += w * row[p5];
      s6 += w * row[p6];
      s7 += w * row[last];
    }
    x[last] = s7;
    x[p6] = s6;
    x[p5] = s5;
    x[p4] = s4;
    x[p3] = s3;
    x[p2] = s2;
    x[p1] = s1;
    x[p0] = s0;
  }

  /** {@code da[c] = dx . z[c]}, the gradient of one edge's coefficients. */
  public void coefficientGradient(float[] da, int at, float[] dx, float[] z) {
    for (int c = 0; c < C; c++) {
      da[at + c] = dot(dx, place[c], z, c * P);
    }
  }

  /** {@code sum += alpha da}, over the edges of a target. */
  public void addProducts(float[] sum, float[] alpha, float[] da, int at) {
    for (int c = 0; c < C; c++) {
      sum[c] += alpha[at + c] * da[at + c];
    }
  }

  /**
   * {@code dl = alpha (da - sum) * (l < 0 ? slope : 1)}, in place of da, and added to dd, the
   * gradient of the target's score.
   */
  public void logitGradient(
      float[] da, int at, float[] alpha, float[] sum, float[] d, float[] s, float[] dd) {
    for (int c = 0; c < C; c++) {
      // a select of two constants, which is compiled to a blend
      float df = d[c] + s[c] < 0 ? slope : 1f;
      da[at + c] = alpha[at + c] * (da[at + c] - sum[c]) * df;
    }
    for (int c = 0; c < C; c++) {
      dd[c] += da[at + c];
    }
  }

  /** {@code dz[c] += a dx} of one edge, the transpose of {@link #values}. */
  public void addValueGradient(float[] dz, float[] a, int at, float[] dx) {
    for (int c = 0; c < C; c++) {
      addScaled(dz, c * P, dx, place[c], a[at + c]);
    }
  }

  /** {@code sum[c] += dl[c]} of one edge. */
  public void addLogitGradient(float[] sum, float[] dl, int at) {
    for (int c = 0; c < C; c++) {
      sum[c] += dl[at + c];
    }
  }

  /** The transpose of {@link #scores}: {@code dz[c] += ds[c] a[k], da[k] += ds[c] z[c]}. */
  public void scoreGradient(float[] dz, float[] da, float[] ds, float[] z, float[] a) {
    for (int c = 0; c < C; c++) {
      addScaled(dz, c * P, a, c % K * P, ds[c]);
      addScaled(da, c % K * P, z, c * P, ds[c]);
    }
  }

  private void addScaled(float[] y, int yAt, float[] a, int aAt, float w) {
    for (int p = 0; p < P; p++) {
      y[yAt + p] += w * a[aAt + p];
    }
  }

  /** Four sums, so that an addition need not wait for the one before. */
  private float dot(float[] a, int aAt, float[] b, int bAt) {
    float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    int p = 0;
    for (; p <= P - 4; p += 4) {
      s0 += a[aAt + p] * b[bAt + p];
      s1 += a[aAt + p + 1] * b[bAt + p + 1];
      s2 += a[aAt + p + 2] * b[bAt + p + 2];
      s3 += a[aAt + p + 3] * b[bAt + p + 3];
    }
    for (; p < P; p++) {
      s0 += a[aAt + p] * b[bAt + p];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
