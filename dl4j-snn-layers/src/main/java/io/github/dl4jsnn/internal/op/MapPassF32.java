package io.github.dl4jsnn.internal.op;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Sizes and mask of one pass of a {@link SpikingMapOp}. */
final class MapPassF32 {
  /** Examples. */
  final int N;

  /** Steps. */
  final int T;

  /** Positions. */
  final int L;

  /** Currents of an example: T*L, or L if each is held for all steps. */
  final int P;

  /** Outputs. */
  final int H;

  /** Whether a current is held. */
  final boolean repeat;

  /** {@code [N * P]}, 0 where an entry is missing, or null. */
  private final float[] mask;

  MapPassF32(SpikingMapSettings settings, INDArray in, INDArray mask, INDArray sequence) {
    N = (int) in.size(0);
    P = (int) in.size(1);
    T = settings.timeSteps;
    repeat = settings.repeat;
    L = repeat ? P : P / T;
    H = (int) sequence.size(2);
    this.mask = NdRowsF32.mask(mask);
  }

  /** All entries of all examples. */
  int rows() {
    return Math.multiplyExact(N, P);
  }

  /** Entry of the currents of an example at a step and a position. */
  int current(int t, int l) {
    return repeat ? l : t * L + l;
  }

  boolean missing(int row) {
    return mask != null && mask[row] == 0;
  }

  /** Number of entries that are there. */
  int present() {
    int count = rows();
    for (int r = 0; mask != null && r < rows(); r++) {
      count -= missing(r) ? 1 : 0;
    }
    return count;
  }

  /** Clears the entries of a block of positions that are missing. */
  void clearMissing(float[] block, int firstRow, int positions) {
    for (int j = 0; mask != null && j < positions; j++) {
      if (missing(firstRow + j)) {
        Arrays.fill(block, j * H, (j + 1) * H, 0f);
      }
    }
  }
}
