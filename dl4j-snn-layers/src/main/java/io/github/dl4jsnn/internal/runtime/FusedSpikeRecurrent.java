package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.SpikeRecurrent;
import io.github.dl4jsnn.internal.op.SpikeRecurrentOp;
import io.github.dl4jsnn.neuron.Neuron;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runtime of {@link SpikeRecurrent}. */
public final class FusedSpikeRecurrent extends FusedLayer<SpikeRecurrent>
    implements HoldsPotentials {
  private static final long serialVersionUID = 1L;

  private transient SpikeRecurrentOp op;
  private transient PositionCodes codes;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public FusedSpikeRecurrent(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  String refusal() {
    return "a sequence holds the spike steps one after another, each with all positions";
  }

  @Override
  INDArray forward(INDArray in, LayerWorkspaceMgr mgr) {
    INDArray out = createActivations(mgr, outShape(in));
    op().forward(in, stepMask(in), codes(in), paramTable, out);
    return out;
  }

  @Override
  INDArray backward(INDArray in, INDArray g, LayerWorkspaceMgr mgr) {
    INDArray dIn = createGradient(mgr, in.shape());
    op().backward(in, stepMask(in), codes(in), paramTable, g, gradTable, dIn);
    return dIn;
  }

  @Override
  long[] outShape(INDArray in) {
    return new long[] {in.size(0), in.size(1), config().getNOut()};
  }

  @Override
  public Neuron neuron() {
    return config().getNeuron();
  }

  @Override
  public INDArray spikes() {
    return again((in, out) -> op().forward(in, stepMask(in), codes(in), paramTable, out));
  }

  @Override
  public INDArray potentials() {
    INDArray u = spikes();
    if (u != null) {
      op().potentials(stepMask(lastInput()), paramTable, u);
    }
    return u;
  }

  private INDArray codes(INDArray in) {
    if (codes == null) {
      codes = new PositionCodes(config().label(), config().getPositionalCode(), dataType);
    }
    return codes.of((int) in.size(1));
  }

  private SpikeRecurrentOp op() {
    if (op == null) {
      op =
          SpikeRecurrentOp.create(
              config().label(), config().getNeuron(), config().getTimeSteps(), dataType);
    }
    return op;
  }
}
