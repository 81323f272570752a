package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.BuilderChecks;
import io.github.dl4jsnn.internal.definition.DotProductDefinition;
import io.github.dl4jsnn.internal.op.DotProductOp;
import io.github.dl4jsnn.internal.op.IndexedOp;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.conf.layers.samediff.SDVertexParams;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Decoder of link prediction: how likely two nodes are linked, by the dot product of their
 * embeddings.
 *
 * <pre>
 *   y[p] = s * (z[u] . z[v]) + b        (u, v) = pair p
 * </pre>
 *
 * <p><b>Inputs.</b> First the embeddings of the nodes {@code [N, F]}, such as firing rates; last
 * the pairs {@code [P, 2]}, node numbers as floats, as in {@code NodePairs}. <b>Output.</b> Logits
 * {@code [P, 1]}, for DL4J's {@code LossLayer} with XENT and a sigmoid; labels have P rows.
 *
 * <p>The product of firing rates is never negative, so that without a negative bias no pair is
 * called unlinked: train scale and bias there.
 *
 * <p><b>Parameters.</b> {@code scale [1]} and {@code bias [1]} where they are trained; by default
 * neither is, s = 1, b = 0.
 *
 * <p><b>Errors.</b> Numbers that are no nodes, no pair at all, NaN or infinity, feature masks:
 * IllegalArgumentException.
 *
 * <p><b>Source.</b> T. Kipf, M. Welling, "Variational Graph Auto-Encoders", 2016, Eq. 2; scale and
 * bias are ours.
 */
public final class DotProductDecoderVertex extends AbstractIndexedVertex {
  private static final long serialVersionUID = 1L;

  /** Name of the last input in the SameDiff definition. */
  public static final String PAIRS = "pairs";

  @JsonProperty private double scale = 1;
  @JsonProperty private double bias;
  @JsonProperty private boolean trainScale;
  @JsonProperty private boolean trainBias;

  private DotProductDecoderVertex() {}

  private DotProductDecoderVertex(Builder builder) {
    super(builder);
    this.scale = builder.scale;
    this.bias = builder.bias;
    this.trainScale = builder.trainScale;
    this.trainBias = builder.trainBias;
  }

  /**
   * Scale, or where it starts.
   *
   * @return s
   */
  public double getScale() {
    return scale;
  }

  /**
   * Bias, or where it starts.
   *
   * @return b
   */
  public double getBias() {
    return bias;
  }

  /**
   * Whether the scale is trained.
   *
   * @return true if it is a parameter
   */
  public boolean isTrainScale() {
    return trainScale;
  }

  /**
   * Whether the bias is trained.
   *
   * @return true if it is a parameter
   */
  public boolean isTrainBias() {
    return trainBias;
  }

  @Override
  protected String indexName() {
    return PAIRS;
  }

  @Override
  long indexColumns() {
    return 2;
  }

  @Override
  public IndexedOp createOp(DataType type) {
    return DotProductOp.create(label(), scale, bias, type);
  }

  @Override
  public void defineParametersAndInputs(SDVertexParams params) {
    params.clear();
    params.defineInputs(FEATURES, PAIRS);
    if (trainScale) {
      params.addBiasParam(DotProductOp.SCALE, 1);
    }
    if (trainBias) {
      params.addBiasParam(DotProductOp.BIAS, 1);
    }
  }

  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    if (trainScale) {
      params.get(DotProductOp.SCALE).assign(scale);
    }
    if (trainBias) {
      params.get(DotProductOp.BIAS).assign(bias);
    }
  }

  @Override
  InputType outputForStatic() {
    return InputType.feedForward(1);
  }

  @Override
  InputType outputForSequence(long steps) {
    throw new InvalidInputTypeException(
        label()
            + ": expected embeddings [N, F], InputType.feedForward, got a sequence of "
            + steps
            + " steps; put a SpikeReadoutLayer before it");
  }

  @Override
  public void validateInput(INDArray[] input) {
    AbstractSnnLayer.checkRank(label() + ", embeddings", input[0], 2);
    super.validateInput(input);
  }

  /** The pairs come as a matrix {@code [P, 2N]} of zeros and ones. */
  @Override
  public SDVariable defineVertex(
      SameDiff sd,
      Map<String, SDVariable> inputs,
      Map<String, SDVariable> params,
      Map<String, SDVariable> masks) {
    SDVariable y = DotProductDefinition.define(sd, inputs.get(FEATURES), inputs.get(PAIRS));
    SDVariable scaled = trainScale ? y.mul(params.get(DotProductOp.SCALE)) : y.mul(scale);
    return trainBias ? scaled.add(params.get(DotProductOp.BIAS)) : scaled.add(bias);
  }

  @Override
  public GraphVertex clone() {
    DotProductDecoderVertex copy = copyNodeTo(new DotProductDecoderVertex());
    copy.scale = scale;
    copy.bias = bias;
    copy.trainScale = trainScale;
    copy.trainBias = trainBias;
    return copy;
  }

  @Override
  public boolean equals(Object o) {
    if (!super.equals(o)) {
      return false;
    }
    DotProductDecoderVertex v = (DotProductDecoderVertex) o;
    return scale == v.scale
        && bias == v.bias
        && trainScale == v.trainScale
        && trainBias == v.trainBias;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), scale, bias, trainScale, trainBias);
  }

  /** Builder of {@link DotProductDecoderVertex}. */
  public static final class Builder extends AbstractSnnVertex.Builder<Builder> {
    private double scale = 1;
    private double bias;
    private boolean trainScale;
    private boolean trainBias;

    /** The plain product. */
    public Builder() {}

    /**
     * Sets the scale, or where it starts when it is trained.
     *
     * @param scale s, finite; default 1
     * @return this builder
     */
    public Builder scale(double scale) {
      this.scale = BuilderChecks.finite("DotProductDecoderVertex", "scale", scale);
      return this;
    }

    /**
     * Sets the bias, or where it starts when it is trained.
     *
     * @param bias b, finite; default 0
     * @return this builder
     */
    public Builder bias(double bias) {
      this.bias = BuilderChecks.finite("DotProductDecoderVertex", "bias", bias);
      return this;
    }

    /**
     * Makes the scale a parameter.
     *
     * @param trainScale default false
     * @return this builder
     */
    public Builder trainScale(boolean trainScale) {
      this.trainScale = trainScale;
      return this;
    }

    /**
     * Makes the bias a parameter.
     *
     * @param trainBias default false
     * @return this builder
     */
    public Builder trainBias(boolean trainBias) {
      this.trainBias = trainBias;
      return this;
    }

    /**
     * Builds the configuration.
     *
     * @return the vertex
     */
    public DotProductDecoderVertex build() {
      return new DotProductDecoderVertex(this);
    }
  }
}
