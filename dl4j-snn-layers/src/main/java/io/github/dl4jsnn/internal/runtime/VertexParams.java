package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractSnnVertex;
import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.params.EmptyParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * The parameters of a vertex, dressed as a layer.
 *
 * <p>ComputationGraph counts, names, reads, sets and scores the parameters of layers only; a
 * network whose parameters sit in vertices alone is, to its {@code fit}, a network without
 * parameters, and is silently not trained. With this layer beside each vertex, {@code numParams},
 * {@code getParam}, {@code setParam}, {@code getLayer(name)} and the regularisation score are
 * right. It computes nothing: forward and backward belong to the vertex.
 */
final class VertexParams extends AbstractLayer<VertexParams.Conf> {
  private static final long serialVersionUID = 1L;

  private final AbstractSnnVertex vertex;
  private final INDArray params;
  private final Map<String, INDArray> table;

  VertexParams(
      AbstractSnnVertex vertex, INDArray params, Map<String, INDArray> table, DataType type) {
    super(confFor(vertex, table), type);
    this.vertex = vertex;
    this.params = params;
    this.table = table;
  }

  /** The layer beside a vertex; null if the vertex has no parameters. */
  static VertexParams of(
      AbstractSnnVertex vertex, INDArray params, Map<String, INDArray> table, DataType type) {
    return table.isEmpty() ? null : new VertexParams(vertex, params, table, type);
  }

  private static NeuralNetConfiguration confFor(
      AbstractSnnVertex vertex, Map<String, INDArray> table) {
    NeuralNetConfiguration conf = new NeuralNetConfiguration();
    conf.setLayer(new Conf(vertex));
    for (String key : table.keySet()) {
      conf.addVariable(key);
    }
    return conf;
  }

  @Override
  public INDArray params() {
    return params;
  }

  @Override
  public long numParams() {
    return params == null ? 0 : params.length();
  }

  @Override
  public INDArray getParam(String key) {
    return table.get(key);
  }

  @Override
  public void setParam(String key, INDArray value) {
    RuntimeLayers.setParam(vertex.label(), table, key, value);
  }

  @Override
  public void setParams(INDArray values) {
    if (values.length() != numParams()) {
      throw new IllegalArgumentException(
          vertex.label() + " has " + numParams() + " parameters, got " + values.length());
    }
    params.assign(values.reshape(params.shape()));
  }

  @Override
  public Map<String, INDArray> paramTable(boolean backpropParamsOnly) {
    return table;
  }

  @Override
  public double calcRegularizationScore(boolean backpropParamsOnly) {
    return RuntimeLayers.regularizationScore(table, vertex, getIterationCount(), getEpochCount());
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int minibatchSize) {
    return new Pair<>(mask, state);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr mgr) {
    throw belongsToVertex();
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr mgr) {
    throw belongsToVertex();
  }

  private UnsupportedOperationException belongsToVertex() {
    return new UnsupportedOperationException(
        vertex.label()
            + " has several inputs: run it as a vertex of its ComputationGraph, not as a layer");
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clearNoiseWeightParams() {
    // There is no weight noise, so there is nothing to clear.
  }

  /** The least that DL4J asks of a layer's configuration: a name. */
  static final class Conf extends org.deeplearning4j.nn.conf.layers.Layer {
    private static final long serialVersionUID = 1L;

    private final transient AbstractSnnVertex vertex;

    private Conf(AbstractSnnVertex vertex) {
      this.vertex = vertex;
      setLayerName(vertex.getName());
    }

    @Override
    public Layer instantiate(
        NeuralNetConfiguration conf,
        Collection<TrainingListener> listeners,
        int layerIndex,
        INDArray paramsView,
        boolean initializeParams,
        DataType type) {
      throw new UnsupportedOperationException(
          vertex.label() + " is made as a vertex, not as a layer");
    }

    @Override
    public ParamInitializer initializer() {
      return EmptyParamInitializer.getInstance();
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
      throw new UnsupportedOperationException(vertex.label() + " has several inputs");
    }

    @Override
    public void setNIn(InputType inputType, boolean override) {
      // The vertex infers its sizes itself.
    }

    @Override
    public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
      return null;
    }

    @Override
    public java.util.List<Regularization> getRegularizationByParam(String key) {
      return vertex.getRegularizationByParam(key);
    }

    @Override
    public org.nd4j.linalg.learning.config.IUpdater getUpdaterByParam(String key) {
      return vertex.getUpdaterByParam(key);
    }

    @Override
    public org.deeplearning4j.nn.conf.GradientNormalization getGradientNormalization() {
      return vertex.getGradientNormalization();
    }

    @Override
    public double getGradientNormalizationThreshold() {
      return vertex.getGradientNormalizationThreshold();
    }

    @Override
    public boolean isPretrainParam(String key) {
      return false;
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
      throw new UnsupportedOperationException(vertex.label() + " reports its memory as a vertex");
    }
  }
}
