package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractStepwiseBatchNormLayer;
import io.github.dl4jsnn.conf.AbstractTemporalBatchNormLayer;
import io.github.dl4jsnn.internal.op.TemporalBatchNormOp;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runtime of {@link AbstractTemporalBatchNormLayer}. */
public final class FusedTemporalBatchNorm extends FusedBatchNorm<AbstractTemporalBatchNormLayer> {
  private static final long serialVersionUID = 1L;

  private transient TemporalBatchNormOp op;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public FusedTemporalBatchNorm(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  /** With statistics that all steps share, each step is normalised by itself at inference. */
  @Override
  String refusal() {
    return config() instanceof AbstractStepwiseBatchNormLayer
        ? "it has parameters for each of the T time steps"
        : null;
  }

  @Override
  INDArray forward(INDArray in, LayerWorkspaceMgr mgr) {
    INDArray out = createActivations(mgr, in.shape());
    op().forward(in, mask(in), paramTable, isTraining(), out);
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

  private TemporalBatchNormOp op() {
    if (op == null) {
      AbstractTemporalBatchNormLayer c = config();
      op = TemporalBatchNormOp.create(c.label(), c.scale(), c.getEps(), c.getDecay(), dataType);
    }
    return op;
  }
}
