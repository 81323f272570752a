package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.SpikingDense;
import io.github.dl4jsnn.internal.op.SpikingDenseOp;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runtime of {@link SpikingDense}. */
public final class FusedSpikingDense extends FusedLayer<SpikingDense> {
  private static final long serialVersionUID = 1L;

  private transient SpikingDenseOp op;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public FusedSpikingDense(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  /** Each step is an affine map of its own input. */
  @Override
  String refusal() {
    return null;
  }

  @Override
  INDArray forward(INDArray in, LayerWorkspaceMgr mgr) {
    long[] shape = in.shape().clone();
    shape[shape.length - 1] = config().getNOut();
    INDArray out = createActivations(mgr, shape);
    op().forward(in, mask(in), paramTable, out);
    return out;
  }

  @Override
  INDArray backward(INDArray in, INDArray g, LayerWorkspaceMgr mgr) {
    INDArray dIn = createGradient(mgr, in.shape());
    op().backward(in, mask(in), paramTable, g, gradTable, dIn);
    return dIn;
  }

  private INDArray mask(INDArray in) {
    return FeatureMask.checked(config().label(), maskArray, in);
  }

  private SpikingDenseOp op() {
    if (op == null) {
      op = SpikingDenseOp.create(config().label(), dataType);
    }
    return op;
  }
}
