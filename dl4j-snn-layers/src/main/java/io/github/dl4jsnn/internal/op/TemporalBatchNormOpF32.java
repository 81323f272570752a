package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.BatchNormKernelF32;
import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link TemporalBatchNormOp} in this file's precision. Each block of features is a problem of its
 * own, {@link FeatureBlockF32}; the row steps are those of {@link BatchNormKernelF32}.
 */
final class TemporalBatchNormOpF32 implements TemporalBatchNormOp {
  private final String layer;
  private final double scale;
  private final double eps;
  private final double decay;
  private SequenceBlocks split;
  private FeatureBlockF32[] blocks = new FeatureBlockF32[0];
  private Scratch[] scratch = new Scratch[0];

  TemporalBatchNormOpF32(String layer, double scale, double eps, double decay) {
    this.layer = layer;
    this.scale = scale;
    this.eps = eps;
    this.decay = decay;
  }

  @Override
  public void forward(
      INDArray in, INDArray mask, Map<String, INDArray> params, boolean training, INDArray out) {
    prepare(in, params);
    float[][] present = mask == null ? null : NdRowsF32.matrix(mask, null);
    int[] counts = counts(present);
    for (FeatureBlockF32 b : blocks) {
      b.readParameters(params, scale);
      b.count(counts, training);
    }
    RowsF32 x = NdRowsF32.of(in);
    if (training) {
      batchStatistics(x, present);
    }
    for (FeatureBlockF32 b : blocks) {
      b.chooseStatistics(eps);
    }
    normalise(x, present, NdRowsF32.of(out));
  }

  /** Mean, then the variance around it: one pass loses digits when the mean is large. */
  private void batchStatistics(RowsF32 x, float[][] present) {
    forEachRow(
        x, present, (b, chunk, s, n, t) -> RowMathF32.add(b.shiftSum(chunk, t), s.x, b.width));
    for (FeatureBlockF32 b : blocks) {
      b.finishMean();
    }
    forEachRow(
        x,
        present,
        (b, chunk, s, n, t) ->
            BatchNormKernelF32.addSquares(b.scaleSum(chunk, t), s.x, b.batchMean(t), b.width));
    for (FeatureBlockF32 b : blocks) {
      if (!b.finishVariance()) {
        throw new IllegalArgumentException(
            layer + ": the input holds NaN, infinite or too large values");
      }
    }
  }

  private void normalise(RowsF32 x, float[][] present, RowsF32 out) {
    RowsF32[] y = perWorker(out);
    forEachRow(
        x,
        present,
        (b, chunk, s, n, t) -> {
          BatchNormKernelF32.forward(
              s.x, s.x, b.mean(t), b.inverse(t), b.scale[t], b.shift[t], b.width);
          if (!RowMathF32.isFinite(s.x, b.width)) {
            throw new IllegalArgumentException(
                layer + ": the input of example " + n + " holds NaN or infinite values");
          }
          y[s.worker].put(s.x, n, t, b.from, b.width);
        },
        (b, s, n, t) -> y[s.worker].put(s.zero, n, t, b.from, b.width));
  }

  @Override
  public void backward(
      INDArray in,
      INDArray mask,
      Map<String, INDArray> params,
      INDArray g,
      Map<String, INDArray> gradients,
      INDArray dIn) {
    RowsF32 x = NdRowsF32.of(in);
    float[][] present = mask == null ? null : NdRowsF32.matrix(mask, null);
    RowsF32[] gRows = perWorker(NdRowsF32.of(g));
    RowsF32[] dx = perWorker(NdRowsF32.of(dIn));
    for (FeatureBlockF32 b : blocks) {
      b.clearSums();
    }
    forEachRow(
        x,
        present,
        (b, chunk, s, n, t) -> {
          gRows[s.worker].get(s.g, n, t, b.from, b.width);
          BatchNormKernelF32.addGradients(
              b.shiftSum(chunk, t),
              b.scaleSum(chunk, t),
              s.g,
              s.x,
              b.mean(t),
              b.inverse(t),
              b.width);
        });
    float[] dStep = new float[split.T];
    for (FeatureBlockF32 b : blocks) {
      b.finishGradients(gradients, dStep, scale, decay);
    }
    NdRowsF32.putVector(gradients.get(STEP_WEIGHT), dStep);
    forEachRow(
        x,
        present,
        (b, chunk, s, n, t) -> {
          gRows[s.worker].get(s.g, n, t, b.from, b.width);
          BatchNormKernelF32.backward(
              s.g, s.x, b.mean(t), b.inverse(t), b.scale[t], b.meanD(t), b.meanDx(t), b.width);
          dx[s.worker].put(s.g, n, t, b.from, b.width);
        },
        (b, s, n, t) -> dx[s.worker].put(s.zero, n, t, b.from, b.width));
  }

  private void prepare(INDArray in, Map<String, INDArray> params) {
    SequenceBlocks next = new SequenceBlocks(in);
    if (!next.sameAs(split)) {
      split = next;
      boolean perStep = params.get(MEAN).rank() == 2;
      blocks = new FeatureBlockF32[split.blocks];
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] =
            new FeatureBlockF32(
                SequenceBlocks.from(i), split.width(i), split.T, split.chunks, perStep);
      }
    }
    if (scratch.length != Workers.threads()) {
      scratch = new Scratch[Workers.threads()];
      for (int w = 0; w < scratch.length; w++) {
        scratch[w] = new Scratch(w);
      }
    }
  }

  /** Number of examples at each step. */
  private int[] counts(float[][] present) {
    int[] counts = new int[split.T];
    for (int n = 0; n < split.N; n++) {
      for (int t = 0; t < split.T; t++) {
        counts[t] += present == null || present[n][t] != 0 ? 1 : 0;
      }
    }
    return counts;
  }

  private RowsF32[] perWorker(RowsF32 rows) {
    RowsF32[] copies = new RowsF32[scratch.length];
    for (int w = 0; w < copies.length; w++) {
      copies[w] = rows.duplicate();
    }
    return copies;
  }

  /** Work on one row, which has been read into the scratch space. */
  private interface PresentRow {
    void run(FeatureBlockF32 b, int chunk, Scratch s, int n, int t);
  }

  /** Work on one row that the mask leaves out. */
  private interface MissingRow {
    void run(FeatureBlockF32 b, Scratch s, int n, int t);
  }

  private void forEachRow(RowsF32 x, float[][] present, PresentRow body) {
    forEachRow(x, present, body, (b, s, n, t) -> {});
  }

  private void forEachRow(RowsF32 x, float[][] present, PresentRow body, MissingRow missing) {
    RowsF32[] rows = perWorker(x);
    split.forEach(
        (block, chunk, n, worker) -> {
          FeatureBlockF32 b = blocks[block];
          Scratch s = scratch[worker];
          for (int t = 0; t < split.T; t++) {
            if (present == null || present[n][t] != 0) {
              rows[worker].get(s.x, n, t, b.from, b.width);
              body.run(b, chunk, s, n, t);
            } else {
              missing.run(b, s, n, t);
            }
          }
        });
  }

  /** Rows of one thread. */
  private static final class Scratch {
    private final int worker;
    private final float[] x = new float[SequenceBlocks.WIDTH];
    private final float[] g = new float[SequenceBlocks.WIDTH];
    private final float[] zero = new float[SequenceBlocks.WIDTH];

    private Scratch(int worker) {
      this.worker = worker;
    }
  }
}
