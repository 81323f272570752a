package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.internal.op.ReadoutOp;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Runtime of {@link SpikeReadoutLayer}. */
public final class FusedReadoutLayer extends FusedSequenceReadout<SpikeReadoutLayer> {
  private static final long serialVersionUID = 1L;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public FusedReadoutLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  List<String> stateNames() {
    return firstSpike() ? List.of("fired", "time", "steps") : List.of("sum", "steps");
  }

  @Override
  ReadoutOp createOp() {
    return firstSpike()
        ? ReadoutOp.firstSpike(config().label(), dataType)
        : ReadoutOp.create(config().label(), config().stepDecay(), dataType);
  }

  @Override
  double scale() {
    return config().isTrainScale()
        ? paramTable.get(SpikeReadoutLayer.SCALE).getDouble(0)
        : config().getScale();
  }

  @Override
  void putScaleGradient(double dScale) {
    if (config().isTrainScale()) {
      gradTable.get(SpikeReadoutLayer.SCALE).assign(dScale);
    }
  }

  private boolean firstSpike() {
    return config().getMode() == SpikeReadoutLayer.Mode.FIRST_SPIKE;
  }

  /** Examples without any step so far have the sum 0, and stay there. */
  @Override
  void divide(INDArray out, INDArray[] state) {
    if (firstSpike()) {
      out.subi(state[1].div(Transforms.max(state[2], 1, true)));
    } else {
      out.divi(Transforms.max(state[1], 1, true));
    }
  }
}
