package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.StfnLayer;
import io.github.dl4jsnn.internal.op.StfnOp;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runtime of {@link StfnLayer}. */
public final class FusedStfnLayer extends FusedLayer<StfnLayer> {
  private static final long serialVersionUID = 1L;

  private transient StfnOp op;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public FusedStfnLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  String refusal() {
    return "STFN takes mean and variance over all time steps";
  }

  @Override
  INDArray forward(INDArray in, LayerWorkspaceMgr mgr) {
    if (maskArray != null && in.rank() == 3) {
      throw new IllegalArgumentException(
          config().label()
              + ": STFN takes its mean over all steps and does not support a feature mask");
    }
    INDArray out = createActivations(mgr, in.shape());
    op().forward(in, paramTable, out);
    return out;
  }

  @Override
  INDArray backward(INDArray in, INDArray g, LayerWorkspaceMgr mgr) {
    INDArray dIn = createGradient(mgr, in.shape());
    // DL4J hands no gradient view to a layer without parameters.
    Map<String, INDArray> gradients = gradTable == null ? Map.of() : gradTable;
    op().backward(in, paramTable, g, gradients, dIn);
    return dIn;
  }

  private StfnOp op() {
    if (op == null) {
      op = StfnOp.create(config().label(), config().getStfn(), config().scale(), dataType);
    }
    return op;
  }
}
