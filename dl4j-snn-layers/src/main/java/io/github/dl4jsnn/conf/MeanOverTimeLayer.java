package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.definition.StepsDefinition;
import io.github.dl4jsnn.internal.runtime.FusedMeanOverTime;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The firing rate of each position: the mean over its T spike steps. Behind it a sequence has its L
 * positions again.
 *
 * <pre>
 *   y[l] = mean over t of x[t L + l]
 * </pre>
 *
 * <p><b>Shapes.</b> {@code [N, T*L, F]} (NWC) or {@code [N, F, T*L]} (NCW) in, {@code [N, L, F]} or
 * {@code [N, F, L]} out; the two axes are those of {@link AbstractSpikeSequenceLayer}. L may vary.
 *
 * <p><b>Masks.</b> The mean is over the steps that the feature mask {@code [N, T*L]} does not mark
 * with 0. A position without any puts out 0; the mask of the output, {@code [N, L]}, marks it.
 *
 * <p><b>Parameters.</b> None. <b>Streams</b> and truncated BPTT are refused.
 *
 * <p><b>Errors.</b> T does not divide the entries, NaN or infinity: an exception that names the
 * layer.
 */
public final class MeanOverTimeLayer extends AbstractSpikeSequenceLayer {
  private static final long serialVersionUID = 1L;

  private MeanOverTimeLayer() {}

  private MeanOverTimeLayer(Builder builder) {
    super(builder);
  }

  @Override
  protected long outputEntries(long entries) {
    return positions(entries);
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int minibatchSize) {
    return super.feedForwardMaskArray(mask == null ? null : anyStep(mask), state, minibatchSize);
  }

  /** Whether a position has any step. */
  private INDArray anyStep(INDArray mask) {
    long positions = positions(mask.size(1));
    return mask.dup('c').reshape('c', mask.size(0), getTimeSteps(), positions).max(1);
  }

  @Override
  SDVariable define(SameDiff sd, SDVariable input, long[] shape, SDVariable mask) {
    return StepsDefinition.mean(sd, input, getTimeSteps(), positions(shape[1]), shape[2], mask);
  }

  @Override
  protected SameDiffLayer fusedLayer(NeuralNetConfiguration conf, DataType type) {
    return new FusedMeanOverTime(conf, type);
  }

  /** Builder of {@link MeanOverTimeLayer}. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractSpikeSequenceLayer.Builder<Builder> {
    /** {@link #timeSteps} must be set. */
    public Builder() {}

    @Override
    public MeanOverTimeLayer build() {
      return new MeanOverTimeLayer(this);
    }
  }
}
