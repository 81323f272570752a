package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.PositionalEncodingLayer;
import io.github.dl4jsnn.internal.op.PositionOp;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runtime of {@link PositionalEncodingLayer}. */
public final class FusedPositionalEncoding extends FusedLayer<PositionalEncodingLayer> {
  private static final long serialVersionUID = 1L;

  private transient PositionCodes codes;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public FusedPositionalEncoding(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  String refusal() {
    return "its code counts positions from the start of a sequence";
  }

  @Override
  INDArray forward(INDArray in, LayerWorkspaceMgr mgr) {
    INDArray out =
        createActivations(mgr, in.size(0), in.size(1), config().outputFeatures(in.size(2)));
    PositionOp.create(dataType).forward(in, stepMask(in), codes((int) in.size(1)), out);
    return out;
  }

  @Override
  INDArray backward(INDArray in, INDArray g, LayerWorkspaceMgr mgr) {
    INDArray dIn = createGradient(mgr, in.shape());
    PositionOp.create(dataType).backward(stepMask(in), g, dIn);
    return dIn;
  }

  private INDArray codes(int positions) {
    if (codes == null) {
      codes = new PositionCodes(config().label(), config().getCode(), dataType);
    }
    return codes.of(positions);
  }
}
