package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.blas.Gemm;
import io.github.dl4jsnn.internal.blas.Matrix;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.SoftmaxF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@link SoftmaxAttentionOp} in this file's precision. A task is one example. */
final class SoftmaxAttentionOpF32 implements SoftmaxAttentionOp {
  private final Gemm gemm = Gemm.get();
  private final String layer;
  private final int heads;
  private Scratch[] scratch = new Scratch[0];

  SoftmaxAttentionOpF32(String layer, int heads) {
    this.layer = layer;
    this.heads = heads;
  }

  @Override
  public void forward(INDArray in, INDArray mask, INDArray out) {
    int d = QkvF32.width(in, heads);
    RowsF32 rows = NdRowsF32.of(out);
    float[] present = NdRowsF32.mask(mask);
    forEachExample(
        in,
        present,
        (s, x, n, L) -> {
          Matrix y = Matrix.example(out, n);
          for (int h = 0; h < heads; h++) {
            Matrix[] qkv = QkvF32.head(x, h, d, heads);
            gemm.multiply(y.columns(h * d, d), weights(s, qkv, present, n, L, d), qkv[2], false);
          }
          finish(s, rows.duplicate(), present, n, L, heads * d);
        });
  }

  /** Absentees put out 0; where one is there, a NaN of any input has spread to its output. */
  private void finish(Scratch s, RowsF32 y, float[] present, int n, int L, int D) {
    for (int l = 0; l < L; l++) {
      if (isMissing(present, n, l, L)) {
        Arrays.fill(s.row, 0, D, 0f);
        y.put(s.row, n, l, 0, D);
      } else {
        y.get(s.row, n, l, 0, D);
        QkvF32.checkFinite(layer, s.row, n, D);
      }
    }
  }

  private static boolean isMissing(float[] present, int n, int l, int L) {
    return present != null && present[n * L + l] == 0;
  }

  /**
   * {@code dV = P^T g, dP = g V^T, dS = P (dP - sum of P dP), dQ = dS K / sqrt(d), dK = dS^T Q /
   * sqrt(d)}, with g = 0 at absentees.
   */
  @Override
  public void backward(INDArray in, INDArray mask, INDArray g, INDArray dIn) {
    int d = QkvF32.width(in, heads);
    double scale = 1 / Math.sqrt(d);
    RowsF32 above = NdRowsF32.of(g);
    float[] present = NdRowsF32.mask(mask);
    forEachExample(
        in,
        present,
        (s, x, n, L) -> {
          Matrix dx = Matrix.example(dIn, n);
          Matrix all = gradient(s, above.duplicate(), present, n, L, heads * d);
          for (int h = 0; h < heads; h++) {
            Matrix[] qkv = QkvF32.head(x, h, d, heads);
            Matrix[] dQkv = QkvF32.head(dx, h, d, heads);
            Matrix dy = all.columns(h * d, d);
            Matrix p = weights(s, qkv, present, n, L, d);
            Matrix ds = s.gradient.of(L, L).matrix(L);
            gemm.multiply(dQkv[2], p.transpose(), dy, false);
            gemm.multiply(ds, dy, qkv[2].transpose(), false);
            softmaxBackward(s, L);
            gemm.multiply(dQkv[0], ds, qkv[1], scale, false);
            gemm.multiply(dQkv[1], ds.transpose(), qkv[0], scale, false);
          }
        });
  }

  /** The gradient from above, 0 at absentees. */
  private static Matrix gradient(Scratch s, RowsF32 g, float[] present, int n, int L, int D) {
    RowsF32 dest = s.above.of(L, D).rows();
    for (int l = 0; l < L; l++) {
      if (isMissing(present, n, l, L)) {
        Arrays.fill(s.row, 0, D, 0f);
      } else {
        g.get(s.row, n, l, 0, D);
      }
      dest.put(s.row, l, 0, 0, D);
    }
    return s.above.matrix(L);
  }

  private static void softmaxBackward(Scratch s, int L) {
    RowsF32 weights = s.weights.rows();
    RowsF32 gradient = s.gradient.rows();
    for (int l = 0; l < L; l++) {
      weights.get(s.row, l, 0, 0, L);
      gradient.get(s.other, l, 0, 0, L);
      SoftmaxF32.backward(s.other, s.row, L);
      gradient.put(s.other, l, 0, 0, L);
    }
  }

  /** {@code P = softmax(Q K^T / sqrt(d))}, 0 at absentees. */
  private Matrix weights(Scratch s, Matrix[] qkv, float[] present, int n, int L, int d) {
    Matrix p = s.weights.of(L, L).matrix(L);
    gemm.multiply(p, qkv[0], qkv[1].transpose(), 1 / Math.sqrt(d), false);
    RowsF32 rows = s.weights.rows();
    for (int l = 0; l < L; l++) {
      rows.get(s.row, l, 0, 0, L);
      SoftmaxF32.forward(s.row, present, n * L, L);
      rows.put(s.row, l, 0, 0, L);
    }
    return p;
  }

  @Override
  public INDArray map(INDArray in, INDArray mask, int n, int head) {
    int L = (int) in.size(1);
    int d = QkvF32.width(in, heads);
    float[] present = NdRowsF32.mask(mask);
    Scratch s = new Scratch();
    s.prepare(L, heads * d);
    Matrix x = s.qkv.read(layer, in, present, n, 0, L);
    weights(s, QkvF32.head(x, head, d, heads), present, n, L, d);
    INDArray map = Nd4j.createUninitialized(DataType.FLOAT, new long[] {1, L, L}, 'c');
    RowsF32 rows = NdRowsF32.of(map);
    for (int l = 0; l < L; l++) {
      s.weights.rows().get(s.row, l, 0, 0, L);
      if (isMissing(present, n, l, L)) {
        Arrays.fill(s.row, 0, L, 0f);
      }
      rows.put(s.row, 0, l, 0, L);
    }
    return map;
  }

  /** Work on Q, K and V of one example, {@code [L, 3D]}. */
  private interface Example {
    void run(Scratch s, Matrix qkv, int n, int L);
  }

  private void forEachExample(INDArray in, float[] present, Example body) {
    int L = (int) in.size(1);
    if (scratch.length < Workers.threads()) {
      scratch = Arrays.copyOf(scratch, Workers.threads());
    }
    for (int w = 0; w < scratch.length; w++) {
      scratch[w] = scratch[w] == null ? new Scratch() : scratch[w];
      scratch[w].prepare(L, (int) in.size(2) / 3);
    }
    Workers.run(
        (int) in.size(0),
        in.length(),
        (n, worker) -> {
          Scratch s = scratch[worker];
          body.run(s, s.qkv.read(layer, in, present, n, 0, L), n, L);
        });
  }

  /** Memory of one thread. */
  private static final class Scratch {
    private final QkvF32 qkv = new QkvF32();
    private final BlockF32 weights = new BlockF32();
    private final BlockF32 gradient = new BlockF32();
    private final BlockF32 above = new BlockF32();
    private float[] row;
    private float[] other;

    private void prepare(int L, int D) {
      row = ScratchF32.row(row, Math.max(L, D));
      other = ScratchF32.row(other, L);
    }
  }
}
