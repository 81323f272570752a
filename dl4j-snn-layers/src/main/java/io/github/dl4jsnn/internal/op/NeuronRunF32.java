package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.NeuronKernelF32;
import io.github.dl4jsnn.internal.kernel.NeuronStepF32;
import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import java.util.Arrays;

/** One block of neurons over all time steps, with the rows of one thread. */
final class NeuronRunF32 {
  private final String layer;
  private final NeuronKernelF32 kernel;
  private final int width;
  private final NeuronStepF32[] steps;
  private final float[][] last;
  private final float[] spikesBefore;
  private final float[][] p;
  private final float[][] dp;
  private final float[][] ds;
  private final float[][] tmp;
  private final float[] g;
  private final float[] dx;
  private final float[] dO;
  private final float[] sum;
  private NeuronPassF32 pass;
  private int from;
  private int len;

  NeuronRunF32(String layer, NeuronKernelF32 kernel, int constants, int keptSteps, int width) {
    this.layer = layer;
    this.kernel = kernel;
    this.width = width;
    this.steps = new NeuronStepF32[keptSteps];
    for (int t = 0; t < keptSteps; t++) {
      steps[t] = new NeuronStepF32(kernel, width);
    }
    this.last = new float[kernel.states()][width];
    this.spikesBefore = new float[width];
    this.p = new float[constants][width];
    this.dp = new float[constants][width];
    this.ds = new float[kernel.states()][width];
    this.tmp = new float[kernel.scratch()][width];
    this.g = new float[width];
    this.dx = new float[width];
    this.dO = new float[width];
    this.sum = new float[width];
  }

  boolean fits(int keptSteps, int width) {
    return steps.length >= keptSteps && this.width >= width;
  }

  /** Turns to features {@code from..from+len-1}. */
  void take(NeuronPassF32 pass, ConstantsF32 constants, int from, int len) {
    this.pass = pass;
    this.from = from;
    this.len = len;
    constants.block(p, from, len);
  }

  /** Emits into the pass's sequence; {@code after} takes the state at the end, or is null. */
  void forward(int n, RowsF32[] after) {
    RowsF32 x = pass.x.duplicate();
    RowsF32 out = pass.y.duplicate();
    NeuronStepF32 step = steps[0];
    float[] spikes = start(step.s, n);
    for (int t = 0; t < pass.T; t++) {
      advance(step, step.s, spikes, x, n, t);
      spikes = step.o;
      out.put(step.o, n, t, from, len);
    }
    checkFinite(step.s[0], n);
    if (after != null) {
      finish(after, step.s, spikes, n);
    }
  }

  /** The state at the start; returns the spikes before the first step. */
  private float[] start(float[][] s, int n) {
    if (pass.before == null) {
      kernel.rest(s, len);
      Arrays.fill(spikesBefore, 0, len, 0f);
      return spikesBefore;
    }
    for (int i = 0; i < s.length; i++) {
      pass.before[i].duplicate().get(s[i], n, 0, from, len);
    }
    if (pass.feedback != null) {
      pass.before[s.length].duplicate().get(spikesBefore, n, 0, from, len);
    }
    return spikesBefore;
  }

  private void finish(RowsF32[] after, float[][] s, float[] spikes, int n) {
    for (int i = 0; i < s.length; i++) {
      after[i].duplicate().put(s[i], n, 0, from, len);
    }
    if (pass.feedback != null) {
      after[s.length].duplicate().put(spikes, n, 0, from, len);
    }
  }

  private void advance(
      NeuronStepF32 step, float[][] next, float[] spikes, RowsF32 x, int n, int t) {
    x.get(step.x, n, pass.constant ? 0 : t, from, len);
    if (pass.feedback != null) {
      pass.feedback.add(step.x, spikes, from, len);
    }
    kernel.forward(step, next, p, len);
    if (pass.missing(n, t)) {
      // looked at before it is forgotten
      checkFinite(next[0], n);
      Arrays.fill(step.o, 0, len, 0f);
      kernel.rest(next, len);
    }
  }

  /**
   * A NaN or an infinite current makes the potential of every later step NaN or infinite, so the
   * last one tells.
   */
  private void checkFinite(float[] v, int n) {
    if (!RowMathF32.isFinite(v, len)) {
      throw new IllegalArgumentException(
          layer
              + ": the input of example "
              + n
              + " or its state holds NaN or infinite values, or the potential grew beyond the"
              + " range of its type");
    }
  }

  /** Starts the gradients of the constants of this block. */
  void clearGradients() {
    ScratchF32.clear(dp, dp.length, len);
  }

  /** Hands over the gradients of the constants of this block. */
  void putGradients(ConstantsF32 constants, int chunk) {
    constants.put(dp, chunk, from, len);
  }

  /** The way back of one example; the pass's sequence holds the gradient of what was emitted. */
  void backward(int n, int chunk, boolean trained, RowsF32 dIn) {
    float[] before = again(n);
    RowsF32 gRows = pass.y.duplicate();
    RowsF32 dest = dIn.duplicate();
    ScratchF32.clear(ds, ds.length, len);
    Arrays.fill(dO, 0, len, 0f);
    Arrays.fill(dx, 0, len, 0f);
    for (int t = pass.T - 1; t >= 0; t--) {
      gRows.get(g, n, t, from, len);
      backward(n, t, trained);
      if (pass.feedback != null) {
        pass.feedback.addGradient(t == 0 ? before : steps[t - 1].o, dx, chunk, from, len);
      }
      if (!pass.constant) {
        dest.put(dx, n, t, from, len);
      } else if (t == pass.T - 1) {
        System.arraycopy(dx, 0, sum, 0, len);
      } else {
        RowMathF32.add(sum, dx, len);
      }
    }
    if (pass.constant) {
      dest.put(sum, n, 0, from, len);
    }
  }

  private void backward(int n, int t, boolean trained) {
    if (pass.missing(n, t)) {
      ScratchF32.clear(ds, ds.length, len);
      Arrays.fill(dx, 0, len, 0f);
      Arrays.fill(dO, 0, len, 0f);
      return;
    }
    if (pass.feedback != null) {
      RowMathF32.add(g, dO, len);
    }
    kernel.backward(dx, ds, trained ? dp : null, g, steps[t], p, tmp, len);
    if (pass.feedback != null) {
      pass.feedback.backward(dO, dx, from, len);
    }
  }

  /** The steps once more, kept; returns the spikes before the first. */
  private float[] again(int n) {
    RowsF32 x = pass.x.duplicate();
    float[] first = start(steps[0].s, n);
    float[] spikes = first;
    for (int t = 0; t < pass.T; t++) {
      float[][] next = t + 1 < pass.T ? steps[t + 1].s : last;
      advance(steps[t], next, spikes, x, n, t);
      spikes = steps[t].o;
    }
    return first;
  }
}
