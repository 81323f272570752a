package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractSnnVertex;
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
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What vertices share that call a fused operation: parameters, their gradients, masks.
 *
 * @param <C> configuration
 */
@SuppressWarnings("overrides") // DL4J: setInputs is variadic in the interface, not in its classes
abstract class FusedVertex<C extends AbstractSnnVertex> extends BaseGraphVertex {
  final C config;
  private final INDArray params;
  final Map<String, INDArray> paramTable;
  private final VertexParams facade;
  private INDArray gradients;
  private Map<String, INDArray> gradTable;

  FusedVertex(
      C config,
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initializeParams,
      DataType type) {
    super(graph, name, index, null, null, type);
    this.config = config;
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

  final void checkForward() {
    if (!canDoForward()) {
      throw new IllegalStateException(
          config.label()
              + ": forward pass without inputs; expected "
              + config.getVertexParams().getInputs());
    }
  }

  final void checkBackward() {
    if (!canDoBackward()) {
      throw new IllegalStateException(
          config.label() + ": backward pass without inputs or without a gradient from above");
    }
  }

  final INDArray typed(INDArray a) {
    return a.dataType() == dataType ? a : a.castTo(dataType);
  }

  /** From the configured format to NWC, or back: the same exchange of axes. */
  final INDArray toNwc(INDArray a) {
    return a.rank() == 3 && config.getDataFormat() == RNNFormat.NCW ? a.permute(0, 2, 1) : a;
  }

  /** Views of the parameters' gradients, by name. */
  final Map<String, INDArray> gradients() {
    return gradTable;
  }

  /** What {@code doBackward} returns: the views that the operation has written into. */
  final Pair<Gradient, INDArray[]> withGradients(INDArray... inputGradients) {
    Gradient gradient = new DefaultGradient();
    for (String key : paramTable.keySet()) {
      gradient.gradientForVariable().put(key, gradTable.get(key));
    }
    return new Pair<>(gradient, inputGradients);
  }

  /**
   * True only while the network collects its layers, before it wires its vertices: later, DL4J
   * takes every vertex that has a layer for a LayerVertex (as in {@code summary}). See {@link
   * VertexParams}.
   */
  @Override
  public final boolean hasLayer() {
    return facade != null && inputVertices == null;
  }

  @Override
  public final Layer getLayer() {
    return facade;
  }

  @Override
  public final void setBackpropGradientsViewArray(INDArray view) {
    gradients = view;
    gradTable = subset(view);
  }

  @Override
  public final INDArray getGradientsViewArray() {
    return gradients;
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatchSize) {
    return config.feedForwardMaskArrays(masks, state, minibatchSize);
  }

  @Override
  public final Map<String, INDArray> paramTable(boolean backpropOnly) {
    return paramTable;
  }

  @Override
  public final TrainingConfig getConfig() {
    return config;
  }

  @Override
  public final INDArray params() {
    return params;
  }

  @Override
  public final boolean equals(Object o) {
    return this == o;
  }

  @Override
  public final int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public final String toString() {
    return config.label();
  }
}
