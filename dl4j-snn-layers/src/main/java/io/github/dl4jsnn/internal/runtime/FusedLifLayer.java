package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.LifLayer;
import io.github.dl4jsnn.internal.op.LifOp;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runtime of {@link LifLayer}. */
public final class FusedLifLayer extends FusedLayer<LifLayer> {
  private static final long serialVersionUID = 1L;

  private transient LifOp op;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public FusedLifLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  INDArray forward(INDArray in, LayerWorkspaceMgr mgr) {
    long steps = config().stepsOf(in.rank(), in.rank() == 3 ? in.size(1) : -1);
    INDArray out = createActivations(mgr, in.size(0), steps, in.size(in.rank() - 1));
    op().forward(in, mask(in), out);
    return out;
  }

  @Override
  INDArray backward(INDArray in, INDArray g, LayerWorkspaceMgr mgr) {
    INDArray dIn = createGradient(mgr, in.shape());
    op().backward(in, mask(in), g, dIn);
    return dIn;
  }

  private LifOp op() {
    if (op == null) {
      op = LifOp.create(config().label(), config().getNeuron(), dataType);
    }
    return op;
  }

  /** A mask of a static input marks examples, not steps, and does not concern the neurons. */
  private INDArray mask(INDArray in) {
    return in.rank() == 3 ? FeatureMask.checked(config().label(), maskArray, in) : null;
  }
}
