package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.NodeFeatureAttentionLayer;
import io.github.dl4jsnn.internal.op.NodeFeatureAttentionOp;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runtime of {@link NodeFeatureAttentionLayer}. */
public final class FusedNodeFeatureAttention extends FusedLayer<NodeFeatureAttentionLayer> {
  private static final long serialVersionUID = 1L;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public FusedNodeFeatureAttention(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  String refusal() {
    return "its gates are opened by the mean over all time steps";
  }

  @Override
  INDArray forward(INDArray in, LayerWorkspaceMgr mgr) {
    INDArray out = createActivations(mgr, in.shape());
    op().forward(in, stepMask(in), paramTable, out);
    return out;
  }

  @Override
  INDArray backward(INDArray in, INDArray g, LayerWorkspaceMgr mgr) {
    INDArray dIn = createGradient(mgr, in.shape());
    op().backward(in, stepMask(in), paramTable, g, gradTable, dIn);
    return dIn;
  }

  private NodeFeatureAttentionOp op() {
    boolean graph = config().getSqueeze() == NodeFeatureAttentionLayer.Squeeze.GRAPH;
    return NodeFeatureAttentionOp.create(config().label(), graph, dataType);
  }
}
