package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.PositionalEncodingLayer;
import io.github.dl4jsnn.internal.op.PositionOp;
import io.github.dl4jsnn.position.RepetitionRate;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runtime of {@link PositionalEncodingLayer}. */
public final class FusedPositionalEncoding extends FusedLayer<PositionalEncodingLayer> {
  private static final long serialVersionUID = 1L;
  private static final Logger log = LoggerFactory.getLogger(FusedPositionalEncoding.class);

  private transient INDArray codes;
  private boolean warned;

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

  /** Codes of at least so many positions, kept from pass to pass. */
  private INDArray codes(int positions) {
    if (codes == null || codes.size(0) < positions) {
      try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        codes = config().getCode().codes(positions, dataType);
      }
      warnOfRepetitions(positions);
    }
    return codes;
  }

  private void warnOfRepetitions(int positions) {
    double rate = RepetitionRate.of(codes);
    if (rate > 0 && !warned) {
      warned = true;
      log.warn(
          "{}: {} % of {} positions share their code with another; CpgCode.unique({}) tells all"
              + " apart",
          config().label(), Math.round(1000 * rate) / 10.0, positions, positions);
    }
  }
}
