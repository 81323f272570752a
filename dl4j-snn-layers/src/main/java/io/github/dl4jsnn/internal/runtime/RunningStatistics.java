package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.internal.op.TemporalBatchNormOp;
import java.util.Map;
import org.deeplearning4j.nn.gradient.Gradient;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Running statistics among the parameters of a layer.
 *
 * <p>As in DL4J's BatchNormalization, their part of the network's gradient array holds what is to
 * be subtracted from them, so that training on several workers shares them like the rest. DL4J
 * clips and renormalises gradients by way of the layer's gradient view and its gradients by name;
 * here both end before the statistics, which stand last.
 */
final class RunningStatistics {
  private RunningStatistics() {}

  /** Takes the steps out of the gradients by name. */
  static void hide(Gradient gradient) {
    gradient.gradientForVariable().keySet().removeIf(TemporalBatchNormOp::isStatistic);
  }

  /** The part of a layer's gradient array that holds gradients. */
  static INDArray withoutSteps(INDArray gradients, Map<String, INDArray> byName) {
    if (gradients == null) {
      return null;
    }
    long length =
        byName.entrySet().stream()
            .filter(e -> !TemporalBatchNormOp.isStatistic(e.getKey()))
            .mapToLong(e -> e.getValue().length())
            .sum();
    return gradients.reshape(gradients.length()).get(NDArrayIndex.interval(0, length));
  }

  /**
   * Writes {@code (1 - decay) * (running - batch)}, by array operations of any ND4J backend.
   *
   * @param x (in) {@code [N, T, F]}
   * @param mask (in) {@code [N, T]} or null
   * @param decay of the running statistics
   * @param params (in) parameters
   * @param steps (out) steps, by the same names
   */
  static void putSteps(
      INDArray x,
      INDArray mask,
      double decay,
      Map<String, INDArray> params,
      Map<String, INDArray> steps) {
    INDArray running = params.get(TemporalBatchNormOp.MEAN);
    int[] axes = running.rank() == 2 ? new int[] {0} : new int[] {0, 1};
    INDArray present =
        mask == null
            ? Nd4j.ones(x.dataType(), x.size(0), x.size(1), 1)
            : mask.reshape(mask.size(0), mask.size(1), 1);
    INDArray count = present.sum(true, axes);
    INDArray moves =
        count.gte(TemporalBatchNormOp.FEWEST_VALUES).castTo(x.dataType()).muli(1 - decay);
    INDArray values = count.add(count.lt(1).castTo(x.dataType()));
    INDArray mean = x.mul(present).sum(true, axes).div(values);
    INDArray deviation = x.sub(mean);
    INDArray var = deviation.mul(deviation).mul(present).sum(true, axes).div(values);
    putStep(steps, TemporalBatchNormOp.MEAN, params, mean, moves);
    putStep(steps, TemporalBatchNormOp.VARIANCE, params, var, moves);
  }

  private static void putStep(
      Map<String, INDArray> steps,
      String name,
      Map<String, INDArray> params,
      INDArray batch,
      INDArray moves) {
    INDArray running = params.get(name);
    INDArray step = running.reshape(batch.shape()).sub(batch).mul(moves);
    steps.get(name).assign(step.reshape(running.shape()));
  }
}
