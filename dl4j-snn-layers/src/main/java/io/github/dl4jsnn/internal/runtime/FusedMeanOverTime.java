package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.MeanOverTimeLayer;
import io.github.dl4jsnn.internal.op.StepsOp;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runtime of {@link MeanOverTimeLayer}. */
public final class FusedMeanOverTime extends FusedLayer<MeanOverTimeLayer> {
  private static final long serialVersionUID = 1L;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public FusedMeanOverTime(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  String refusal() {
    return "it counts positions and steps from the start of a sequence";
  }

  @Override
  INDArray forward(INDArray in, LayerWorkspaceMgr mgr) {
    INDArray out = createActivations(mgr, in.size(0), config().positions(in.size(1)), in.size(2));
    op().collect(in, stepMask(in), out);
    return out;
  }

  @Override
  INDArray backward(INDArray in, INDArray g, LayerWorkspaceMgr mgr) {
    INDArray dIn = createGradient(mgr, in.shape());
    op().spread(g, stepMask(in), dIn);
    return dIn;
  }

  private StepsOp op() {
    return StepsOp.create(config().label(), true, dataType);
  }
}
