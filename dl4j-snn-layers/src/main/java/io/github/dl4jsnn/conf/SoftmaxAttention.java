package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.BuilderChecks;
import io.github.dl4jsnn.internal.definition.SoftmaxAttentionDefinition;
import io.github.dl4jsnn.internal.runtime.FusedSoftmaxAttention;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Softmax self-attention, the counterpart without spikes of {@link SpikingAttention}, for
 * comparison.
 *
 * <pre>
 *   y = softmax(Q K^T / sqrt(d)) V          of each head of d = D/heads features
 * </pre>
 *
 * <p><b>Shapes.</b> {@code [N, L, 3D]} (NWC) or {@code [N, 3D, L]} (NCW) in: Q, K and V side by
 * side, as one affine layer of 3D outputs puts them out. {@code [N, L, D]} or {@code [N, D, L]}
 * out. L may vary. DL4J's {@code SelfAttentionLayer} has its affine maps inside and takes NCW only.
 *
 * <p><b>Parameters.</b> None. <b>Masks.</b> A position that the feature mask {@code [N, L]} marks
 * with 0 is not attended to and puts out 0. <b>Streams</b> and truncated BPTT are refused.
 *
 * <p><b>Errors.</b> 3 times {@code heads} does not divide the features; NaN or infinity: an
 * exception that names the layer.
 *
 * <p><b>See</b> {@link io.github.dl4jsnn.monitor.AttentionMap} for who attends to whom.
 *
 * <p><b>Source.</b> A. Vaswani et al., "Attention Is All You Need", NeurIPS 2017, Eq. 1.
 */
public final class SoftmaxAttention extends AbstractSnnLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private int heads = 8;

  private SoftmaxAttention() {}

  private SoftmaxAttention(Builder builder) {
    super(builder);
    this.heads = builder.heads;
  }

  /**
   * Number of heads.
   *
   * @return at least 1
   */
  public int getHeads() {
    return heads;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    if (!(inputType instanceof InputType.InputTypeRecurrent)) {
      throw new IllegalStateException(
          label() + ": expected a recurrent input (a sequence), got " + inputType);
    }
    long features = QkvFeatures.each(label(), featuresOf(inputType), heads);
    long length = ((InputType.InputTypeRecurrent) inputType).getTimeSeriesLength();
    return InputType.recurrent(features, length, formatFor(inputType));
  }

  @Override
  public void validateInput(INDArray input) {
    checkRank(label(), input, 3);
    QkvFeatures.each(label(), input.size(getDataFormat() == RNNFormat.NWC ? 2 : 1), heads);
  }

  @Override
  public SDVariable defineLayer(
      SameDiff sd, SDVariable input, Map<String, SDVariable> params, SDVariable mask) {
    boolean ncw = getDataFormat() == RNNFormat.NCW;
    long[] nwc = AbstractSpikeSequenceLayer.nwcShape(input.getShape(), getDataFormat());
    SDVariable x = ncw ? sd.permute(input, 0, 2, 1) : input;
    SDVariable y = SoftmaxAttentionDefinition.define(sd, x, nwc[1], nwc[2], heads, mask);
    return ncw ? sd.permute(y, 0, 2, 1) : y;
  }

  @Override
  protected SameDiffLayer fusedLayer(NeuralNetConfiguration conf, DataType type) {
    return new FusedSoftmaxAttention(conf, type);
  }

  @Override
  public boolean equals(Object o) {
    return super.equals(o) && heads == ((SoftmaxAttention) o).heads;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), heads);
  }

  /** Builder of {@link SoftmaxAttention}. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractSnnLayer.Builder<Builder> {
    private int heads = 8;

    /** Eight heads. */
    public Builder() {}

    /**
     * Sets the number of heads.
     *
     * @param heads at least 1, a divisor of D; default 8
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder heads(int heads) {
      this.heads = (int) BuilderChecks.size("SoftmaxAttention", "heads", heads);
      return this;
    }

    @Override
    public SoftmaxAttention build() {
      return new SoftmaxAttention(this);
    }
  }
}
