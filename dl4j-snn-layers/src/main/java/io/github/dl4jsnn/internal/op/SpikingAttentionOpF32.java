package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.blas.Gemm;
import io.github.dl4jsnn.internal.blas.Matrix;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.Recurrence;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@link SpikingAttentionOp} in this file's precision. A task is one step of one example; its heads
 * are blocks of columns, which BLAS reads and writes where they lie.
 */
final class SpikingAttentionOpF32 implements SpikingAttentionOp {
  private final Gemm gemm = Gemm.get();
  private final String layer;
  private final int T;
  private final int heads;
  private final double scale;
  private final NeuronOp neurons;
  private Scratch[] scratch = new Scratch[0];

  SpikingAttentionOpF32(String layer, int timeSteps, int heads, double scale, Neuron neuron) {
    this.layer = layer;
    this.T = timeSteps;
    this.heads = heads;
    this.scale = scale;
    this.neurons = NeuronOp.create(layer, neuron, Recurrence.NONE, DataType.FLOAT);
  }

  @Override
  public void forward(INDArray in, INDArray mask, INDArray out) {
    currents(in, mask, out);
    forParts(mask, out, out, (m, a, y) -> neurons.forward(a, m, Map.of(), null, null, y));
  }

  @Override
  public void potentials(INDArray in, INDArray mask, INDArray u) {
    currents(in, mask, u);
    forParts(mask, u, u, (m, a, y) -> neurons.potentials(a, m, Map.of(), null, y));
  }

  @Override
  public void backward(INDArray in, INDArray mask, INDArray g, INDArray currents, INDArray dIn) {
    currents(in, mask, currents);
    // each neuron reads all of its currents before it writes their gradient in their place
    forParts(
        mask, currents, g, (m, a, dy) -> neurons.backward(a, m, Map.of(), null, dy, Map.of(), a));
    int d = QkvF32.width(in, heads);
    forEachStep(
        in,
        mask,
        (s, x, n, from, L) -> {
          Matrix dx = Matrix.example(dIn, n).rows(from, L);
          Matrix da = Matrix.example(currents, n).rows(from, L);
          for (int h = 0; h < heads; h++) {
            backward(
                s,
                QkvF32.head(dx, h, d, heads),
                QkvF32.head(x, h, d, heads),
                da.columns(h * d, d),
                L,
                d);
          }
        });
  }

  @Override
  public INDArray map(INDArray in, INDArray mask, int n, int head) {
    int L = (int) in.size(1) / T;
    INDArray map = Nd4j.createUninitialized(DataType.FLOAT, new long[] {T, L, L}, 'c');
    int d = QkvF32.width(in, heads);
    QkvF32 qkv = new QkvF32();
    for (int t = 0; t < T; t++) {
      Matrix step = qkv.read(layer, in, NdRowsF32.mask(mask), n, t * L, L);
      Matrix[] x = QkvF32.head(step, head, d, heads);
      gemm.multiply(Matrix.example(map, t), x[0], x[1].transpose(), scale, false);
    }
    return map;
  }

  /** {@code a = (Q K^T) V * scale} of all steps. */
  private void currents(INDArray in, INDArray mask, INDArray out) {
    int d = QkvF32.width(in, heads);
    forEachStep(
        in,
        mask,
        (s, x, n, from, L) -> {
          Matrix a = Matrix.example(out, n).rows(from, L);
          for (int h = 0; h < heads; h++) {
            forward(s, a.columns(h * d, d), QkvF32.head(x, h, d, heads), L, d);
          }
        });
  }

  /** Which order of the two products is cheaper. */
  private static boolean keysFirst(int L, int d) {
    return d <= L;
  }

  /** {@code a = Q (K^T V) * scale}, or {@code (Q K^T) V * scale}; a is overwritten. */
  private void forward(Scratch s, Matrix a, Matrix[] x, int L, int d) {
    Matrix m = first(s, x, L, d);
    if (keysFirst(L, d)) {
      gemm.multiply(a, x[0], m, scale, false);
    } else {
      gemm.multiply(a, m, x[2], scale, false);
    }
  }

  /** The first product, {@code M = K^T V} or {@code M = Q K^T}. */
  private Matrix first(Scratch s, Matrix[] x, int L, int d) {
    if (keysFirst(L, d)) {
      Matrix m = s.product.of(d, d).matrix(d);
      gemm.multiply(m, x[1].transpose(), x[2], false);
      return m;
    }
    Matrix m = s.product.of(L, L).matrix(L);
    gemm.multiply(m, x[0], x[1].transpose(), false);
    return m;
  }

  /**
   * With {@code M = K^T V}: {@code dQ = da M^T * scale, dM = Q^T da * scale, dK = V dM^T, dV = K
   * dM}. With {@code M = Q K^T}: {@code dV = M^T da * scale, dM = da V^T * scale, dQ = dM K, dK =
   * dM^T Q}. All are overwritten.
   */
  private void backward(Scratch s, Matrix[] dx, Matrix[] x, Matrix da, int L, int d) {
    Matrix m = first(s, x, L, d);
    if (keysFirst(L, d)) {
      Matrix dm = s.gradient.of(d, d).matrix(d);
      gemm.multiply(dx[0], da, m.transpose(), scale, false);
      gemm.multiply(dm, x[0].transpose(), da, scale, false);
      gemm.multiply(dx[1], x[2], dm.transpose(), false);
      gemm.multiply(dx[2], x[1], dm, false);
    } else {
      Matrix dm = s.gradient.of(L, L).matrix(L);
      gemm.multiply(dx[2], m.transpose(), da, scale, false);
      gemm.multiply(dm, da, x[2].transpose(), scale, false);
      gemm.multiply(dx[0], dm, x[1], false);
      gemm.multiply(dx[1], dm.transpose(), x[0], false);
    }
  }

  /** Work on Q, K and V of one step of one example, {@code [L, 3D]}. */
  private interface Step {
    void run(Scratch s, Matrix qkv, int n, int from, int L);
  }

  private void forEachStep(INDArray in, INDArray mask, Step body) {
    int L = (int) in.size(1) / T;
    float[] present = NdRowsF32.mask(mask);
    prepareScratch();
    Workers.run(
        (int) in.size(0) * T,
        in.length(),
        (task, worker) -> {
          int n = task / T;
          int from = task % T * L;
          Scratch s = scratch[worker];
          body.run(s, s.qkv.read(layer, in, present, n, from, L), n, from, L);
        });
  }

  /** Neurons over T steps, on views {@code [.., T, ..]} of two arrays, and the mask to them. */
  private interface Part {
    void run(INDArray mask, INDArray a, INDArray b);
  }

  /**
   * The neurons of all positions side by side. A position without any step is computed like the
   * others, what comes of it in {@code a} cleared; where single steps are missing, the neurons are
   * called example by example with positions in the place of examples.
   */
  private void forParts(INDArray mask, INDArray a, INDArray b, Part body) {
    long N = a.size(0);
    long L = a.size(1) / T;
    long D = a.size(2);
    float[] present = NdRowsF32.mask(mask);
    if (present == null || missesWholePositions(present, (int) L)) {
      body.run(null, a.reshape('c', N, T, L * D), b.reshape('c', N, T, L * D));
      clearMissing(present, a);
      return;
    }
    for (long n = 0; n < N; n++) {
      INDArray m = mask.slice(n).dup('c').reshape('c', T, L).permute(1, 0);
      body.run(m, positions(a, n, L), positions(b, n, L));
    }
  }

  /** Whether the mask {@code [N, T*L]} of each example is alike at all steps. */
  private boolean missesWholePositions(float[] present, int L) {
    for (int i = 0; i < present.length; i++) {
      if (i % (T * L) >= L && (present[i] == 0) != (present[i - L] == 0)) {
        return false;
      }
    }
    return true;
  }

  private static void clearMissing(float[] present, INDArray a) {
    if (present == null) {
      return;
    }
    RowsF32 rows = NdRowsF32.of(a);
    int entries = (int) a.size(1);
    float[] zeros = new float[(int) a.size(2)];
    for (int i = 0; i < present.length; i++) {
      if (present[i] == 0) {
        rows.put(zeros, i / entries, i % entries, 0, zeros.length);
      }
    }
  }

  /** One example as {@code [L, T, D]}. */
  private INDArray positions(INDArray a, long n, long L) {
    return a.slice(n).reshape('c', T, L, a.size(2)).permute(1, 0, 2);
  }

  private void prepareScratch() {
    int before = scratch.length;
    if (before < Workers.threads()) {
      scratch = Arrays.copyOf(scratch, Workers.threads());
      Arrays.setAll(scratch, w -> w < before ? scratch[w] : new Scratch());
    }
  }

  /** Memory of one thread. */
  private static final class Scratch {
    private final BlockF32 product = new BlockF32();
    private final BlockF32 gradient = new BlockF32();
    private final QkvF32 qkv = new QkvF32();
  }
}
