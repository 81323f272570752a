package io.github.dl4jsnn.internal.op;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@link FiringRateOp} with array operations of any ND4J backend. */
final class FiringRateArrays implements FiringRateOp {

  @Override
  public double[] rates(INDArray in, INDArray mask) {
    INDArray sum = in.mul(present(in, mask)).sum(0, 1);
    return sum.div(FiringRateOp.presentSteps(in, mask)).toDoubleVector();
  }

  @Override
  public void addGradient(INDArray mask, INDArray g, double[] slope, INDArray dIn) {
    INDArray perFeature =
        Nd4j.createFromArray(slope).castTo(g.dataType()).reshape(1, 1, slope.length);
    dIn.assign(g.add(present(g, mask).mul(perFeature)));
  }

  private static INDArray present(INDArray like, INDArray mask) {
    return mask == null
        ? Nd4j.ones(like.dataType(), like.size(0), like.size(1), 1)
        : mask.reshape(mask.size(0), mask.size(1), 1);
  }
}
