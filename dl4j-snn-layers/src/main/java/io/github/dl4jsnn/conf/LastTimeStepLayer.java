package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.definition.ReadoutDefinition;
import io.github.dl4jsnn.internal.runtime.FusedLastTimeStep;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The last time step of a sequence.
 *
 * <pre>
 *   y = x[T']      T' = last step that the feature mask does not mark as missing, else the last
 * </pre>
 *
 * <p>DL4J's {@code LastTimeStep} wraps a recurrent layer of DL4J and cannot wrap a layer of this
 * library; this layer follows any layer that puts out a sequence.
 *
 * <p><b>Shapes.</b> {@code [N, T, F]} (NWC) or {@code [N, F, T]} (NCW) in, {@code [N, F]} out.
 *
 * <p><b>Masks.</b> A feature mask {@code [N, T]} says where each sequence ends. An example without
 * any step is an error.
 *
 * <p><b>Streams.</b> {@code rnnTimeStep} gives the last step since {@code rnnClearPreviousState};
 * an example whose steps were all missing so far gives 0. Truncated BPTT is refused, as by DL4J's.
 *
 * <p><b>Parameters.</b> None.
 *
 * <p><b>Use</b> it behind non-spiking neurons, whose potential holds the past. <b>Do not use</b> it
 * on spikes, of which it sees one step only: {@link SpikeReadoutLayer} reads them all.
 */
public final class LastTimeStepLayer extends AbstractReadoutLayer {
  private static final long serialVersionUID = 1L;

  private LastTimeStepLayer() {}

  private LastTimeStepLayer(Builder builder) {
    super(builder);
  }

  @Override
  protected SDVariable define(
      SameDiff sd, SDVariable x, int steps, SDVariable mask, Map<String, SDVariable> params) {
    return ReadoutDefinition.lastStep(sd, x, mask);
  }

  @Override
  protected SameDiffLayer fusedLayer(NeuralNetConfiguration conf, DataType type) {
    return new FusedLastTimeStep(conf, type);
  }

  /** Builder of {@link LastTimeStepLayer}. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractSnnLayer.Builder<Builder> {
    /** All defaults. */
    public Builder() {}

    @Override
    public LastTimeStepLayer build() {
      return new LastTimeStepLayer(this);
    }
  }
}
