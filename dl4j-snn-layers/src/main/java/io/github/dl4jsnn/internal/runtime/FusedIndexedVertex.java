package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractIndexedVertex;
import io.github.dl4jsnn.internal.op.IndexedOp;
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

/** Runtime of the vertices whose second input is data about the rows of the first. */
@SuppressWarnings("overrides") // DL4J: setInputs is variadic in the interface, not in its classes
public final class FusedIndexedVertex extends BaseGraphVertex {
  private final AbstractIndexedVertex config;
  private final IndexedOp op;
  private final INDArray params;
  private final Map<String, INDArray> paramTable;
  private final VertexParams facade;
  private INDArray gradients;
  private Map<String, INDArray> gradTable;

  /**
   * A vertex without input yet.
   *
   * @param config configuration
   * @param graph network
   * @param name of the vertex
   * @param index of the vertex
   * @param paramsView its part of the network's parameters; null if it has none
   * @param initializeParams whether to initialise them
   * @param type data type of the network
   */
  public FusedIndexedVertex(
      AbstractIndexedVertex config,
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initializeParams,
      DataType type) {
    super(graph, name, index, null, null, type);
    this.config = config;
    this.op = config.createOp(type);
    this.params = paramsView;
    this.paramTable = subset(paramsView);
    this.gradTable = Map.of();
    if (initializeParams) {
      config.initializeParameters(paramTable);
    }
    this.facade = VertexParams.of(config, paramsView, paramTable, type);
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

  /** As in {@link FusedGraphConv#hasLayer()}, but only if there are parameters. */
  @Override
  public boolean hasLayer() {
    return facade != null && inputVertices == null;
  }

  @Override
  public Layer getLayer() {
    return facade;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr mgr) {
    if (!canDoForward()) {
      throw new IllegalStateException(
          config.label()
              + ": forward pass without inputs; expected "
              + config.getVertexParams().getInputs());
    }
    config.validateInput(inputs);
    INDArray in = toNwc(typed(inputs[0]));
    int[] index = op.read(in, inputs[1]);
    INDArray out =
        mgr.createUninitialized(ArrayType.ACTIVATIONS, dataType, op.outputShape(in, index), 'c');
    op.forward(in, index, paramTable, out);
    return toNwc(out);
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
    INDArray in = toNwc(typed(inputs[0]));
    INDArray dIn = mgr.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, in.shape(), 'c');
    op.backward(in, op.read(in, inputs[1]), paramTable, toNwc(epsilon), gradTable, dIn);
    Gradient gradient = new DefaultGradient();
    for (String key : paramTable.keySet()) {
      gradient.gradientForVariable().put(key, gradTable.get(key));
    }
    return new Pair<>(gradient, new INDArray[] {toNwc(dIn), null});
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
