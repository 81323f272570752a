package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.internal.definition.BatchNormDefinition;
import io.github.dl4jsnn.internal.op.TemporalBatchNormOp;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer with batch normalisation, computed by its SameDiff definition: tells the graph whether it
 * trains, and puts the steps of the running statistics where SameDiff leaves a gradient.
 */
abstract class DefinedBatchNorm extends DefinedLayer {
  private static final long serialVersionUID = 1L;

  private boolean training = true;

  DefinedBatchNorm(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  /** What the last forward pass normalised, {@code [N, S, F]}. */
  abstract INDArray normalised();

  /** Decay of the running statistics. */
  abstract double decay();

  /** Whether there are statistics. */
  boolean normalises() {
    return true;
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
    if (sameDiff != null && normalises()) {
      sameDiff.getVariable(BatchNormDefinition.TRAINING).getArr().assign(training ? 1 : 0);
    }
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr mgr) {
    Pair<Gradient, INDArray> p = super.backpropGradient(epsilon, mgr);
    if (normalises() && training) {
      RunningStatistics.putSteps(normalised(), maskArray, decay(), paramTable, gradTable);
    } else if (normalises()) {
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
