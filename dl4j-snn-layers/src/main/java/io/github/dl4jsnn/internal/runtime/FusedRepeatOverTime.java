package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.RepeatOverTimeLayer;
import io.github.dl4jsnn.internal.op.StepsOp;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runtime of {@link RepeatOverTimeLayer}. */
public final class FusedRepeatOverTime extends FusedLayer<RepeatOverTimeLayer> {
  private static final long serialVersionUID = 1L;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public FusedRepeatOverTime(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  String refusal() {
    return "it counts positions and steps from the start of a sequence";
  }

  @Override
  INDArray forward(INDArray in, LayerWorkspaceMgr mgr) {
    INDArray out =
        createActivations(mgr, in.size(0), config().getTimeSteps() * in.size(1), in.size(2));
    op().spread(in, mask(in), out);
    return out;
  }

  @Override
  INDArray backward(INDArray in, INDArray g, LayerWorkspaceMgr mgr) {
    INDArray dIn = createGradient(mgr, in.shape());
    op().collect(g, mask(in), dIn);
    return dIn;
  }

  /** The mask of all steps. */
  private INDArray mask(INDArray in) {
    INDArray mask = stepMask(in);
    return mask == null ? null : Nd4j.tile(mask, 1, config().getTimeSteps());
  }

  private StepsOp op() {
    return StepsOp.create(config().label(), false, dataType);
  }
}
