package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.DifferenceLayer;
import io.github.dl4jsnn.internal.op.DifferenceOp;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runtime of {@link DifferenceLayer}. */
public final class FusedDifference extends FusedLayer<DifferenceLayer> {
  private static final long serialVersionUID = 1L;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public FusedDifference(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  INDArray forward(INDArray in, LayerWorkspaceMgr mgr) {
    INDArray out = createActivations(mgr, in.shape());
    DifferenceOp.create(dataType).forward(in, stepMask(in), out);
    return out;
  }

  @Override
  INDArray backward(INDArray in, INDArray g, LayerWorkspaceMgr mgr) {
    INDArray dIn = createGradient(mgr, in.shape());
    DifferenceOp.create(dataType).backward(stepMask(in), g, dIn);
    return dIn;
  }
}
