package io.github.dl4jsnn.internal.kernel;

import java.util.Arrays;

/**
 * Gates of one node; equations in {@link io.github.dl4jsnn.conf.NodeFeatureAttentionLayer}. All
 * matrices are {@code [R][F]}: the transposed {@code Wd}, and {@code Wu}.
 *
 * <p>One instance holds parameters, or, where they are added up, their gradients.
 */
public final class GateKernelF32 {
  /** {@code Wd} transposed, null if features have no gates. */
  public final float[][] down;

  /** {@code bd}. */
  public final float[] downBias;

  /** {@code Wu}. */
  public final float[][] up;

  /** {@code bu}. */
  public final float[] upBias;

  /** {@code wn}, null if nodes have no gates. */
  public final float[] node;

  /** {@code bn}, one number. */
  public final float[] nodeBias;

  /** Takes the arrays; those of a gate that is off are null. */
  public GateKernelF32(
      float[][] down,
      float[] downBias,
      float[][] up,
      float[] upBias,
      float[] node,
      float[] nodeBias) {
    this.down = down;
    this.downBias = downBias;
    this.up = up;
    this.upBias = upBias;
    this.node = node;
    this.nodeBias = nodeBias;
  }

  /** Arrays of the same shapes, all 0. */
  public GateKernelF32 zeros() {
    int R = down == null ? 0 : down.length;
    int F = down == null ? 0 : upBias.length;
    return new GateKernelF32(
        down == null ? null : new float[R][F],
        new float[R],
        down == null ? null : new float[R][F],
        new float[F],
        node == null ? null : new float[node.length],
        new float[1]);
  }

  /** Adds all arrays of another instance. */
  public void add(GateKernelF32 other) {
    if (down != null) {
      for (int r = 0; r < down.length; r++) {
        RowMathF32.add(down[r], other.down[r], upBias.length);
        RowMathF32.add(up[r], other.up[r], upBias.length);
      }
      RowMathF32.add(downBias, other.downBias, downBias.length);
      RowMathF32.add(upBias, other.upBias, upBias.length);
    }
    if (node != null) {
      RowMathF32.add(node, other.node, node.length);
      nodeBias[0] += other.nodeBias[0];
    }
  }

  /** Returns the gate of a node; {@code z} is {@code [F]}. */
  public float nodeGate(float[] z) {
    return node == null ? 1 : gate(dot(z, node) + nodeBias[0]);
  }

  /**
   * Backward of {@link #nodeGate}.
   *
   * @param dz (in/out) added to
   * @param d (in/out) gradients of the parameters, added to
   * @param db gradient of the gate
   * @param b the gate
   * @param z as in {@link #nodeGate}
   */
  public void nodeGateBackward(float[] dz, GateKernelF32 d, float db, float b, float[] z) {
    if (node != null) {
      float ds = db * slope(b);
      RowMathF32.addScaled(dz, node, ds, z.length);
      RowMathF32.addScaled(d.node, z, ds, z.length);
      d.nodeBias[0] += ds;
    }
  }

  /**
   * The gates of the features.
   *
   * @param a (out) {@code [F]}
   * @param h (out) {@code [R]}, hidden units, saved for backward
   * @param c (in) {@code [F]}
   */
  public void featureGates(float[] a, float[] h, float[] c) {
    if (down == null) {
      Arrays.fill(a, 1f);
      return;
    }
    System.arraycopy(upBias, 0, a, 0, a.length);
    for (int r = 0; r < down.length; r++) {
      h[r] = Math.max(0f, dot(c, down[r]) + downBias[r]);
      RowMathF32.addScaled(a, up[r], h[r], a.length);
    }
    for (int f = 0; f < a.length; f++) {
      a[f] = gate(a[f]);
    }
  }

  /**
   * Backward of {@link #featureGates}.
   *
   * @param dc (in/out) {@code [F]}, added to
   * @param d (in/out) gradients of the parameters, added to
   * @param da (in/out) gradient of the gates, overwritten
   * @param a (in) the gates
   * @param h (in) hidden units
   * @param c (in) as in {@link #featureGates}
   */
  public void featureGatesBackward(
      float[] dc, GateKernelF32 d, float[] da, float[] a, float[] h, float[] c) {
    if (down == null) {
      return;
    }
    int F = a.length;
    for (int f = 0; f < F; f++) {
      da[f] *= slope(a[f]);
    }
    RowMathF32.add(d.upBias, da, F);
    for (int r = 0; r < down.length; r++) {
      if (h[r] > 0) {
        float dh = dot(da, up[r]);
        RowMathF32.addScaled(d.up[r], da, h[r], F);
        RowMathF32.addScaled(d.down[r], c, dh, F);
        RowMathF32.addScaled(dc, down[r], dh, F);
        d.downBias[r] += dh;
      }
    }
  }

  private static float gate(float s) {
    return (float) (2 / (1 + Math.exp(-s)));
  }

  /** Derivative of a gate, from its value. */
  private static float slope(float gate) {
    return gate * (1 - gate / 2);
  }

  private static float dot(float[] a, float[] b) {
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
