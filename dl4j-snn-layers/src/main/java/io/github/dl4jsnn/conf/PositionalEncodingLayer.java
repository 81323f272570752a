package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.definition.PositionDefinition;
import io.github.dl4jsnn.internal.runtime.FusedPositionalEncoding;
import io.github.dl4jsnn.position.CpgCode;
import io.github.dl4jsnn.position.PositionalCode;
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
 * Tells a network where in a sequence each entry stands: CPG-PE, or another positional code.
 *
 * <pre>
 *   CONCAT   y[p] = (x[p], c(p))        [N, S, F + width]
 *   ADD      y[p] = x[p] + c(p)         [N, S, F]
 * </pre>
 *
 * <p>with the code {@code c} of {@link CpgCode}, which holds the equation, or any {@link
 * PositionalCode}. Concatenated spikes stay spikes; a {@link SpikingDense} behind maps them back to
 * the wanted width.
 *
 * <p><b>Two axes.</b> {@code p} is the place in the sequence that comes in, {@code S} its length. A
 * network that runs T spike steps on each of L positions keeps them in one sequence of {@code S = T
 * L} entries, step by step: {@code p = t L + l}. So each step of each position has a code of its
 * own.
 *
 * <p><b>Shapes.</b> {@code [N, S, F]} (NWC) or {@code [N, F, S]} (NCW) in, the same out; S may
 * vary. <b>Parameters.</b> None. <b>Masks.</b> An entry that a feature mask {@code [N, S]} marks
 * with 0 puts out 0, without a code. <b>Streams</b> are refused: the code counts from the start.
 *
 * <p><b>Logs</b> a warning once where two positions of a sequence share a code.
 *
 * <p><b>Errors.</b> ADD with a code of another width than the input, wrong rank: an exception that
 * names the layer.
 *
 * <p><b>Source.</b> C. Lv, D. Han, Y. Wang, X. Zheng, X. Huang, D. Li, "Advancing Spiking Neural
 * Networks for Sequential Modeling with Central Pattern Generators", NeurIPS 2024, Eq. 13-15.
 */
public final class PositionalEncodingLayer extends AbstractSnnLayer {
  private static final long serialVersionUID = 1L;

  /** How the code joins the input. */
  public enum Merge {
    /** Behind the features of the input. */
    CONCAT,
    /** Added to them; makes spikes to numbers. */
    ADD
  }

  @JsonProperty private PositionalCode code = CpgCode.builder().build();
  @JsonProperty private Merge merge = Merge.CONCAT;

  private PositionalEncodingLayer() {}

  private PositionalEncodingLayer(Builder builder) {
    super(builder);
    this.code = builder.code;
    this.merge = builder.merge;
  }

  /**
   * The code.
   *
   * @return an immutable code
   */
  public PositionalCode getCode() {
    return code;
  }

  /**
   * How the code joins the input.
   *
   * @return behind it, or added
   */
  public Merge getMerge() {
    return merge;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    if (TimeFolding.isStatic(layerIndex, inputType)) {
      throw new IllegalStateException(
          label() + ": expected a recurrent input (a sequence), got " + inputType);
    }
    long features = featuresOf(inputType);
    checkWidth(features);
    long steps =
        inputType instanceof InputType.InputTypeRecurrent
            ? ((InputType.InputTypeRecurrent) inputType).getTimeSeriesLength()
            : knownSteps(0);
    return InputType.recurrent(outputFeatures(features), steps, formatFor(inputType));
  }

  /**
   * Features of the output.
   *
   * @param features of the input
   * @return the same, or with the code behind
   */
  public long outputFeatures(long features) {
    return merge == Merge.ADD ? features : features + code.width();
  }

  private void checkWidth(long features) {
    if (merge == Merge.ADD && features != code.width()) {
      throw new IllegalArgumentException(
          label()
              + ": to add it, the code must be as wide as the input, "
              + features
              + " features; "
              + code
              + " is "
              + code.width()
              + " wide");
    }
  }

  @Override
  public void validateInput(INDArray input) {
    checkRank(label(), input, 3);
    checkWidth(input.size(getDataFormat() == RNNFormat.NWC ? 2 : 1));
  }

  @Override
  public SDVariable defineLayer(
      SameDiff sd, SDVariable input, Map<String, SDVariable> params, SDVariable mask) {
    boolean ncw = getDataFormat() == RNNFormat.NCW;
    int steps = (int) input.getShape()[ncw ? 2 : 1];
    SDVariable codes = sd.constant(code.codes(steps, input.dataType()));
    SDVariable x = ncw ? sd.permute(input, 0, 2, 1) : input;
    SDVariable y = PositionDefinition.define(sd, x, codes, merge == Merge.ADD, mask);
    return ncw ? sd.permute(y, 0, 2, 1) : y;
  }

  @Override
  protected SameDiffLayer fusedLayer(NeuralNetConfiguration conf, DataType type) {
    return new FusedPositionalEncoding(conf, type);
  }

  @Override
  public boolean equals(Object o) {
    return super.equals(o)
        && code.equals(((PositionalEncodingLayer) o).code)
        && merge == ((PositionalEncodingLayer) o).merge;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), code, merge);
  }

  /** Builder of {@link PositionalEncodingLayer}. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractSnnLayer.Builder<Builder> {
    private PositionalCode code = CpgCode.builder().build();
    private Merge merge = Merge.CONCAT;

    /** The default CPG code behind the features. */
    public Builder() {}

    /**
     * Sets the code.
     *
     * @param code default {@code CpgCode.builder().build()}
     * @return this builder
     */
    public Builder code(PositionalCode code) {
      this.code = Objects.requireNonNull(code, "code");
      return this;
    }

    /**
     * Sets how the code joins the input.
     *
     * @param merge default {@link Merge#CONCAT}
     * @return this builder
     */
    public Builder merge(Merge merge) {
      this.merge = Objects.requireNonNull(merge, "merge");
      return this;
    }

    @Override
    public PositionalEncodingLayer build() {
      return new PositionalEncodingLayer(this);
    }
  }
}
