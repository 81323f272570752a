package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.BuilderChecks;
import io.github.dl4jsnn.internal.definition.NodeFeatureAttentionDefinition;
import io.github.dl4jsnn.internal.op.NodeFeatureAttentionOp;
import io.github.dl4jsnn.internal.runtime.FusedNodeFeatureAttention;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.weights.WeightInitUtil;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Attention over the features and the nodes of a graph: every feature of a node, and every node,
 * passes through a gate that its own activity opens or closes.
 *
 * <pre>
 *   z[n,f] = mean over t of x[n,t,f]                               squeeze
 *   a[n]   = 2 sigmoid(relu(c[n] Wd + bd) Wu + bu)                 feature gates, c[n] = z[n] or mean of all z
 *   b[n]   = 2 sigmoid(z[n] . wn + bn)                             node gate
 *   y[n,t,f] = a[n,f] * b[n] * x[n,t,f]
 * </pre>
 *
 * <p>Either gate can be switched off, and is then 1. {@code Wu}, {@code wn} and all biases start at
 * 0, so that the layer starts as the identity. Of spikes it makes spikes of different strength:
 * zeros stay zeros, and the vertex behind it still adds one row of weights a spike.
 *
 * <p><b>Squeeze.</b> {@link Squeeze#NODE}, the default, judges each node by its own activity alone:
 * nodes may be relabelled, and a batch split, without any effect. {@link Squeeze#GRAPH} judges the
 * features by the mean over all nodes, which relabelling does not change either; but then nodes
 * share information, outputs of a batch depend on all of it, and several graphs in one batch are
 * seen as one.
 *
 * <p><b>Shapes.</b> {@code [N, T, F]} (NWC), {@code [N, F, T]} (NCW) or static {@code [N, F]} in,
 * the same out. T may vary. The feature gates have {@code R = max(1, F / reduction)} hidden units.
 *
 * <p><b>Parameters.</b> {@code Wd [F, R]}, {@code bd [R]}, {@code Wu [R, F]}, {@code bu [F]} of the
 * feature gates; {@code wn [F]}, {@code bn [1]} of the node gate.
 *
 * <p><b>Masks.</b> Steps that a feature mask {@code [N, T]} marks with 0 do not count in the mean,
 * and put out 0. An example without any step has {@code z = 0}.
 *
 * <p><b>Errors.</b> Wrong rank or number of features, NaN or infinity: an exception that names the
 * layer. {@code rnnTimeStep} and truncated BPTT are refused, as the gates need all steps.
 *
 * <p><b>Use</b> it behind a {@link SpikingGraphConvVertex}. <b>Do not use</b> it behind neurons if
 * hardware asks for binary spikes; put it before them, on their currents.
 *
 * <p><b>Source.</b> Of its own design; feature gates follow J. Hu, L. Shen, G. Sun,
 * "Squeeze-and-Excitation Networks", CVPR 2018, Eq. 2-4, with factor 2 and time in the place of
 * space.
 */
public final class NodeFeatureAttentionLayer extends AbstractNormalizationLayer {
  private static final long serialVersionUID = 1L;

  /** What the feature gates are computed from. */
  public enum Squeeze {
    /** The mean over time of the node itself. */
    NODE,
    /** The mean over time and all nodes of the batch. */
    GRAPH
  }

  @JsonProperty private boolean featureAttention = true;
  @JsonProperty private boolean nodeAttention = true;
  @JsonProperty private Squeeze squeeze = Squeeze.NODE;
  @JsonProperty private int reduction = 4;

  private NodeFeatureAttentionLayer() {}

  private NodeFeatureAttentionLayer(Builder builder) {
    super(builder);
    this.featureAttention = builder.featureAttention;
    this.nodeAttention = builder.nodeAttention;
    this.squeeze = builder.squeeze;
    this.reduction = builder.reduction;
  }

  /**
   * Whether features have gates.
   *
   * @return true if so
   */
  public boolean isFeatureAttention() {
    return featureAttention;
  }

  /**
   * Whether nodes have gates.
   *
   * @return true if so
   */
  public boolean isNodeAttention() {
    return nodeAttention;
  }

  /**
   * What the feature gates are computed from.
   *
   * @return the squeeze
   */
  public Squeeze getSqueeze() {
    return squeeze;
  }

  /**
   * Features for each hidden unit of the feature gates.
   *
   * @return the reduction
   */
  public int getReduction() {
    return reduction;
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return unfoldImagesOnly(inputType);
  }

  @Override
  public void defineParameters(SDLayerParams params) {
    params.clear();
    long features = getNIn();
    if (featureAttention) {
      long hidden = Math.max(1, features / reduction);
      params.addWeightParam(NodeFeatureAttentionOp.DOWN, features, hidden);
      params.addBiasParam(NodeFeatureAttentionOp.DOWN_BIAS, hidden);
      params.addWeightParam(NodeFeatureAttentionOp.UP, hidden, features);
      params.addBiasParam(NodeFeatureAttentionOp.UP_BIAS, features);
    }
    if (nodeAttention) {
      params.addWeightParam(NodeFeatureAttentionOp.NODE, features, 1);
      params.addBiasParam(NodeFeatureAttentionOp.NODE_BIAS, 1);
    }
  }

  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    params.values().forEach(p -> p.assign(0));
    INDArray down = params.get(NodeFeatureAttentionOp.DOWN);
    if (down != null) {
      WeightInitUtil.initWeights(
          down.size(0), down.size(1), down.shape(), WeightInit.XAVIER, null, 'c', down);
    }
  }

  @Override
  public void validateInput(INDArray input) {
    checkFeatures(input, getNIn());
  }

  @Override
  public SDVariable defineLayer(
      SameDiff sd, SDVariable input, Map<String, SDVariable> params, SDVariable mask) {
    int rank = input.getShape().length;
    boolean ncw = rank == 3 && getDataFormat() == RNNFormat.NCW;
    SDVariable x = ncw ? sd.permute(input, 0, 2, 1) : input;
    boolean graph = squeeze == Squeeze.GRAPH;
    SDVariable y = NodeFeatureAttentionDefinition.define(sd, x, rank, mask, params, graph);
    return ncw ? sd.permute(y, 0, 2, 1) : y;
  }

  @Override
  protected SameDiffLayer fusedLayer(NeuralNetConfiguration conf, DataType type) {
    return new FusedNodeFeatureAttention(conf, type);
  }

  @Override
  public boolean equals(Object o) {
    if (!super.equals(o)) {
      return false;
    }
    NodeFeatureAttentionLayer l = (NodeFeatureAttentionLayer) o;
    return featureAttention == l.featureAttention
        && nodeAttention == l.nodeAttention
        && squeeze == l.squeeze
        && reduction == l.reduction;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), featureAttention, nodeAttention, squeeze, reduction);
  }

  /** Builder of {@link NodeFeatureAttentionLayer}. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractNormalizationLayer.Builder<Builder> {
    private boolean featureAttention = true;
    private boolean nodeAttention = true;
    private Squeeze squeeze = Squeeze.NODE;
    private int reduction = 4;

    /** Both gates, each node by itself. */
    public Builder() {}

    /**
     * Sets whether features have gates.
     *
     * @param featureAttention default true
     * @return this builder
     */
    public Builder featureAttention(boolean featureAttention) {
      this.featureAttention = featureAttention;
      return this;
    }

    /**
     * Sets whether nodes have gates.
     *
     * @param nodeAttention default true
     * @return this builder
     */
    public Builder nodeAttention(boolean nodeAttention) {
      this.nodeAttention = nodeAttention;
      return this;
    }

    /**
     * Sets what the feature gates are computed from.
     *
     * @param squeeze default {@link Squeeze#NODE}
     * @return this builder
     */
    public Builder squeeze(Squeeze squeeze) {
      this.squeeze = Objects.requireNonNull(squeeze, "squeeze");
      return this;
    }

    /**
     * Sets how many features share a hidden unit of the feature gates.
     *
     * @param reduction at least 1; default 4
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder reduction(int reduction) {
      BuilderChecks.size("NodeFeatureAttentionLayer", "reduction", reduction);
      this.reduction = reduction;
      return this;
    }

    @Override
    public NodeFeatureAttentionLayer build() {
      if (!featureAttention && !nodeAttention) {
        throw new IllegalArgumentException(
            "NodeFeatureAttentionLayer: feature and node attention are both off; leave the layer"
                + " out instead");
      }
      return new NodeFeatureAttentionLayer(this);
    }
  }
}
