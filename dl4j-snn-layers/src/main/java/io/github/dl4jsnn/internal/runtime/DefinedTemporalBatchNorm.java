package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractTemporalBatchNormLayer;
import io.github.dl4jsnn.internal.definition.BatchNormDefinition;
import io.github.dl4jsnn.internal.op.TemporalBatchNormOp;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link AbstractTemporalBatchNormLayer} computed by its SameDiff definition: tells the graph
 * whether it trains, and puts the steps of the running statistics where SameDiff leaves a gradient.
 */
public final class DefinedTemporalBatchNorm extends DefinedLayer {
  private static final long serialVersionUID = 1L;

  private boolean training = true;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public DefinedTemporalBatchNorm(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr mgr) {
    this.training = training;
    tellGraph();
    return super.activate(training, mgr);
  }

  @Override
  protected void doInit() {
    super.doInit();
    tellGraph();
  }

  private void tellGraph() {
    if (sameDiff != null) {
      sameDiff.getVariable(BatchNormDefinition.TRAINING).getArr().assign(training ? 1 : 0);
    }
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr mgr) {
    Pair<Gradient, INDArray> p = super.backpropGradient(epsilon, mgr);
    if (training) {
      double decay = ((AbstractTemporalBatchNormLayer) config()).getDecay();
      RunningStatistics.putSteps(inputNwc(), maskArray, decay, paramTable, gradTable);
    } else {
      gradTable.get(TemporalBatchNormOp.MEAN).assign(0);
      gradTable.get(TemporalBatchNormOp.VARIANCE).assign(0);
    }
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
