package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.definition.StepsDefinition;
import io.github.dl4jsnn.internal.runtime.FusedRepeatOverTime;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Holds each position for T spike steps, as a constant current.
 *
 * <pre>
 *   y[t L + l] = x[l]      t = 0 .. T-1
 * </pre>
 *
 * <p><b>Shapes.</b> {@code [N, L, F]} (NWC) or {@code [N, F, L]} (NCW) in, {@code [N, T*L, F]} or
 * {@code [N, F, T*L]} out; the two axes are those of {@link AbstractSpikeSequenceLayer}. L may
 * vary.
 *
 * <p><b>Masks.</b> {@code [N, L]} in, repeated to {@code [N, T*L]}; masked positions put out 0.
 *
 * <p><b>Parameters.</b> None. <b>Streams</b> and truncated BPTT are refused.
 *
 * <p><b>Errors.</b> Wrong rank, NaN or infinity: an exception that names the layer.
 */
public final class RepeatOverTimeLayer extends AbstractSpikeSequenceLayer {
  private static final long serialVersionUID = 1L;

  private RepeatOverTimeLayer() {}

  private RepeatOverTimeLayer(Builder builder) {
    super(builder);
  }

  @Override
  protected long outputEntries(long entries) {
    return Math.multiplyExact(entries, (long) getTimeSteps());
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int minibatchSize) {
    return super.feedForwardMaskArray(
        mask == null ? null : Nd4j.tile(mask, 1, getTimeSteps()), state, minibatchSize);
  }

  @Override
  SDVariable define(SameDiff sd, SDVariable input, long[] shape, SDVariable mask) {
    return StepsDefinition.repeat(sd, input, getTimeSteps(), shape[1], shape[2], mask);
  }

  @Override
  protected SameDiffLayer fusedLayer(NeuralNetConfiguration conf, DataType type) {
    return new FusedRepeatOverTime(conf, type);
  }

  /** Builder of {@link RepeatOverTimeLayer}. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractSpikeSequenceLayer.Builder<Builder> {
    /** {@link #timeSteps} must be set. */
    public Builder() {}

    @Override
    public RepeatOverTimeLayer build() {
      return new RepeatOverTimeLayer(this);
    }
  }
}
