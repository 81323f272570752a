package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.blas.Gemm;
import io.github.dl4jsnn.internal.blas.Matrix;
import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowSinkF32;
import io.github.dl4jsnn.internal.kernel.RowSourceF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The affine map of each entry with what its position adds: {@code z[n, p] = x[n, p] W + c[p] W2 +
 * b}. The code is the same for all examples, so its map is computed once for all.
 */
final class CodedAffineF32 {
  private final AffineF32 affine;
  private final Gemm gemm = Gemm.get();
  private final BlockF32 coded = new BlockF32();
  private final BlockF32 sums = new BlockF32();
  private int S;
  private int H;

  CodedAffineF32(String layer) {
    this.affine = new AffineF32(layer);
  }

  /**
   * Currents of all entries; 0 where one is missing, whatever the input holds there.
   *
   * @param in (in) {@code [N, S, nIn]}
   * @param mask (in) {@code [N, S]} or null
   * @param codes (in) {@code [S or more, width]} or null
   * @param params (in) parameters by the names of {@link SpikeRecurrentOp}
   * @param z (out) {@code [N, S, H]}
   */
  void forward(
      INDArray in, INDArray mask, INDArray codes, Map<String, INDArray> params, INDArray z) {
    S = (int) z.size(1);
    H = (int) z.size(2);
    Currents currents = new Currents(NdRowsF32.of(z), offsets(codes, params), mask(mask));
    affine.forward(currents, in, params.get(SpikeRecurrentOp.WEIGHT), null);
  }

  private static float[] mask(INDArray mask) {
    return NdRowsF32.mask(mask);
  }

  /** {@code c[p] W2 + b} of each position, or one row {@code b} for all. */
  private float[][] offsets(INDArray codes, Map<String, INDArray> params) {
    float[] bias = NdRowsF32.vector(params.get(SpikeRecurrentOp.BIAS), H, 0f);
    if (codes == null) {
      return new float[][] {bias};
    }
    Matrix weight = Matrix.of(params.get(SpikeRecurrentOp.CODE_WEIGHT));
    gemm.multiply(coded.of(S, H).matrix(S), Matrix.of(codes).rows(0, S), weight, false);
    RowsF32 rows = coded.rows();
    float[][] offsets = new float[S][H];
    for (int p = 0; p < S; p++) {
      rows.get(offsets[p], p, 0, 0, H);
      RowMathF32.add(offsets[p], bias, H);
    }
    return offsets;
  }

  /**
   * Backward pass of the last {@link #forward}.
   *
   * @param in (in) as in {@link #forward}
   * @param mask (in) as in {@link #forward}
   * @param codes (in) as in {@link #forward}
   * @param params (in) as in {@link #forward}
   * @param dz (in) gradient of the currents, 0 where an entry is missing
   * @param gradients (out) gradients of the parameters
   * @param dIn (out) gradient of the input
   */
  void backward(
      INDArray in,
      INDArray mask,
      INDArray codes,
      Map<String, INDArray> params,
      INDArray dz,
      Map<String, INDArray> gradients,
      INDArray dIn) {
    affine.backward(
        new Gradients(NdRowsF32.of(dz), mask(mask)),
        in,
        params.get(SpikeRecurrentOp.WEIGHT),
        gradients.get(SpikeRecurrentOp.WEIGHT),
        dIn);
    INDArray dBias = gradients.get(SpikeRecurrentOp.BIAS);
    if (dBias == null && codes == null) {
      return;
    }
    sumOverExamples(NdRowsF32.of(dz), (int) dz.size(0));
    if (codes != null) {
      Matrix dWeight = Matrix.of(gradients.get(SpikeRecurrentOp.CODE_WEIGHT));
      gemm.multiply(dWeight, Matrix.of(codes).rows(0, S).transpose(), sums.matrix(S), false);
    }
    if (dBias != null) {
      NdRowsF32.putVector(dBias, total(sums.rows()));
    }
  }

  /** Row p of {@link #sums} is the sum of {@code dz[n, p]} over n. */
  private void sumOverExamples(RowsF32 dz, int N) {
    RowsF32 dest = sums.of(S, H).rows();
    Workers.run(
        S,
        (long) N * S * H,
        (p, worker) -> {
          RowsF32 source = dz.duplicate();
          float[] sum = new float[H];
          float[] row = new float[H];
          for (int n = 0; n < N; n++) {
            source.get(row, n, p, 0, H);
            RowMathF32.add(sum, row, H);
          }
          dest.duplicate().put(sum, p, 0, 0, H);
        });
  }

  private float[] total(RowsF32 rows) {
    float[] total = new float[H];
    float[] row = new float[H];
    for (int p = 0; p < S; p++) {
      rows.get(row, p, 0, 0, H);
      RowMathF32.add(total, row, H);
    }
    return total;
  }

  /** Adds bias and code on the way out. */
  private final class Currents implements RowSinkF32 {
    private final RowsF32 z;
    private final float[][] offsets;
    private final float[] present;

    private Currents(RowsF32 z, float[][] offsets, float[] present) {
      this.z = z;
      this.offsets = offsets;
      this.present = present;
    }

    @Override
    public Currents open() {
      return new Currents(z.duplicate(), offsets, present);
    }

    @Override
    public void put(float[] row, int n, int p) {
      if (present != null && present[n * S + p] == 0) {
        Arrays.fill(row, 0, H, 0f);
      } else {
        RowMathF32.add(row, offsets[offsets.length == 1 ? 0 : p], H);
      }
      z.put(row, n, p, 0, H);
    }
  }

  /** Gradients of the currents of entries that are not missing. */
  private final class Gradients implements RowSourceF32 {
    private final RowsF32 dz;
    private final float[] present;

    private Gradients(RowsF32 dz, float[] present) {
      this.dz = dz;
      this.present = present;
    }

    @Override
    public Gradients open() {
      return new Gradients(dz.duplicate(), present);
    }

    @Override
    public boolean isZero(int n, int p) {
      return present != null && present[n * S + p] == 0;
    }

    @Override
    public void get(float[] row, int n, int p) {
      dz.get(row, n, p, 0, H);
    }
  }
}
