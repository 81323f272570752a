package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractGraphConvVertex;
import io.github.dl4jsnn.internal.op.AttentionSnapshot;
import io.github.dl4jsnn.internal.op.GraphConvOp;
import io.github.dl4jsnn.neuron.LifParameters;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runtime of the graph convolutions and of graph attention. */
public final class FusedGraphConv extends FusedVertex<AbstractGraphConvVertex>
    implements HoldsAttention, HoldsPotentials {
  private final NodeFunction function;
  private final GraphConvOp op;
  private INDArray preOut;

  /**
   * A vertex without input yet.
   *
   * @param config configuration
   * @param function of the nodes
   * @param graph network
   * @param name of the vertex
   * @param index of the vertex
   * @param paramsView its part of the network's parameters
   * @param initializeParams whether to initialise them
   * @param type data type of the network
   */
  public FusedGraphConv(
      AbstractGraphConvVertex config,
      NodeFunction function,
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initializeParams,
      DataType type) {
    super(config, graph, name, index, paramsView, initializeParams, type);
    this.function = function;
    this.op = GraphConvOp.create(settings(), type);
  }

  private GraphConvOp.Settings settings() {
    return new GraphConvOp.Settings(
        config.label(),
        function.neuron,
        config.getStfn(),
        config.stfnScale(),
        AttentionSettings.of(config),
        config.getPropagation(),
        config.ownWeights(),
        config.addsInput());
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr mgr) {
    checkForward();
    Passes.checkChunks(config);
    config.validateInput(inputs);
    INDArray in = toNwc(typed(inputs[0]));
    INDArray out = mgr.createUninitialized(ArrayType.ACTIVATIONS, dataType, outShape(in), 'c');
    op.forward(
        in,
        typed(inputs[1]),
        paramTable,
        training ? Dropouts.of(config, graph, vertexIndex) : null,
        out);
    return toNwc(function.spiking() ? out : activate(out, training, mgr));
  }

  private INDArray activate(INDArray out, boolean training, LayerWorkspaceMgr mgr) {
    preOut = training ? mgr.dup(ArrayType.ACTIVATIONS, out) : null;
    return function.activation.getActivation(out, training);
  }

  private long[] outShape(INDArray in) {
    if (in.rank() == 3) {
      return new long[] {in.size(0), in.size(1), config.getNOut()};
    }
    return function.spiking()
        ? new long[] {in.size(0), function.timeSteps, config.getNOut()}
        : new long[] {in.size(0), config.getNOut()};
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr mgr) {
    checkBackward();
    INDArray g = toNwc(epsilon);
    if (!function.spiking()) {
      g = function.activation.backprop(preOut, g).getFirst();
    }
    INDArray dIn = null;
    if (inputGradientWanted()) {
      dIn =
          mgr.createUninitialized(
              ArrayType.ACTIVATION_GRAD, dataType, toNwc(inputs[0]).shape(), 'c');
    }
    op.backward(toNwc(typed(inputs[0])), paramTable, g, gradients(), dIn);
    return withGradients(dIn == null ? null : toNwc(dIn), null);
  }

  /** Nobody reads the gradient of a network input, and for a wide one it is most of the work. */
  private boolean inputGradientWanted() {
    return !graph.getVertices()[inputVertices[0].getVertexIndex()].isInputVertex();
  }

  @Override
  public void clear() {
    super.clear();
    preOut = null;
  }

  @Override
  public boolean attends() {
    return AttentionSettings.of(config) != null;
  }

  @Override
  public AttentionSnapshot attention() {
    return op.attention();
  }

  @Override
  public LifParameters neuron() {
    return function.neuron;
  }

  @Override
  public INDArray spikes() {
    INDArray o = createLikeOutput();
    return o != null && op.spikes(o) ? o : null;
  }

  @Override
  public INDArray potentials() {
    INDArray u = createLikeOutput();
    return u != null && op.potentials(u) ? u : null;
  }

  private INDArray createLikeOutput() {
    return inputs == null || inputs[0] == null
        ? null
        : Nd4j.createUninitialized(dataType, outShape(toNwc(inputs[0])), 'c');
  }
}
