package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractSnnLayer;
import io.github.dl4jsnn.internal.op.TemporalBatchNormOp;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer with running statistics among its parameters, see {@link RunningStatistics}.
 *
 * @param <C> configuration
 */
abstract class FusedBatchNorm<C extends AbstractSnnLayer> extends FusedLayer<C> {
  private static final long serialVersionUID = 1L;

  FusedBatchNorm(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr mgr) {
    Pair<Gradient, INDArray> p = super.backpropGradient(epsilon, mgr);
    RunningStatistics.hide(p.getFirst());
    return p;
  }

  @Override
  public INDArray getGradientsViewArray() {
    return RunningStatistics.withoutSteps(gradients, gradTable);
  }

  @Override
  public boolean updaterDivideByMinibatch(String paramName) {
    return !TemporalBatchNormOp.isStatistic(paramName);
  }
}
