package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.internal.op.ReadoutOp;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runtime of {@link SpikeReadoutLayer}. */
public final class FusedReadoutLayer extends FusedLayer<SpikeReadoutLayer> {
  private static final long serialVersionUID = 1L;

  private transient ReadoutOp op;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public FusedReadoutLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  INDArray forward(INDArray in, LayerWorkspaceMgr mgr) {
    INDArray out = createActivations(mgr, in.size(0), in.size(2));
    op().forward(in, FeatureMask.checked(config().label(), maskArray, in), scale(), out);
    return out;
  }

  @Override
  INDArray backward(INDArray in, INDArray g, LayerWorkspaceMgr mgr) {
    INDArray dIn = createGradient(mgr, in.shape());
    INDArray mask = FeatureMask.checked(config().label(), maskArray, in);
    double dScale = op().backward(in, mask, g, scale(), dIn);
    if (config().isTrainScale()) {
      gradTable.get(SpikeReadoutLayer.SCALE).assign(dScale);
    }
    return dIn;
  }

  private double scale() {
    return config().isTrainScale()
        ? paramTable.get(SpikeReadoutLayer.SCALE).getDouble(0)
        : config().getScale();
  }

  private ReadoutOp op() {
    if (op == null) {
      op = ReadoutOp.create(config().label(), config().stepDecay(), dataType);
    }
    return op;
  }
}
