package io.github.dl4jsnn.internal.definition;

import io.github.dl4jsnn.internal.op.TemporalBatchNormOp;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batch normalisation of sequences; the equation is that of {@link
 * io.github.dl4jsnn.conf.AbstractTemporalBatchNormLayer}. Every array has rank 3, since ND4J
 * 1.0.0-M2.1 cannot reduce a matrix over an axis of size 1 in a graph.
 */
public final class BatchNormDefinition {
  /** Name of the constant {@code [1]} that is 1 while training, else 0; the runtime sets it. */
  public static final String TRAINING = "training";

  private BatchNormDefinition() {}

  /**
   * Normalises.
   *
   * @param sd graph
   * @param x {@code [N, T, F]}
   * @param mask {@code [N, T]}
   * @param params by the names in {@link TemporalBatchNormOp}
   * @param perStep whether statistics are those of one step
   * @param scale constant factor of gamma
   * @param eps added to the variance
   * @return {@code [N, T, F]}
   */
  public static SDVariable define(
      SameDiff sd,
      SDVariable x,
      SDVariable mask,
      Map<String, SDVariable> params,
      boolean perStep,
      double scale,
      double eps) {
    int[] axes = perStep ? new int[] {0} : new int[] {0, 1};
    SDVariable present = sd.expandDims(mask, 2);
    SDVariable count = sd.sum(present, true, axes);
    SDVariable values = count.add(sd.lt(count, 1.0).castTo(x.dataType())); // no division by 0
    SDVariable batchMean = sd.sum(x.mul(present), true, axes).div(values);
    SDVariable deviation = sd.math().square(x.sub(batchMean)).mul(present);
    SDVariable batchVar = sd.sum(deviation, true, axes).div(values);

    SDVariable training = sd.constant(TRAINING, Nd4j.ones(x.dataType(), 1, 1, 1));
    SDVariable enough =
        sd.gte(count, (double) TemporalBatchNormOp.FEWEST_VALUES).castTo(x.dataType());
    SDVariable ofBatch = SpikeDefinition.constant(sd, enough.mul(training));
    SDVariable mean = choose(ofBatch, batchMean, perFeature(params, TemporalBatchNormOp.MEAN));
    SDVariable var = choose(ofBatch, batchVar, perFeature(params, TemporalBatchNormOp.VARIANCE));

    SDVariable normalised = x.sub(mean).div(sd.math().sqrt(var.add(eps)));
    SDVariable y = normalised.mul(perFeature(params, TemporalBatchNormOp.GAMMA)).mul(scale);
    if (params.containsKey(TemporalBatchNormOp.BETA)) {
      y = y.add(perFeature(params, TemporalBatchNormOp.BETA));
    }
    if (params.containsKey(TemporalBatchNormOp.STEP_WEIGHT)) {
      y = y.mul(sd.reshape(params.get(TemporalBatchNormOp.STEP_WEIGHT), 1, -1, 1));
    }
    return y.mul(present);
  }

  private static SDVariable choose(SDVariable first, SDVariable a, SDVariable b) {
    return a.mul(first).add(b.mul(first.rsub(1.0)));
  }

  /** {@code [F]} as {@code [1, 1, F]}, {@code [T, F]} as {@code [1, T, F]}. */
  private static SDVariable perFeature(Map<String, SDVariable> params, String name) {
    SDVariable p = params.get(name);
    long[] shape = p.getShape();
    return shape.length == 1
        ? p.getSameDiff().reshape(p, 1, 1, shape[0])
        : p.getSameDiff().reshape(p, 1, shape[0], shape[1]);
  }
}
