package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.LastTimeStepLayer;
import io.github.dl4jsnn.internal.op.ReadoutOp;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runtime of {@link LastTimeStepLayer}. */
public final class FusedLastTimeStep extends FusedSequenceReadout<LastTimeStepLayer> {
  private static final long serialVersionUID = 1L;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public FusedLastTimeStep(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  List<String> stateNames() {
    return List.of("last");
  }

  @Override
  ReadoutOp createOp() {
    return ReadoutOp.lastStep(config().label(), dataType);
  }

  @Override
  double scale() {
    return 1;
  }

  /** There is no scale. */
  @Override
  void putScaleGradient(double dScale) {}

  /** The last step is not a mean. */
  @Override
  void divide(INDArray out, INDArray[] state) {}
}
