package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Recurrence;
import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Leaky integrate-and-fire neurons, one for each feature; the equations are those of {@link
 * LifParameters}.
 *
 * <p><b>Shapes.</b> A sequence of input currents {@code [N, T, F]} (NWC) or {@code [N, F, T]}
 * (NCW), any T; or a static input {@code [N, F]}, which is a constant current for {@code timeSteps}
 * steps. Output: spikes 0 and 1, a sequence in the same format (NWC for a static input unless set).
 *
 * <p>Between DL4J's dense, convolution and pooling layers, time is folded into the batch; see
 * {@link AbstractNeuronLayer}.
 *
 * <p><b>Masks.</b> A feature mask {@code [N, T]} marks missing steps with 0: such a step emits
 * nothing and leaves the neuron at rest, as DL4J's LSTM does.
 *
 * <p><b>Streams</b> and truncated BPTT: {@link AbstractNeuronLayer}.
 *
 * <p><b>Parameters.</b> None. <b>Dropout</b> works on the input currents, as in DL4J.
 *
 * <p><b>Errors.</b> Wrong rank, a static input without {@code timeSteps}, NaN or infinity: an
 * exception that names the layer.
 *
 * <p>For other neurons, trained constants or recurrence there is {@link NeuronLayer}.
 *
 * <p><b>Use</b> it after any layer that puts out a current: DenseLayer, convolution over time,
 * normalisation. <b>Do not use</b> it as the last layer before a loss: put a {@link
 * SpikeReadoutLayer} between.
 */
public final class LifLayer extends AbstractNeuronLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private LifParameters neuron = LifParameters.defaults();

  private LifLayer() {}

  private LifLayer(Builder builder) {
    super(builder);
    this.neuron = builder.neuron;
  }

  /**
   * The neuron's constants.
   *
   * @return parameters
   */
  public LifParameters getNeuron() {
    return neuron;
  }

  @Override
  public LifParameters neuron() {
    return neuron;
  }

  /** None. */
  @Override
  public Recurrence recurrence() {
    return Recurrence.NONE;
  }

  /** Builder of {@link LifLayer}. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractNeuronLayer.Builder<Builder> {
    private LifParameters neuron = LifParameters.defaults();

    /** All defaults: the neuron of {@link LifParameters#defaults()}, sequences only. */
    public Builder() {}

    /**
     * Sets the neuron.
     *
     * @param neuron default {@link LifParameters#defaults()}
     * @return this builder
     */
    public Builder neuron(LifParameters neuron) {
      this.neuron = Objects.requireNonNull(neuron, "neuron");
      return this;
    }

    @Override
    public LifLayer build() {
      return new LifLayer(this);
    }
  }
}
