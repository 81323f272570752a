package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.definition.GraphReadoutDefinition;
import io.github.dl4jsnn.internal.op.GraphReadoutOp;
import io.github.dl4jsnn.internal.op.IndexedOp;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.conf.layers.samediff.SDVertexParams;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.weights.WeightInitUtil;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonIgnore;
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

  @JsonProperty("inputs")
  private long nIn;

  @JsonProperty private RNNFormat dataFormat;
  @JsonProperty private WeightInit weightInit = WeightInit.XAVIER;

  private GraphReadoutVertex() {}

  private GraphReadoutVertex(Builder builder) {
    super(builder);
    this.pooling = builder.pooling;
    this.nIn = builder.nIn;
    this.dataFormat = builder.dataFormat;
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
   * Number of features.
   *
   * @return nIn, or 0 while it is not known
   */
  @JsonIgnore
  public long getNIn() {
    return nIn;
  }

  /**
   * Initialisation of the gate's weights.
   *
   * @return the scheme
   */
  public WeightInit getWeightInit() {
    return weightInit;
  }

  /**
   * Axis order of sequences in and out.
   *
   * @return the format; {@link RNNFormat#NWC} unless set or inferred
   */
  @Override
  @JsonIgnore
  public RNNFormat getDataFormat() {
    return dataFormat == null ? RNNFormat.NWC : dataFormat;
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
    if (nIn == 0 && pooling == Pooling.ATTENTION) {
      throw new IllegalStateException(
          label() + ": nIn is not known (0); set it, or call setInputTypes on the network");
    }
    return super.instantiate(graph, name, index, paramsView, initializeParams, type);
  }

  @Override
  public void defineParametersAndInputs(SDVertexParams params) {
    params.clear();
    params.defineInputs(FEATURES, MEMBERSHIP);
    if (pooling == Pooling.ATTENTION) {
      params.addWeightParam(GraphReadoutOp.WEIGHT, nIn, 1);
    }
  }

  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    INDArray w = params.get(GraphReadoutOp.WEIGHT);
    if (w != null) {
      WeightInitUtil.initWeights(nIn, 1, w.shape(), weightInit, null, 'c', w);
    }
  }

  @Override
  InputType inferFrom(InputType features) {
    if (features instanceof InputType.InputTypeFeedForward) {
      inferSize(((InputType.InputTypeFeedForward) features).getSize());
      return InputType.feedForward(nIn);
    }
    if (features instanceof InputType.InputTypeRecurrent) {
      InputType.InputTypeRecurrent sequence = (InputType.InputTypeRecurrent) features;
      inferFormat(sequence.getFormat());
      inferSize(sequence.getSize());
      return InputType.recurrent(nIn, sequence.getTimeSeriesLength(), getDataFormat());
    }
    throw new InvalidInputTypeException(
        label() + ": expected feed-forward or recurrent features, got " + features);
  }

  private void inferSize(long size) {
    if (nIn == 0) {
      nIn = size;
      setVertexParams(null);
    } else if (nIn != size) {
      throw new InvalidInputTypeException(
          label() + ": nIn is " + nIn + ", but the features have size " + size);
    }
  }

  private void inferFormat(RNNFormat format) {
    if (dataFormat == null) {
      dataFormat = format;
    } else if (dataFormat != format) {
      throw new InvalidInputTypeException(
          label()
              + ": dataFormat is "
              + dataFormat
              + ", but the features come in format "
              + format);
    }
  }

  @Override
  public void validateInput(INDArray[] input) {
    INDArray features = input[0];
    AbstractSnnLayer.checkRank(label() + ", features", features, 2, 3);
    long size = features.size(features.rank() == 3 && getDataFormat() == RNNFormat.NWC ? 2 : 1);
    if (nIn != 0 && size != nIn) {
      throw new IllegalArgumentException(
          label()
              + ": expected "
              + nIn
              + " features (nIn), got "
              + size
              + " in an input of shape "
              + shapeOf(features)
              + (features.rank() == 3 ? ", format " + getDataFormat() : ""));
    }
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
    GraphReadoutVertex copy = copyTo(new GraphReadoutVertex());
    copy.pooling = pooling;
    copy.nIn = nIn;
    copy.dataFormat = dataFormat;
    copy.weightInit = weightInit;
    return copy;
  }

  @Override
  public boolean equals(Object o) {
    if (!super.equals(o)) {
      return false;
    }
    GraphReadoutVertex v = (GraphReadoutVertex) o;
    return pooling == v.pooling
        && nIn == v.nIn
        && dataFormat == v.dataFormat
        && weightInit == v.weightInit;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), pooling, nIn, dataFormat, weightInit);
  }

  /** Builder of {@link GraphReadoutVertex}. */
  public static final class Builder extends AbstractSnnVertex.Builder<Builder> {
    private Pooling pooling = Pooling.MEAN;
    private long nIn;
    private RNNFormat dataFormat;
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
     * Sets the number of features; not needed with {@code setInputTypes}, nor without attention.
     *
     * @param nIn at least 1
     * @return this builder
     */
    public Builder nIn(long nIn) {
      this.nIn = BuilderChecks.size("GraphReadoutVertex", "nIn", nIn);
      return this;
    }

    /**
     * Sets the axis order of sequences, in and out.
     *
     * @param dataFormat default: that of the network's input type, else {@link RNNFormat#NWC}
     * @return this builder
     */
    public Builder dataFormat(RNNFormat dataFormat) {
      this.dataFormat = dataFormat;
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
