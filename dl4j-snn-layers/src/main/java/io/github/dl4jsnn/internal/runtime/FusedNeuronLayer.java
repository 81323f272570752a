package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractNeuronLayer;
import io.github.dl4jsnn.internal.op.NeuronOp;
import io.github.dl4jsnn.neuron.Neuron;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runtime of the layers of neurons, of any model. */
public final class FusedNeuronLayer extends FusedLayer<AbstractNeuronLayer>
    implements HoldsPotentials {
  private static final long serialVersionUID = 1L;

  private transient NeuronOp op;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public FusedNeuronLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  INDArray forward(INDArray in, LayerWorkspaceMgr mgr) {
    INDArray out = createActivations(mgr, outShape(in));
    op().forward(in, mask(in), paramTable, null, null, out);
    return out;
  }

  private long[] outShape(INDArray in) {
    long steps = config().stepsOf(in.rank(), in.rank() == 3 ? in.size(1) : -1);
    return new long[] {in.size(0), steps, in.size(in.rank() - 1)};
  }

  @Override
  INDArray backward(INDArray in, INDArray g, LayerWorkspaceMgr mgr) {
    INDArray dIn = createGradient(mgr, in.shape());
    // DL4J hands no gradient view to a layer without parameters.
    Map<String, INDArray> gradients = gradTable == null ? Map.of() : gradTable;
    op().backward(in, mask(in), paramTable, null, g, gradients, dIn);
    return dIn;
  }

  @Override
  public Neuron neuron() {
    return config().neuron();
  }

  @Override
  public INDArray spikes() {
    INDArray in = lastInput();
    if (in == null) {
      return null;
    }
    INDArray o = Nd4j.createUninitialized(dataType, outShape(in), 'c');
    op().forward(in, mask(in), paramTable, null, null, o);
    return o;
  }

  @Override
  public INDArray potentials() {
    INDArray in = lastInput();
    if (in == null) {
      return null;
    }
    INDArray u = Nd4j.createUninitialized(dataType, outShape(in), 'c');
    op().potentials(in, mask(in), paramTable, null, u);
    return u;
  }

  private NeuronOp op() {
    if (op == null) {
      op = NeuronOp.create(config().label(), config().neuron(), config().recurrence(), dataType);
    }
    return op;
  }

  /** A mask of a static input marks examples, not steps, and does not concern the neurons. */
  private INDArray mask(INDArray in) {
    return in.rank() == 3 ? FeatureMask.checked(config().label(), maskArray, in) : null;
  }
}
