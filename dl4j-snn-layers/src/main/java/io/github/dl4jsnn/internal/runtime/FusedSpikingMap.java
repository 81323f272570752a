package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractSpikingMapLayer;
import io.github.dl4jsnn.internal.op.SpikingMapOp;
import io.github.dl4jsnn.neuron.Neuron;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runtime of {@link AbstractSpikingMapLayer}. */
public final class FusedSpikingMap extends FusedBatchNorm<AbstractSpikingMapLayer>
    implements HoldsPotentials {
  private static final long serialVersionUID = 1L;

  private transient SpikingMapOp op;
  private transient PositionCodes codes;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public FusedSpikingMap(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  String refusal() {
    return "the steps of a position lie L entries apart";
  }

  @Override
  INDArray forward(INDArray in, LayerWorkspaceMgr mgr) {
    INDArray out = createActivations(mgr, outShape(in));
    op().forward(in, stepMask(in), codes(in), paramTable, isTraining(), out);
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
    return new long[] {in.size(0), config().outputLength(in.size(1)), config().getNOut()};
  }

  private INDArray codes(INDArray in) {
    if (codes == null) {
      codes = new PositionCodes(config().label(), config().positionalCode(), dataType);
    }
    return codes.of((int) in.size(1));
  }

  @Override
  public Neuron neuron() {
    return config().getNeuron();
  }

  @Override
  public INDArray spikes() {
    return again(
        (in, out) -> op().forward(in, stepMask(in), codes(in), paramTable, isTraining(), out));
  }

  @Override
  public INDArray potentials() {
    return again(
        (in, out) -> op().potentials(in, stepMask(in), codes(in), paramTable, isTraining(), out));
  }

  private SpikingMapOp op() {
    if (op == null) {
      op = SpikingMapOp.create(config().settings(), dataType);
    }
    return op;
  }
}
