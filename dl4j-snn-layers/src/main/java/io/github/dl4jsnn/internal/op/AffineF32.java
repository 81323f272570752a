package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.DropoutF32;
import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.SparseRowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The affine map {@code z = x W} of an array {@code [N, T, nIn]}, event-driven: it adds rows of
 * {@code W}, one for each non-zero input.
 */
final class AffineF32 {
  /** Rows of one task of the input gradient. */
  private static final int CHUNK = 64;

  private final String owner;
  private final SparseRowsF32 sparse = new SparseRowsF32();
  private float[][] w;
  private float[][] dw;
  private float[][] transposed;
  private DropoutF32 dropout;
  private int N;
  private int T;
  private int nIn;
  private int H;
  private long entries;

  AffineF32(String owner) {
    this.owner = owner;
  }

  /**
   * Forward pass.
   *
   * @param z (out) N rows of {@code T * H}
   * @param in (in) {@code [N, nIn]} or {@code [N, T, nIn]}
   * @param weight (in) {@code [nIn, H]}
   * @param dropout of the input, or null
   */
  void forward(float[][] z, INDArray in, INDArray weight, DropoutF32 dropout) {
    this.dropout = dropout;
    N = (int) in.size(0);
    T = in.rank() == 3 ? (int) in.size(1) : 1;
    nIn = (int) in.size(in.rank() - 1);
    H = (int) weight.size(1);
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
    w = NdRowsF32.matrix(weight, w);
    entries = sparse.collect(NdRowsF32.of(in), dropout, N, T, nIn);
    sparse.multiply(z, w, H);
  }

  /**
   * Backward pass of the last {@link #forward}.
   *
   * @param dz (in) N rows of {@code T * H}
   * @param zero rows of dz that are 0
   * @param dWeight (out) gradient of the weights
   * @param dIn (out) gradient of the input, or null
   */
  void backward(float[][] dz, boolean[] zero, INDArray dWeight, INDArray dIn) {
    dw = ScratchF32.rows(dw, nIn, H);
    ScratchF32.clear(dw, nIn, H);
    sparse.addOuter(dw, dz, zero, H);
    NdRowsF32.putMatrix(dWeight, dw);
    if (dIn != null) {
      inputGradient(dz, zero, dIn);
    }
  }

  private void inputGradient(float[][] dz, boolean[] zero, INDArray dIn) {
    transposed = ScratchF32.rows(transposed, H, nIn);
    for (int f = 0; f < nIn; f++) {
      for (int h = 0; h < H; h++) {
        transposed[h][f] = w[f][h];
      }
    }
    RowsF32 dest = NdRowsF32.of(dIn);
    Workers.run(
        (N + CHUNK - 1) / CHUNK,
        (long) N * T * nIn,
        (task, worker) -> {
          RowsF32 rows = dest.duplicate();
          float[] d = new float[nIn];
          float[] nothing = new float[nIn];
          long[] keep = new long[DropoutF32.words(nIn)];
          for (int n = task * CHUNK; n < Math.min(N, (task + 1) * CHUNK); n++) {
            for (int t = 0; t < T; t++) {
              if (zero[n]) {
                rows.put(nothing, n, t, 0, nIn);
                continue;
              }
              inputGradientRow(d, dz[n], t * H);
              if (dropout != null) {
                if (!dropout.sameAsBefore(t)) {
                  dropout.mask(keep, n, t, nIn);
                }
                dropout.apply(d, keep, nIn);
              }
              rows.put(d, n, t, 0, nIn);
            }
          }
        });
  }

  /** {@code d = W dz[at .. at + H)}. */
  private void inputGradientRow(float[] d, float[] dz, int at) {
    Arrays.fill(d, 0f);
    int h = 0;
    for (; h <= H - 4; h += 4) {
      RowMathF32.addFour(
          d,
          transposed[h],
          dz[at + h],
          transposed[h + 1],
          dz[at + h + 1],
          transposed[h + 2],
          dz[at + h + 2],
          transposed[h + 3],
          dz[at + h + 3],
          nIn);
    }
    for (; h < H; h++) {
      RowMathF32.addScaled(d, transposed[h], dz[at + h], nIn);
    }
  }

  long accumulates() {
    return entries * H;
  }

  long denseMultiplications() {
    return (long) N * T * nIn * H;
  }
}
