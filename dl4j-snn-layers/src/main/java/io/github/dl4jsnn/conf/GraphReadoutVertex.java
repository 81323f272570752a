package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.definition.GraphReadoutDefinition;
import io.github.dl4jsnn.internal.op.GraphReadoutOp;
import io.github.dl4jsnn.internal.op.IndexedOp;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDVertexParams;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.weights.WeightInitUtil;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Read-out of whole graphs: one row a graph, made of the rows of its nodes, for graph
 * classification and regression on block-diagonal batches.
 *
 * <pre>
 *   SUM         y[g] = sum over nodes i of graph g of x[i]
 *   MEAN        y[g] = SUM / number of nodes of g
 *   MAX         y[g][f] = largest x[i][f] over the nodes i of g
 *   ATTENTION   y[g] = sum over i of alpha[i] x[i],   alpha = softmax over the nodes of g of W . x[i]
 * </pre>
 *
 * <p>None depends on the order of the nodes of a graph. In a sequence each step is pooled by
 * itself. A bias of the gate would cancel in the softmax, so there is none.
 *
 * <p><b>Inputs.</b> First the features, {@code [N, F]} or a sequence {@code [N, T, F]} (NWC) or
 * {@code [N, F, T]} (NCW); last the membership {@code [N, 1]}: the number of the graph to which
 * each node belongs, as in {@code GraphBatch}. Graphs are numbered in the order of their rows from
 * 0, the nodes of a graph are consecutive rows, and no graph is empty, so that the number of graphs
 * is that of the last row plus 1.
 *
 * <p><b>Output.</b> {@code [G, F]}, or a sequence with G graphs; labels and labels mask have G
 * rows.
 *
 * <p><b>Gradient.</b> That of MAX goes to the first of the nodes with the largest value alone.
 *
 * <p><b>Parameters.</b> {@code W [F, 1]} for ATTENTION, else none.
 *
 * <p><b>Errors.</b> Graph numbers that are not as above, a membership of another length, NaN or
 * infinity, feature masks: IllegalArgumentException.
 *
 * <p><b>Source.</b> Y. Li et al., "Gated Graph Sequence Neural Networks", 2016, Eq. 7, is the
 * source of ATTENTION; there the gate is a sigmoid for each feature and what is summed goes through
 * a tanh. The softmax over the nodes is that of O. Vinyals et al., "Order Matters: Sequence to
 * Sequence for Sets", 2016, Eq. 5.
 */
public final class GraphReadoutVertex extends AbstractIndexedVertex {
  private static final long serialVersionUID = 1L;

  /** Name of the last input in the SameDiff definition. */
  public static final String MEMBERSHIP = "membership";

  /** How the rows of nodes become one. */
  public enum Pooling {
    /** Their sum, which tells large graphs from small ones. */
    SUM,
    /** Their mean. */
    MEAN,
    /** The largest value of each feature. */
    MAX,
    /** A mean weighted by a trained softmax over the nodes. */
    ATTENTION
  }

  @JsonProperty private Pooling pooling = Pooling.MEAN;

  @JsonProperty private WeightInit weightInit = WeightInit.XAVIER;

  private GraphReadoutVertex() {}

  private GraphReadoutVertex(Builder builder) {
    super(builder);
    this.pooling = builder.pooling;
    this.weightInit = builder.weightInit;
  }

  /**
   * How nodes become one row.
   *
   * @return the pooling
   */
  public Pooling getPooling() {
    return pooling;
  }

  /**
   * Initialisation of the gate's weights.
   *
   * @return the scheme
   */
  public WeightInit getWeightInit() {
    return weightInit;
  }

  @Override
  protected String indexName() {
    return MEMBERSHIP;
  }

  @Override
  long indexColumns() {
    return 1;
  }

  @Override
  public IndexedOp createOp(DataType type) {
    return GraphReadoutOp.create(label(), pooling, type);
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initializeParams,
      DataType type) {
    setName(name);
    if (pooling == Pooling.ATTENTION) {
      checkNInKnown();
    }
    return super.instantiate(graph, name, index, paramsView, initializeParams, type);
  }

  @Override
  public void defineParametersAndInputs(SDVertexParams params) {
    params.clear();
    params.defineInputs(FEATURES, MEMBERSHIP);
    if (pooling == Pooling.ATTENTION) {
      params.addWeightParam(GraphReadoutOp.WEIGHT, getNIn(), 1);
    }
  }

  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    INDArray w = params.get(GraphReadoutOp.WEIGHT);
    if (w != null) {
      WeightInitUtil.initWeights(getNIn(), 1, w.shape(), weightInit, null, 'c', w);
    }
  }

  @Override
  InputType outputForStatic() {
    return InputType.feedForward(getNIn());
  }

  @Override
  InputType outputForSequence(long steps) {
    return InputType.recurrent(getNIn(), steps, getDataFormat());
  }

  /** The membership comes as a matrix {@code [N, G]} of zeros and ones. */
  @Override
  public SDVariable defineVertex(
      SameDiff sd,
      Map<String, SDVariable> inputs,
      Map<String, SDVariable> params,
      Map<String, SDVariable> masks) {
    SDVariable x = inputs.get(FEATURES);
    SDVariable belongs = inputs.get(MEMBERSHIP);
    SDVariable w = params.get(GraphReadoutOp.WEIGHT);
    boolean sequence = x.getShape().length == 3;
    boolean ncw = sequence && getDataFormat() == RNNFormat.NCW;
    SDVariable nwc = ncw ? sd.permute(x, 0, 2, 1) : sequence ? x : sd.expandDims(x, 1);
    SDVariable y = GraphReadoutDefinition.define(sd, nwc, belongs, pooling, w);
    return ncw ? sd.permute(y, 0, 2, 1) : sequence ? y : sd.squeeze(y, 1);
  }

  @Override
  public GraphVertex clone() {
    GraphReadoutVertex copy = copyNodeTo(new GraphReadoutVertex());
    copy.pooling = pooling;
    copy.weightInit = weightInit;
    return copy;
  }

  @Override
  public boolean equals(Object o) {
    if (!super.equals(o)) {
      return false;
    }
    GraphReadoutVertex v = (GraphReadoutVertex) o;
    return pooling == v.pooling && weightInit == v.weightInit;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), pooling, weightInit);
  }

  /** Builder of {@link GraphReadoutVertex}. */
  public static final class Builder extends AbstractNodeVertex.Builder<Builder> {
    private Pooling pooling = Pooling.MEAN;
    private WeightInit weightInit = WeightInit.XAVIER;

    /** The mean. */
    public Builder() {}

    /**
     * The given pooling.
     *
     * @param pooling how nodes become one row
     */
    public Builder(Pooling pooling) {
      pooling(pooling);
    }

    /**
     * Sets how nodes become one row.
     *
     * @param pooling default {@link Pooling#MEAN}
     * @return this builder
     */
    public Builder pooling(Pooling pooling) {
      this.pooling = Objects.requireNonNull(pooling, "pooling");
      return this;
    }

    /**
     * Sets the initialisation of the gate's weights (fan-in nIn, fan-out 1).
     *
     * @param weightInit default XAVIER
     * @return this builder
     */
    public Builder weightInit(WeightInit weightInit) {
      this.weightInit = Objects.requireNonNull(weightInit, "weightInit");
      return this;
    }

    /**
     * Builds the configuration.
     *
     * @return the vertex
     */
    public GraphReadoutVertex build() {
      return new GraphReadoutVertex(this);
    }
  }
}
