package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.SpikingBatchNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link SpikingBatchNormalization} by DL4J's own layer, with the rectifier behind it. */
public final class DefinedBatchNormalization extends BatchNormalization {
  private static final long serialVersionUID = 1L;

  private transient INDArray open;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public DefinedBatchNormalization(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr mgr) {
    INDArray y = super.activate(training, mgr);
    if (!((SpikingBatchNormalization) layerConf()).isRelu()) {
      return y;
    }
    open = y.gt(0).castTo(dataType).detach();
    return y.muli(open);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr mgr) {
    return super.backpropGradient(
        open == null ? epsilon : mgr.leverageTo(ArrayType.ACTIVATION_GRAD, epsilon.mul(open)), mgr);
  }
}
