package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.DensityF32;
import io.github.dl4jsnn.internal.kernel.DropoutF32;
import io.github.dl4jsnn.internal.kernel.RowSinkF32;
import io.github.dl4jsnn.internal.kernel.RowSourceF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.SparseRowsF32;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The affine map {@code z = x W} of an array {@code [N, T, nIn]}: event-driven where most inputs
 * are 0, adding one row of {@code W} for each other one, else by matrix products. {@link Densities}
 * decides, in each call, from the density of the input.
 */
final class AffineF32 {
  private final String owner;
  private final SparseRowsF32 sparse = new SparseRowsF32();
  private final GemmAffineF32 product = new GemmAffineF32();
  private float[][] w;
  private float[][] dw;
  private DropoutF32 dropout;
  private double density;
  private boolean addsRows;

  AffineF32(String owner) {
    this.owner = owner;
  }

  /**
   * Forward pass.
   *
   * @param z (out) rows of H
   * @param in (in) {@code [N, nIn]} or {@code [N, T, nIn]}
   * @param weight (in) {@code [nIn, H]}
   * @param dropout of the input, or null
   */
  void forward(RowSinkF32 z, INDArray in, INDArray weight, DropoutF32 dropout) {
    int N = (int) in.size(0);
    int T = in.rank() == 3 ? (int) in.size(1) : 1;
    int nIn = (int) in.size(in.rank() - 1);
    int H = (int) weight.size(1);
    if (nIn != weight.size(0)) {
      throw new IllegalArgumentException(
          owner
              + ": expected "
              + weight.size(0)
              + " input features (nIn), got "
              + nIn
              + " in an input of shape "
              + Arrays.toString(in.shape()));
    }
    this.dropout = dropout;
    RowsF32 x = NdRowsF32.of(in);
    density = DensityF32.estimate(x, N, T, nIn) / (dropout == null ? 1 : dropout.scale());
    addsRows = Densities.addsRows(density, H, dropout != null);
    if (addsRows) {
      w = NdRowsF32.matrix(weight, w);
      sparse.collect(x, dropout, N, T, nIn);
      sparse.multiply(z, w, H);
    } else {
      product.forward(z, in, weight, dropout);
    }
  }

  /**
   * Backward pass of the last {@link #forward}.
   *
   * @param dz (in) rows of H
   * @param in (in) as in {@link #forward}
   * @param weight (in) as in {@link #forward}
   * @param dWeight (out) gradient of the weights
   * @param dIn (out) gradient of the input, or null
   */
  void backward(RowSourceF32 dz, INDArray in, INDArray weight, INDArray dWeight, INDArray dIn) {
    boolean gradientAddsRows = addsRows && Densities.gradientAddsRows(density);
    if (gradientAddsRows) {
      int nIn = (int) weight.size(0);
      int H = (int) weight.size(1);
      dw = ScratchF32.rows(dw, nIn, H);
      ScratchF32.clear(dw, nIn, H);
      sparse.addOuter(dw, dz, H);
      NdRowsF32.putMatrix(dWeight, dw);
    }
    if (!gradientAddsRows || dIn != null) {
      product.backward(dz, in, weight, dropout, gradientAddsRows ? null : dWeight, dIn);
    }
  }
}
