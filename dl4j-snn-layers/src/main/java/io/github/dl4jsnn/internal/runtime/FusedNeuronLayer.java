package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractNeuronLayer;
import io.github.dl4jsnn.internal.op.NeuronOp;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runtime of the layers of neurons, of any model. */
public final class FusedNeuronLayer extends FusedLayer<AbstractNeuronLayer> {
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
    long steps = config().stepsOf(in.rank(), in.rank() == 3 ? in.size(1) : -1);
    INDArray out = createActivations(mgr, in.size(0), steps, in.size(in.rank() - 1));
    op().forward(in, mask(in), paramTable, null, null, out);
    return out;
  }

  @Override
  INDArray backward(INDArray in, INDArray g, LayerWorkspaceMgr mgr) {
    INDArray dIn = createGradient(mgr, in.shape());
    // DL4J hands no gradient view to a layer without parameters.
    Map<String, INDArray> gradients = gradTable == null ? Map.of() : gradTable;
    op().backward(in, mask(in), paramTable, null, g, gradients, dIn);
    return dIn;
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
