package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link FiringRateOp} in this file's precision. */
final class FiringRateOpF32 implements FiringRateOp {

  @Override
  public double[] rates(INDArray in, INDArray mask) {
    SequenceBlocks split = new SequenceBlocks(in);
    float[][] present = mask == null ? null : NdRowsF32.matrix(mask, null);
    RowsF32 rows = NdRowsF32.of(in);
    float[][][] sums = new float[split.blocks][split.chunks][SequenceBlocks.WIDTH];
    split.forEach(
        (block, chunk, n, worker) -> {
          RowsF32 from = rows.duplicate();
          float[] x = new float[SequenceBlocks.WIDTH];
          int width = split.width(block);
          for (int t = 0; t < split.T; t++) {
            if (present == null || present[n][t] != 0) {
              from.get(x, n, t, SequenceBlocks.from(block), width);
              RowMathF32.add(sums[block][chunk], x, width);
            }
          }
        });
    double count = FiringRateOp.presentSteps(in, mask);
    double[] rates = new double[split.F];
    for (int f = 0; f < rates.length; f++) {
      for (float[] part : sums[f / SequenceBlocks.WIDTH]) {
        rates[f] += part[f % SequenceBlocks.WIDTH];
      }
      rates[f] /= count;
    }
    return rates;
  }

  @Override
  public void addGradient(INDArray mask, INDArray g, double[] slope, INDArray dIn) {
    SequenceBlocks split = new SequenceBlocks(g);
    float[][] present = mask == null ? null : NdRowsF32.matrix(mask, null);
    float[][] slopes = new float[split.blocks][SequenceBlocks.WIDTH];
    for (int f = 0; f < slope.length; f++) {
      slopes[f / SequenceBlocks.WIDTH][f % SequenceBlocks.WIDTH] = (float) slope[f];
    }
    RowsF32 gRows = NdRowsF32.of(g);
    RowsF32 dx = NdRowsF32.of(dIn);
    split.forEach(
        (block, chunk, n, worker) -> {
          RowsF32 from = gRows.duplicate();
          RowsF32 to = dx.duplicate();
          float[] d = new float[SequenceBlocks.WIDTH];
          int first = SequenceBlocks.from(block);
          int width = split.width(block);
          for (int t = 0; t < split.T; t++) {
            from.get(d, n, t, first, width);
            if (present == null || present[n][t] != 0) {
              RowMathF32.add(d, slopes[block], width);
            }
            to.put(d, n, t, first, width);
          }
        });
  }
}
