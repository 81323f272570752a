package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowSinkF32;
import io.github.dl4jsnn.internal.kernel.RowSourceF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution over the L positions of each step: {@code z[l] = sum over taps k of x[l +
 * offset(k)] W[:, k, :]}. One affine map makes the shares of an input row in all taps side by side,
 * event-driven or as a product, whatever is faster; then each output adds up its shares. Nothing of
 * the input is copied.
 */
final class ConvolutionMapF32 implements PositionMapF32 {
  private final ConvolutionTaps taps;
  private final AffineF32 affine;
  private final WeightNormF32 weightNorm = new WeightNormF32();
  private final BlockF32 shares = new BlockF32();
  private final BlockF32 gradient = new BlockF32();
  private INDArray weight;

  ConvolutionMapF32(String layer, ConvolutionTaps taps) {
    this.taps = taps;
    affine = new AffineF32(layer);
  }

  @Override
  public void forward(MapPassF32 pass, RowSinkF32 z, INDArray in, Map<String, INDArray> params) {
    weight = flat(weightNorm.forward(params));
    int H = pass.H;
    RowsF32 rows = shares.of(pass.rows(), taps.count() * H).rows();
    affine.forward(new Shares(pass, rows), in, weight, null);
    NodeChunks.run(
        pass.rows(),
        (long) pass.rows() * H * taps.count(),
        (from, to, chunk, worker) -> {
          RowsF32 source = rows.duplicate();
          RowSinkF32 dest = z.open();
          float[] sum = new float[H];
          float[] share = new float[H];
          for (int r = from; r < to; r++) {
            Arrays.fill(sum, 0f);
            for (int k = 0; k < taps.count(); k++) {
              if (reaches(r, taps.offset(k), pass.L)) {
                source.get(share, r + taps.offset(k), 0, k * H, H);
                RowMathF32.add(sum, share, H);
              }
            }
            dest.put(sum, r, 0);
          }
        });
  }

  /** Whether a row and the one at a distance are positions of the same step. */
  private static boolean reaches(int r, int offset, int L) {
    int l = r % L + offset;
    return l >= 0 && l < L;
  }

  /** Weights {@code [nIn, taps, H]} as {@code [nIn, taps * H]}. */
  private static INDArray flat(INDArray w) {
    return w.reshape('c', w.size(0), w.size(1) * w.size(2));
  }

  @Override
  public void backward(
      MapPassF32 pass,
      RowSourceF32 dz,
      INDArray in,
      Map<String, INDArray> params,
      Map<String, INDArray> gradients,
      INDArray dIn) {
    RowsF32 rows = gradient.of(pass.rows(), pass.H).rows();
    copy(pass, dz, rows);
    INDArray dWeight = weightNorm.gradient(params, gradients);
    affine.backward(new ShareGradients(pass, rows), in, weight, flat(dWeight), dIn);
    weightNorm.backward(params, gradients);
  }

  /** Each row is needed once for every tap. */
  private static void copy(MapPassF32 pass, RowSourceF32 dz, RowsF32 rows) {
    NodeChunks.run(
        pass.rows(),
        (long) pass.rows() * pass.H,
        (from, to, chunk, worker) -> {
          RowSourceF32 source = dz.open();
          RowsF32 dest = rows.duplicate();
          float[] row = new float[pass.H];
          for (int r = from; r < to; r++) {
            if (source.isZero(r, 0)) {
              Arrays.fill(row, 0f);
            } else {
              source.get(row, r, 0);
            }
            dest.put(row, r, 0, 0, pass.H);
          }
        });
  }

  /** Takes the shares of the inputs that are there. */
  private final class Shares implements RowSinkF32 {
    private final MapPassF32 pass;
    private final RowsF32 rows;

    private Shares(MapPassF32 pass, RowsF32 rows) {
      this.pass = pass;
      this.rows = rows;
    }

    @Override
    public Shares open() {
      return new Shares(pass, rows.duplicate());
    }

    @Override
    public void put(float[] row, int r, int t) {
      int width = taps.count() * pass.H;
      if (pass.missing(r)) {
        Arrays.fill(row, 0, width, 0f);
      }
      rows.put(row, r, 0, 0, width);
    }
  }

  /** Gradients of the shares: those of the outputs that each went to. */
  private final class ShareGradients implements RowSourceF32 {
    private final MapPassF32 pass;
    private final RowsF32 dz;
    private final float[] output;

    private ShareGradients(MapPassF32 pass, RowsF32 dz) {
      this.pass = pass;
      this.dz = dz;
      this.output = new float[pass.H];
    }

    @Override
    public ShareGradients open() {
      return new ShareGradients(pass, dz.duplicate());
    }

    @Override
    public boolean isZero(int r, int t) {
      return pass.missing(r);
    }

    @Override
    public void get(float[] row, int r, int t) {
      int H = pass.H;
      for (int k = 0; k < taps.count(); k++) {
        if (reaches(r, -taps.offset(k), pass.L)) {
          dz.get(output, r - taps.offset(k), 0, 0, H);
          System.arraycopy(output, 0, row, k * H, H);
        } else {
          Arrays.fill(row, k * H, (k + 1) * H, 0f);
        }
      }
    }
  }
}
