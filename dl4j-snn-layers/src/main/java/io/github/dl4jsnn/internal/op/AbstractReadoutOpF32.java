package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What read-outs in this file's precision share: examples, their present steps, and chunks. */
abstract class AbstractReadoutOpF32 implements ReadoutOp {
  /** Examples of one task. */
  private static final int CHUNK = 64;

  private final String layer;

  AbstractReadoutOpF32(String layer) {
    this.layer = layer;
  }

  /** Weights of the steps of an example; {@code steps}, at least 1, are there. */
  abstract float[] weights(boolean[] present, int steps);

  /** One more step, {@code row}, of an example whose features are in this state so far. */
  abstract void step(float[][] state, float[] row);

  /** Refuses values that the read-out has no meaning for; NaN and infinity are found elsewhere. */
  void check(float[] row, int n) {}

  /** Work on one example with the weights of its steps, 0 for the missing ones. */
  interface Example {
    void run(RowsF32 rows, float[] weight, int n);
  }

  final void forEach(INDArray in, INDArray mask, Example body) {
    RowsF32 x = NdRowsF32.of(in);
    RowsF32 m = mask == null ? null : NdRowsF32.of(mask);
    int T = (int) in.size(1);
    float[] unmasked = m == null ? weights(null, T, 0) : null;
    forEach(
        in,
        n -> {
          float[] weight = m == null ? unmasked : weights(present(m.duplicate(), n, T), T, n);
          body.run(x.duplicate(), weight, n);
        });
  }

  private static void forEach(INDArray in, IntConsumer body) {
    int N = (int) in.size(0);
    Workers.run(
        (N + CHUNK - 1) / CHUNK,
        in.length(),
        (task, worker) -> {
          for (int n = task * CHUNK; n < Math.min(N, (task + 1) * CHUNK); n++) {
            body.accept(n);
          }
        });
  }

  /** Which steps of an example are there; {@code m} may be null for all of them. */
  private static boolean[] present(RowsF32 m, int n, int T) {
    boolean[] present = new boolean[T];
    Arrays.fill(present, true);
    if (m != null) {
      float[] mask = new float[T];
      m.get(mask, n, 0, 0, T);
      for (int t = 0; t < T; t++) {
        present[t] = mask[t] != 0;
      }
    }
    return present;
  }

  private float[] weights(boolean[] given, int T, int n) {
    boolean[] present = given == null ? present(null, n, T) : given;
    int steps = 0;
    for (boolean p : present) {
      steps += p ? 1 : 0;
    }
    if (steps == 0) {
      throw new IllegalArgumentException(
          layer + ": the feature mask leaves example " + n + " without any time step");
    }
    return weights(present, steps);
  }

  final void checkFinite(float[] row, int n) {
    if (!RowMathF32.isFinite(row, row.length)) {
      throw new IllegalArgumentException(
          label() + "the input of example " + n + " holds NaN or infinite values");
    }
  }

  final String label() {
    return layer + ": ";
  }

  @Override
  public final void accumulate(INDArray in, INDArray mask, INDArray[] before, INDArray[] after) {
    RowsF32 x = NdRowsF32.of(in);
    RowsF32 m = mask == null ? null : NdRowsF32.of(mask);
    RowsF32[] start = NeuronPassF32.rows(before);
    RowsF32[] end = NeuronPassF32.rows(after);
    int T = (int) in.size(1);
    int F = (int) in.size(2);
    forEach(
        in,
        n -> {
          float[][] state = new float[end.length][F];
          for (int i = 0; start != null && i < end.length; i++) {
            start[i].duplicate().get(state[i], n, 0, 0, F);
          }
          boolean[] present = present(m == null ? null : m.duplicate(), n, T);
          accumulate(x.duplicate(), present, state, n);
          for (int i = 0; i < end.length; i++) {
            checkFinite(state[i], n);
            end[i].duplicate().put(state[i], n, 0, 0, F);
          }
        });
  }

  private void accumulate(RowsF32 x, boolean[] present, float[][] state, int n) {
    float[] row = new float[state[0].length];
    for (int t = 0; t < present.length; t++) {
      if (present[t]) {
        x.get(row, n, t, 0, row.length);
        check(row, n);
        step(state, row);
      }
    }
  }
}
