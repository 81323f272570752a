package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.NeuronKernelF32;
import io.github.dl4jsnn.internal.kernel.NeuronStepF32;
import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import java.util.Arrays;
import java.util.function.Function;

/** A block of positions over all steps, with the rows of one thread. */
final class PositionRunF32 {
  private final String layer;
  private final NeuronKernelF32 kernel;
  private final int width;
  private final NeuronStepF32[] steps;
  private final float[][] raw;
  private final float[][] last;
  private final float[][] p;
  private final float[][] dp;
  private final float[][] ds;
  private final float[][] tmp;
  private final float[] g;
  private final float[] dx;
  private final float[] sum;
  private final float[] dShift;
  private final float[] dScale;
  private MapPassF32 pass;
  private PositionNormF32.Block norm;

  PositionRunF32(String layer, NeuronKernelF32 kernel, int constants, int keptSteps, int width) {
    this.layer = layer;
    this.kernel = kernel;
    this.width = width;
    this.steps = new NeuronStepF32[keptSteps];
    Arrays.setAll(steps, t -> new NeuronStepF32(kernel, width));
    this.raw = new float[keptSteps][width];
    this.last = new float[kernel.states()][width];
    this.p = new float[constants][width];
    this.dp = new float[constants][width];
    this.ds = new float[kernel.states()][width];
    this.tmp = new float[kernel.scratch()][width];
    this.g = new float[width];
    this.dx = new float[width];
    this.sum = new float[width];
    this.dShift = new float[width];
    this.dScale = new float[width];
  }

  boolean fits(int keptSteps, int width) {
    return steps.length >= keptSteps && this.width >= width;
  }

  /** Before a pass: constants and statistics are others now. */
  void forget() {
    norm = null;
  }

  /** Turns to a pass, in blocks of at most so many positions. */
  void take(MapPassF32 pass, ConstantsF32 constants, PositionNormF32 norm, int positions) {
    if (this.norm == null) {
      this.pass = pass;
      this.norm = norm.block(pass.H, positions);
      constants.repeat(p, pass.H, positions);
    }
  }

  /** Puts {@code result} of each step into {@code out}. */
  void forward(
      int n,
      int l,
      int positions,
      RowsF32 z,
      RowsF32 out,
      Function<NeuronStepF32, float[]> result) {
    int len = positions * pass.H;
    NeuronStepF32 step = steps[0];
    kernel.rest(step.s, len);
    for (int t = 0; t < pass.T; t++) {
      int row = n * pass.P + pass.current(t, l);
      advance(step, step.s, step.x, z, row, positions);
      float[] o = result.apply(step);
      pass.clearMissing(o, row, positions);
      out.put(o, n, t * pass.L + l, 0, len);
    }
    checkFinite(step.s[0], n, len);
  }

  /** Reads the currents, normalises them and makes a step. */
  private void advance(
      NeuronStepF32 step, float[][] next, float[] current, RowsF32 z, int row, int positions) {
    int len = positions * pass.H;
    z.get(current, row, 0, 0, len);
    if (current != step.x) {
      System.arraycopy(current, 0, step.x, 0, len);
    }
    norm.apply(step.x, len);
    pass.clearMissing(step.x, row, positions);
    kernel.forward(step, next, p, len);
  }

  /**
   * A NaN or an infinite current makes the potential of every later step NaN or infinite, so the
   * last one tells.
   */
  private void checkFinite(float[] v, int n, int len) {
    if (!RowMathF32.isFinite(v, len)) {
      throw new IllegalArgumentException(
          layer
              + ": the input of example "
              + n
              + " holds NaN or infinite values, or a potential grew beyond the range of its type");
    }
  }

  /** The way back of one example; {@code dy} takes the gradient of the normalised currents. */
  void backward(
      int n, int l, int positions, RowsF32 z, RowsF32 gRows, RowsF32 dy, boolean trained) {
    int len = positions * pass.H;
    int first = n * pass.P;
    kernel.rest(steps[0].s, len);
    for (int t = 0; t < pass.T; t++) {
      float[][] next = t + 1 < pass.T ? steps[t + 1].s : last;
      advance(steps[t], next, raw[t], z, first + pass.current(t, l), positions);
    }
    ScratchF32.clear(ds, ds.length, len);
    Arrays.fill(sum, 0, len, 0f);
    for (int t = pass.T - 1; t >= 0; t--) {
      int row = first + pass.current(t, l);
      gRows.get(g, n, t * pass.L + l, 0, len);
      pass.clearMissing(g, row, positions);
      kernel.backward(dx, ds, trained ? dp : null, g, steps[t], p, tmp, len);
      pass.clearMissing(dx, row, positions);
      if (pass.repeat) {
        RowMathF32.add(sum, dx, len);
      } else {
        put(dx, raw[t], dy, row, len);
      }
    }
    if (pass.repeat) {
      put(sum, raw[0], dy, first + l, len);
    }
  }

  private void put(float[] d, float[] current, RowsF32 dy, int row, int len) {
    dy.put(d, row, 0, 0, len);
    norm.addGradients(dShift, dScale, d, current, len);
  }

  /** Starts the sums over examples. */
  void clearSums(int positions) {
    int len = positions * pass.H;
    Arrays.fill(dShift, 0, len, 0f);
    Arrays.fill(dScale, 0, len, 0f);
    ScratchF32.clear(dp, dp.length, len);
  }

  /** Adds up the sums of the positions. */
  void foldSums(int positions, boolean trained) {
    RepeatedRowF32.fold(dShift, pass.H, positions);
    RepeatedRowF32.fold(dScale, pass.H, positions);
    for (int i = 0; trained && i < dp.length; i++) {
      RepeatedRowF32.fold(dp[i], pass.H, positions);
    }
  }

  /** Sum of the gradient, of one position. */
  float[] dShift() {
    return dShift;
  }

  /** Sum of the gradient times the normalised currents, of one position. */
  float[] dScale() {
    return dScale;
  }

  /** Gradients of the constants, of one position. */
  float[][] constantGradients() {
    return dp;
  }
}
