package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.LifKernelF32;
import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.StfnKernelF32;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What follows the aggregation, for one node at a time: STFN and LIF over all steps. Belongs to one
 * thread.
 */
final class GraphNodeF32 {
  private final int steps;
  private final int T;
  private final int H;
  private final LifKernelF32 lif;
  private final StfnKernelF32 stfn;

  /** Currents, normalised in place. */
  private final float[][] x;

  /** Currents after STFN; the same rows without it. */
  private final float[][] y;

  private final float[][] u;
  private final float[][] o;
  private final float[][] g;
  private final float[] d;
  private final float[] ds;
  private RowsF32 rows;

  GraphNodeF32(GraphConvOp.Settings settings, int steps, int T, int H) {
    this.steps = steps;
    this.T = T;
    this.H = H;
    this.lif = settings.lif == null ? null : new LifKernelF32(settings.lif);
    this.stfn = settings.stfn ? new StfnKernelF32(settings.stfnScale, settings.stfnEps) : null;
    this.x = new float[steps][H];
    this.y = stfn == null ? x : new float[steps][H];
    this.u = new float[T][H];
    this.o = new float[T][H];
    this.g = new float[T][H];
    this.d = new float[H];
    this.ds = new float[H];
  }

  boolean fits(int steps, int T, int H) {
    return this.steps == steps && this.T == T && this.H == H;
  }

  /** Opens the output, or its gradient, for {@link #put} and {@link #get}. */
  void open(INDArray sequence) {
    rows = NdRowsF32.of(sequence);
  }

  /** Adds the bias to each step of a row {@code [steps * H]}. */
  void addBias(float[] row, float[] bias) {
    for (int t = 0; t < steps; t++) {
      System.arraycopy(row, t * H, d, 0, H);
      RowMathF32.add(d, bias, H);
      System.arraycopy(d, 0, row, t * H, H);
    }
  }

  /** Adds step {@code t} of a row {@code [steps * H]} to {@code sum}. */
  void addSteps(float[] sum, float[] row, int t) {
    System.arraycopy(row, t * H, d, 0, H);
    RowMathF32.add(sum, d, H);
  }

  /** From the current of the node to its spikes. */
  void forward(float[] current, float[] lambda, float[] gamma) {
    for (int t = 0; t < steps; t++) {
      System.arraycopy(current, t * H, x[t], 0, H);
    }
    if (stfn != null) {
      stfn.forward(y, x, lambda, gamma, steps, H);
    }
    for (int t = 0; lif != null && t < T; t++) {
      float[] in = y[Math.min(t, steps - 1)];
      if (t == 0) {
        lif.first(u[0], o[0], in, H);
      } else {
        lif.next(u[t], o[t], u[t - 1], o[t - 1], in, H);
      }
    }
  }

  /** Writes the output of node {@code n}. */
  void put(int n) {
    put(lif == null ? y : o, n);
  }

  /** Writes the membrane potentials of node {@code n}. */
  void putPotentials(int n) {
    put(u, n);
  }

  private void put(float[][] out, int n) {
    for (int t = 0; t < T; t++) {
      rows.put(out[t], n, t, 0, H);
    }
  }

  /** Reads the gradient of the output of node {@code n}; false if it is 0. */
  boolean get(int n) {
    boolean zero = true;
    for (int t = 0; t < T && zero; t++) {
      zero = rows.isZero(n, t, 0, H);
    }
    for (int t = 0; t < T && !zero; t++) {
      rows.get(g[t], n, t, 0, H);
    }
    return !zero;
  }

  /**
   * From the gradient read by {@link #get} to that of the current.
   *
   * @param current (in/out) the node's current comes in, its gradient goes out
   */
  void backward(float[] current, float[] lambda, float[] gamma, float[] dLambda, float[] dGamma) {
    forward(current, lambda, gamma);
    if (lif != null) {
      backwardLif();
    }
    if (stfn != null) {
      stfn.backward(g, x, lambda, dLambda, dGamma, ds, steps, H);
    }
    for (int t = 0; t < steps; t++) {
      System.arraycopy(g[t], 0, current, t * H, H);
    }
  }

  /**
   * Leaves the gradient of the LIF input in the first {@code steps} rows of g; a constant input
   * gets the sum.
   */
  private void backwardLif() {
    Arrays.fill(d, 0, H, 0f);
    for (int t = T - 1; t >= 0; t--) {
      lif.backward(d, g[t], u[t], o[t], ds, H);
      System.arraycopy(d, 0, g[t], 0, H);
    }
    for (int t = steps; t < T; t++) {
      RowMathF32.add(g[steps - 1], g[t], H);
    }
  }
}
