package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.LifLayer;
import io.github.dl4jsnn.internal.op.LifOp;
import io.github.dl4jsnn.neuron.LifParameters;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runtime of {@link LifLayer}. */
public final class FusedLifLayer extends FusedLayer<LifLayer> implements HoldsPotentials {
  private static final long serialVersionUID = 1L;

  private transient LifOp op;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public FusedLifLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  INDArray forward(INDArray in, LayerWorkspaceMgr mgr) {
    INDArray out = createActivations(mgr, outShape(in));
    op().forward(in, mask(in), out);
    return out;
  }

  private long[] outShape(INDArray in) {
    long steps = config().stepsOf(in.rank(), in.rank() == 3 ? in.size(1) : -1);
    return new long[] {in.size(0), steps, in.size(in.rank() - 1)};
  }

  @Override
  INDArray backward(INDArray in, INDArray g, LayerWorkspaceMgr mgr) {
    INDArray dIn = createGradient(mgr, in.shape());
    op().backward(in, mask(in), g, dIn);
    return dIn;
  }

  @Override
  public LifParameters neuron() {
    return config().getNeuron();
  }

  @Override
  public INDArray spikes() {
    INDArray in = lastInput();
    if (in == null) {
      return null;
    }
    INDArray o = Nd4j.createUninitialized(dataType, outShape(in), 'c');
    op().forward(in, mask(in), o);
    return o;
  }

  @Override
  public INDArray potentials() {
    INDArray in = lastInput();
    if (in == null) {
      return null;
    }
    INDArray u = Nd4j.createUninitialized(dataType, outShape(in), 'c');
    op().potentials(in, mask(in), u);
    return u;
  }

  private LifOp op() {
    if (op == null) {
      op = LifOp.create(config().label(), config().getNeuron(), dataType);
    }
    return op;
  }

  /** A mask of a static input marks examples, not steps, and does not concern the neurons. */
  private INDArray mask(INDArray in) {
    return in.rank() == 3 ? FeatureMask.checked(config().label(), maskArray, in) : null;
  }
}
