package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.SoftmaxAttention;
import io.github.dl4jsnn.internal.op.SoftmaxAttentionOp;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runtime of {@link SoftmaxAttention}. */
public final class FusedSoftmaxAttention extends FusedLayer<SoftmaxAttention>
    implements HoldsAttentionMap {
  private static final long serialVersionUID = 1L;

  private transient SoftmaxAttentionOp op;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public FusedSoftmaxAttention(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  String refusal() {
    return "positions attend to each other";
  }

  @Override
  INDArray forward(INDArray in, LayerWorkspaceMgr mgr) {
    INDArray out = createActivations(mgr, in.size(0), in.size(1), in.size(2) / 3);
    op().forward(in, stepMask(in), out);
    return out;
  }

  @Override
  INDArray backward(INDArray in, INDArray g, LayerWorkspaceMgr mgr) {
    INDArray dIn = createGradient(mgr, in.shape());
    op().backward(in, stepMask(in), typed(g), dIn);
    return dIn;
  }

  @Override
  public AttentionMaps attentionMaps() {
    INDArray in = lastInput();
    if (in == null) {
      return null;
    }
    INDArray copy = in.dup('c');
    INDArray mask = stepMask(in) == null ? null : stepMask(in).dup('c');
    int heads = config().getHeads();
    SoftmaxAttentionOp own = SoftmaxAttentionOp.create(config().label(), heads, dataType);
    return new AttentionMaps(
        config().label(), in.size(0), heads, (example, head) -> own.map(copy, mask, example, head));
  }

  private SoftmaxAttentionOp op() {
    if (op == null) {
      op = SoftmaxAttentionOp.create(config().label(), config().getHeads(), dataType);
    }
    return op;
  }
}
