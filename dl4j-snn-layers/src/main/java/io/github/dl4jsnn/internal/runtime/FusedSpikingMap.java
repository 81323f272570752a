package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractSpikingMapLayer;
import io.github.dl4jsnn.internal.op.SpikingMapOp;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.position.PositionalCode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runtime of {@link AbstractSpikingMapLayer}. */
public final class FusedSpikingMap extends FusedBatchNorm<AbstractSpikingMapLayer>
    implements HoldsPotentials {
  private static final long serialVersionUID = 1L;

  private transient SpikingMapOp op;
  private transient INDArray codes;

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

  private long[] outShape(INDArray in) {
    return new long[] {in.size(0), config().outputLength(in.size(1)), config().getNOut()};
  }

  /** Codes of at least as many positions as the input has, kept from pass to pass; or null. */
  private INDArray codes(INDArray in) {
    PositionalCode code = config().positionalCode();
    if (code != null && (codes == null || codes.size(0) < in.size(1))) {
      try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        codes = code.codes((int) in.size(1), dataType);
      }
    }
    return codes;
  }

  @Override
  public Neuron neuron() {
    return config().getNeuron();
  }

  @Override
  public INDArray spikes() {
    INDArray in = lastInput();
    if (in == null) {
      return null;
    }
    INDArray o = Nd4j.createUninitialized(dataType, outShape(in), 'c');
    op().forward(in, stepMask(in), codes(in), paramTable, isTraining(), o);
    return o;
  }

  @Override
  public INDArray potentials() {
    INDArray in = lastInput();
    if (in == null) {
      return null;
    }
    INDArray u = Nd4j.createUninitialized(dataType, outShape(in), 'c');
    op().potentials(in, stepMask(in), codes(in), paramTable, isTraining(), u);
    return u;
  }

  private SpikingMapOp op() {
    if (op == null) {
      op = SpikingMapOp.create(config().settings(), dataType);
    }
    return op;
  }
}
