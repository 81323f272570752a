package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowSinkF32;
import io.github.dl4jsnn.internal.kernel.RowSourceF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link SpikingDenseOp} in this file's precision. */
final class SpikingDenseOpF32 implements SpikingDenseOp {
  private final String layer;
  private final AffineF32 affine;
  private int T;
  private int H;
  private boolean[] zero = new boolean[0];

  SpikingDenseOpF32(String layer) {
    this.layer = layer;
    this.affine = new AffineF32(layer);
  }

  @Override
  public void forward(INDArray in, INDArray mask, Map<String, INDArray> params, INDArray out) {
    sizes(out);
    float[] bias = NdRowsF32.vector(params.get(GraphConvOp.BIAS), H, 0f);
    Currents currents = new Currents(NdRowsF32.of(out), bias, NdRowsF32.mask(mask));
    affine.forward(currents, in, params.get(GraphConvOp.WEIGHT), null);
  }

  @Override
  public void backward(
      INDArray in,
      INDArray mask,
      Map<String, INDArray> params,
      INDArray g,
      Map<String, INDArray> gradients,
      INDArray dIn) {
    sizes(g);
    RowsF32 rows = NdRowsF32.of(g);
    NdRowsF32.putVector(
        gradients.get(GraphConvOp.BIAS), sum(rows, NdRowsF32.mask(mask), (int) g.size(0)));
    affine.backward(
        new Gradients(rows),
        in,
        params.get(GraphConvOp.WEIGHT),
        gradients.get(GraphConvOp.WEIGHT),
        dIn);
  }

  private void sizes(INDArray result) {
    T = result.rank() == 3 ? (int) result.size(1) : 1;
    H = (int) result.size(result.rank() - 1);
  }

  /** Gradient of the bias; notes on the way which rows are 0 or missing. */
  private float[] sum(RowsF32 g, float[] mask, int N) {
    if (zero.length < N * T) {
      zero = new boolean[N * T];
    }
    float[][] sums = new float[NodeChunks.count(N)][H];
    NodeChunks.run(
        N,
        (long) N * T * H,
        (from, to, chunk, worker) -> {
          RowsF32 rows = g.duplicate();
          float[] row = new float[H];
          for (int r = from * T; r < to * T; r++) {
            rows.get(row, r / T, r % T, 0, H);
            zero[r] = isMissing(mask, r) || RowMathF32.isZero(row, H);
            if (!zero[r]) {
              RowMathF32.add(sums[chunk], row, H);
            }
          }
        });
    return RowMathF32.total(sums);
  }

  private static boolean isMissing(float[] mask, int r) {
    return mask != null && mask[r] == 0;
  }

  /** Adds the bias on the way out. */
  private final class Currents implements RowSinkF32 {
    private final RowsF32 out;
    private final float[] bias;
    private final float[] mask;

    private Currents(RowsF32 out, float[] bias, float[] mask) {
      this.out = out;
      this.bias = bias;
      this.mask = mask;
    }

    @Override
    public Currents open() {
      return new Currents(out.duplicate(), bias, mask);
    }

    @Override
    public void put(float[] row, int n, int t) {
      if (isMissing(mask, n * T + t)) {
        Arrays.fill(row, 0, H, 0f);
      } else {
        RowMathF32.add(row, bias, H);
        if (!RowMathF32.isFinite(row, H)) {
          throw new IllegalArgumentException(
              layer
                  + ": the current of example "
                  + n
                  + " is NaN or infinite; check input, weights and bias");
        }
      }
      out.put(row, n, t, 0, H);
    }
  }

  /** Gradients from above, without the rows that are 0 or missing. */
  private final class Gradients implements RowSourceF32 {
    private final RowsF32 g;

    private Gradients(RowsF32 g) {
      this.g = g;
    }

    @Override
    public Gradients open() {
      return new Gradients(g.duplicate());
    }

    @Override
    public boolean isZero(int n, int t) {
      return zero[n * T + t];
    }

    @Override
    public void get(float[] row, int n, int t) {
      g.get(row, n, t, 0, H);
    }
  }
}
