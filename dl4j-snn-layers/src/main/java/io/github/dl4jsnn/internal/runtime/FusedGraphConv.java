package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractGraphConvVertex;
import io.github.dl4jsnn.internal.op.AttentionSnapshot;
import io.github.dl4jsnn.internal.op.GraphConvOp;
import io.github.dl4jsnn.neuron.LifParameters;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.params.SameDiffParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runtime of the graph convolutions and of graph attention. */
@SuppressWarnings("overrides") // DL4J: setInputs is variadic in the interface, not in its classes
public final class FusedGraphConv extends BaseGraphVertex
    implements HoldsAttention, HoldsPotentials {
  private final AbstractGraphConvVertex config;
  private final NodeFunction function;
  private final GraphConvOp op;
  private final INDArray params;
  private final Map<String, INDArray> paramTable;
  private final VertexParams facade;
  private INDArray gradients;
  private Map<String, INDArray> gradTable;
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
    super(graph, name, index, null, null, type);
    this.config = config;
    this.function = function;
    this.op = GraphConvOp.create(settings(), type);
    this.params = paramsView;
    this.paramTable = subset(paramsView);
    if (initializeParams) {
      config.initializeParameters(paramTable);
    }
    this.facade = new VertexParams(config, paramsView, paramTable, type);
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

  private Map<String, INDArray> subset(INDArray view) {
    return SameDiffParamInitializer.getInstance()
        .subsetAndReshape(
            config.getVertexParams().getParameterKeys(),
            config.getVertexParams().getParamShapes(),
            view,
            null,
            config);
  }

  /**
   * True only while the network collects its layers, before it wires its vertices: later, DL4J
   * takes every vertex that has a layer for a LayerVertex (as in {@code summary}). See {@link
   * VertexParams}.
   */
  @Override
  public boolean hasLayer() {
    return inputVertices == null;
  }

  @Override
  public Layer getLayer() {
    return facade;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr mgr) {
    if (!canDoForward()) {
      throw new IllegalStateException(
          config.label() + ": forward pass without inputs; expected features and edges");
    }
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

  private INDArray typed(INDArray a) {
    return a.dataType() == dataType ? a : a.castTo(dataType);
  }

  private INDArray toNwc(INDArray a) {
    return a.rank() == 3 && config.getDataFormat() == RNNFormat.NCW ? a.permute(0, 2, 1) : a;
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr mgr) {
    if (!canDoBackward()) {
      throw new IllegalStateException(
          config.label() + ": backward pass without inputs or without a gradient from above");
    }
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
    op.backward(toNwc(typed(inputs[0])), paramTable, g, gradTable, dIn);
    Gradient gradient = new DefaultGradient();
    for (String key : paramTable.keySet()) {
      gradient.gradientForVariable().put(key, gradTable.get(key));
    }
    return new Pair<>(gradient, new INDArray[] {dIn == null ? null : toNwc(dIn), null});
  }

  /** Nobody reads the gradient of a network input, and for a wide one it is most of the work. */
  private boolean inputGradientWanted() {
    return !graph.getVertices()[inputVertices[0].getVertexIndex()].isInputVertex();
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray view) {
    gradients = view;
    gradTable = subset(view);
  }

  @Override
  public INDArray getGradientsViewArray() {
    return gradients;
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatchSize) {
    return config.feedForwardMaskArrays(masks, state, minibatchSize);
  }

  @Override
  public void clear() {
    super.clear();
    preOut = null;
  }

  @Override
  public Map<String, INDArray> paramTable(boolean backpropOnly) {
    return paramTable;
  }

  @Override
  public TrainingConfig getConfig() {
    return config;
  }

  @Override
  public INDArray params() {
    return params;
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

  @Override
  public boolean equals(Object o) {
    return this == o;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return config.label();
  }
}
