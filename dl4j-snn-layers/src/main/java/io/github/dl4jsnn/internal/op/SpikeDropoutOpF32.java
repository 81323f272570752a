package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.DropoutF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link SpikeDropoutOp} in this file's precision; the mask is that of {@link DropoutF32}. */
final class SpikeDropoutOpF32 implements SpikeDropoutOp {
  /** Examples of one task. */
  private static final int CHUNK = 16;

  private final double retain;

  SpikeDropoutOpF32(double retain) {
    this.retain = retain;
  }

  @Override
  public void apply(INDArray in, long seed, INDArray out) {
    int N = (int) in.size(0);
    int T = (int) in.size(1);
    int F = (int) in.size(2);
    DropoutF32 dropout = new DropoutF32(retain, false, seed, T);
    RowsF32 x = NdRowsF32.of(in);
    RowsF32 y = NdRowsF32.of(out);
    Workers.run(
        (N + CHUNK - 1) / CHUNK,
        in.length(),
        (task, worker) -> {
          RowsF32 from = x.duplicate();
          RowsF32 to = y.duplicate();
          float[] row = new float[F];
          long[] kept = new long[DropoutF32.words(F)];
          for (int n = task * CHUNK; n < Math.min(N, (task + 1) * CHUNK); n++) {
            dropout.mask(kept, n, 0, F);
            for (int t = 0; t < T; t++) {
              from.get(row, n, t, 0, F);
              dropout.apply(row, kept, F);
              to.put(row, n, t, 0, F);
            }
          }
        });
  }
}
