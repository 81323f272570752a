package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.SpikingAttention;
import io.github.dl4jsnn.internal.op.SpikingAttentionOp;
import io.github.dl4jsnn.neuron.Neuron;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runtime of {@link SpikingAttention}. */
public final class FusedSpikingAttention extends FusedLayer<SpikingAttention>
    implements HoldsAttentionMap, HoldsPotentials {
  private static final long serialVersionUID = 1L;

  private transient SpikingAttentionOp op;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public FusedSpikingAttention(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  String refusal() {
    return "positions attend to each other";
  }

  @Override
  INDArray forward(INDArray in, LayerWorkspaceMgr mgr) {
    INDArray out = createActivations(mgr, outShape(in));
    op().forward(in, stepMask(in), out);
    return out;
  }

  @Override
  INDArray backward(INDArray in, INDArray g, LayerWorkspaceMgr mgr) {
    INDArray dIn = createGradient(mgr, in.shape());
    INDArray currents =
        mgr.createUninitialized(ArrayType.BP_WORKING_MEM, dataType, outShape(in), 'c');
    INDArray above = typed(mgr.dup(ArrayType.BP_WORKING_MEM, g, 'c'));
    op().backward(in, stepMask(in), above, currents, dIn);
    return dIn;
  }

  @Override
  long[] outShape(INDArray in) {
    return new long[] {in.size(0), in.size(1), in.size(2) / 3};
  }

  @Override
  public AttentionMaps attentionMaps() {
    INDArray in = lastInput();
    if (in == null) {
      return null;
    }
    INDArray copy = in.dup('c');
    INDArray mask = stepMask(in) == null ? null : stepMask(in).dup('c');
    SpikingAttentionOp own = createOp();
    return new AttentionMaps(
        config().label(),
        in.size(0),
        config().getHeads(),
        (example, head) -> own.map(copy, mask, example, head));
  }

  @Override
  public Neuron neuron() {
    return config().getNeuron();
  }

  @Override
  public INDArray spikes() {
    return again((in, out) -> op().forward(in, stepMask(in), out));
  }

  @Override
  public INDArray potentials() {
    return again((in, out) -> op().potentials(in, stepMask(in), out));
  }

  private SpikingAttentionOp op() {
    if (op == null) {
      op = createOp();
    }
    return op;
  }

  private SpikingAttentionOp createOp() {
    SpikingAttention c = config();
    return SpikingAttentionOp.create(
        c.label(), c.getTimeSteps(), c.getHeads(), c.getScale(), c.getNeuron(), dataType);
  }
}
