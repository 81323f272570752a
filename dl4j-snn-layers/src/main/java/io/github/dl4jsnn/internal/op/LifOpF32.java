package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.LifKernelF32;
import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import io.github.dl4jsnn.neuron.LifParameters;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link LifOp} in this file's precision. Features are cut into blocks whose T rows stay in the
 * cache.
 */
final class LifOpF32 implements LifOp {
  /**
   * Entries of one block over all steps; potentials and spikes of 2 x 256 kB stay within a core's
   * second-level cache.
   */
  private static final int BLOCK_ENTRIES = 1 << 16;

  /** Shorter rows spend their time at the ends of the loops and in pages of memory barely used. */
  private static final int MIN_BLOCK = 256;

  /** The rows of one step, 8 kB each, stay within the first-level cache. */
  private static final int MAX_BLOCK = 2048;

  /**
   * Entries of one task: enough to hide the cost of handing it out, few enough to balance two
   * threads.
   */
  private static final int TASK_ENTRIES = 1 << 17;

  private final String layer;
  private final LifKernelF32 kernel;
  private Scratch[] scratch = new Scratch[0];

  LifOpF32(String layer, LifParameters p) {
    this.layer = layer;
    this.kernel = new LifKernelF32(p);
  }

  @Override
  public void forward(
      INDArray in,
      INDArray mask,
      Map<String, INDArray> params,
      INDArray[] before,
      INDArray[] after,
      INDArray out) {
    run(in, mask, before, after, out, s -> s.o[0]);
  }

  @Override
  public void potentials(
      INDArray in, INDArray mask, Map<String, INDArray> params, INDArray[] before, INDArray u) {
    run(in, mask, before, null, u, s -> s.u[0]);
  }

  /** All steps; {@code result} picks the row that goes into {@code out}. */
  private void run(
      INDArray in,
      INDArray mask,
      INDArray[] before,
      INDArray[] after,
      INDArray out,
      Function<Scratch, float[]> result) {
    RowsF32 x = NdRowsF32.of(in);
    RowsF32 rows = NdRowsF32.of(out);
    RowsF32[] start = NeuronPassF32.rows(before);
    RowsF32[] end = NeuronPassF32.rows(after);
    boolean constant = in.rank() == 2;
    float[] m = NdRowsF32.mask(mask);
    forEachBlock(
        out,
        1,
        (s, n, from, len, T) -> {
          RowsF32 xs = x.duplicate();
          RowsF32 os = rows.duplicate();
          read(start, s.u[0], s.o[0], n, from, len);
          for (int t = 0; t < T; t++) {
            if (t == 0 || !constant) {
              xs.get(s.x, n, t, from, len);
            }
            step(s.u[0], s.o[0], s.u[0], s.o[0], s.x, m, n, t, T, start == null, len);
            os.put(result.apply(s), n, t, from, len);
          }
          checkFinite(s.u[0], n, len);
          write(end, s.u[0], s.o[0], n, from, len);
        });
  }

  @Override
  public void backward(
      INDArray in,
      INDArray mask,
      Map<String, INDArray> params,
      INDArray[] before,
      INDArray g,
      Map<String, INDArray> gradients,
      INDArray dIn) {
    RowsF32 x = NdRowsF32.of(in);
    RowsF32[] start = NeuronPassF32.rows(before);
    RowsF32 gRows = NdRowsF32.of(g);
    RowsF32 dx = NdRowsF32.of(dIn);
    boolean constant = in.rank() == 2;
    float[] m = NdRowsF32.mask(mask);
    forEachBlock(
        g,
        (int) g.size(1),
        (s, n, from, len, T) -> {
          RowsF32 xs = x.duplicate();
          RowsF32 gs = gRows.duplicate();
          RowsF32 ds = dx.duplicate();
          read(start, s.u[0], s.o[0], n, from, len);
          for (int t = 0; t < T; t++) {
            if (t == 0 || !constant) {
              xs.get(s.x, n, t, from, len);
            }
            int last = Math.max(0, t - 1);
            step(s.u[t], s.o[t], s.u[last], s.o[last], s.x, m, n, t, T, start == null, len);
          }
          Arrays.fill(s.d, 0, len, 0f);
          Arrays.fill(s.sum, 0, len, 0f);
          for (int t = T - 1; t >= 0; t--) {
            gs.get(s.x, n, t, from, len);
            kernel.backward(s.d, s.x, s.u[t], s.o[t], s.ds, len);
            if (m != null && m[n * T + t] == 0) {
              Arrays.fill(s.d, 0, len, 0f);
            }
            if (constant) {
              RowMathF32.add(s.sum, s.d, len);
            } else {
              ds.put(s.d, n, t, from, len);
            }
          }
          if (constant) {
            ds.put(s.sum, n, 0, from, len);
          }
        });
  }

  private static void read(RowsF32[] state, float[] u, float[] o, int n, int from, int len) {
    if (state != null) {
      state[0].duplicate().get(u, n, 0, from, len);
      state[1].duplicate().get(o, n, 0, from, len);
    }
  }

  private static void write(RowsF32[] state, float[] u, float[] o, int n, int from, int len) {
    if (state != null) {
      state[0].duplicate().put(u, n, 0, from, len);
      state[1].duplicate().put(o, n, 0, from, len);
    }
  }

  private void step(
      float[] u,
      float[] o,
      float[] uPrev,
      float[] oPrev,
      float[] x,
      float[] m,
      int n,
      int t,
      int T,
      boolean fromRest,
      int len) {
    if (t == 0 && fromRest) {
      kernel.first(u, o, x, len);
    } else {
      kernel.next(u, o, uPrev, oPrev, x, len);
    }
    if (m != null && m[n * T + t] == 0) {
      Arrays.fill(u, 0, len, 0f);
      Arrays.fill(o, 0, len, 0f);
    } else if (m != null) {
      checkFinite(u, n, len);
    }
  }

  /**
   * A NaN or an infinite current makes the potential of every later step NaN or infinite, so the
   * last one tells.
   */
  private void checkFinite(float[] u, int n, int len) {
    if (!RowMathF32.isFinite(u, len)) {
      throw new IllegalArgumentException(
          layer + ": the input of example " + n + " holds NaN or infinite values");
    }
  }

  /** Work on features {@code [from, from + len)} of one example. */
  private interface Block {
    void run(Scratch s, int n, int from, int len, int T);
  }

  private void forEachBlock(INDArray sequence, int keptSteps, Block block) {
    int N = (int) sequence.size(0);
    int T = (int) sequence.size(1);
    int F = (int) sequence.size(2);
    int width = Math.min(F, Math.max(MIN_BLOCK, Math.min(MAX_BLOCK, BLOCK_ENTRIES / T)));
    int perExample = (F + width - 1) / width;
    long blocks = (long) N * perExample;
    int perTask = (int) Math.max(1, TASK_ENTRIES / ((long) width * T));
    prepareScratch(keptSteps, width);
    Workers.run(
        (int) ((blocks + perTask - 1) / perTask),
        sequence.length(),
        (task, worker) -> {
          long end = Math.min(blocks, (long) (task + 1) * perTask);
          for (long b = (long) task * perTask; b < end; b++) {
            int from = (int) (b % perExample) * width;
            block.run(scratch[worker], (int) (b / perExample), from, Math.min(width, F - from), T);
          }
        });
  }

  private void prepareScratch(int keptSteps, int width) {
    if (scratch.length < Workers.threads()) {
      scratch = Arrays.copyOf(scratch, Workers.threads());
    }
    for (int w = 0; w < scratch.length; w++) {
      if (scratch[w] == null || !scratch[w].fits(keptSteps, width)) {
        scratch[w] = new Scratch(keptSteps, width);
      }
    }
  }

  /** Rows of one thread. */
  private static final class Scratch {
    private final float[][] u;
    private final float[][] o;
    private final float[] x;
    private final float[] d;
    private final float[] ds;
    private final float[] sum;

    private Scratch(int steps, int width) {
      u = new float[steps][width];
      o = new float[steps][width];
      x = new float[width];
      d = new float[width];
      ds = new float[width];
      sum = new float[width];
    }

    private boolean fits(int steps, int width) {
      return u.length >= steps && x.length >= width;
    }
  }
}
