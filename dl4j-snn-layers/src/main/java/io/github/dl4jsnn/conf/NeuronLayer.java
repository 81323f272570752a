package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.op.NeuronOp;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.NeuronConstant;
import io.github.dl4jsnn.neuron.ParametricLif;
import io.github.dl4jsnn.neuron.Recurrence;
import io.github.dl4jsnn.neuron.Sharing;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Neurons of any model, one for each feature: {@link ParametricLif} with trained decay or
 * threshold, adaptive, synaptic and other neurons of {@link io.github.dl4jsnn.neuron}, or one of
 * your own; with feedback from the spikes of the step before if wanted.
 *
 * <p><b>Shapes.</b> A sequence of input currents {@code [N, T, F]} (NWC) or {@code [N, F, T]}
 * (NCW), any T; or a static input {@code [N, F]}, which is a constant current for {@code timeSteps}
 * steps. Output: spikes 0 and 1 (potentials, if the neuron does not fire), a sequence in the same
 * format (NWC for a static input unless set).
 *
 * <p>Between DL4J's dense, convolution and pooling layers, time is folded into the batch; see
 * {@link AbstractNeuronLayer}.
 *
 * <p><b>Masks.</b> A feature mask {@code [N, T]} marks missing steps with 0: such a step emits
 * nothing and leaves the neuron at rest, as DL4J's LSTM does.
 *
 * <p><b>Streams</b> and truncated BPTT: {@link AbstractNeuronLayer}.
 *
 * <p><b>Parameters.</b> The trained {@link NeuronConstant}s by name, {@code [1]} or {@code [F]},
 * each held as the {@code w} of its range and trained like a bias (no weight decay unless asked for
 * biases); with recurrence {@code RW}: {@code [F]}, which starts at 0, or {@code [F, F]} (from,
 * to), Xavier over F in and F out.
 *
 * <p><b>Dropout</b> works on the input currents, as in DL4J.
 *
 * <p><b>Errors.</b> Wrong rank or number of features, a static input without {@code timeSteps}, NaN
 * or infinity: an exception that names the layer.
 *
 * <p><b>Use</b> {@link LifLayer} for plain LIF neurons: it is faster. <b>Do not use</b> spikes as
 * the input of a loss: put a {@link SpikeReadoutLayer} between.
 */
public final class NeuronLayer extends AbstractNeuronLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private Neuron neuron = ParametricLif.builder().build();
  @JsonProperty private Recurrence recurrence = Recurrence.NONE;

  private NeuronLayer() {}

  private NeuronLayer(Builder builder) {
    super(builder);
    this.neuron = withFeedback(builder.neuron, builder.recurrence);
    this.recurrence = builder.recurrence;
  }

  /** The fast path of plain LIF neurons knows no feedback. */
  private static Neuron withFeedback(Neuron neuron, Recurrence recurrence) {
    return neuron instanceof LifParameters && recurrence != Recurrence.NONE
        ? ParametricLif.of((LifParameters) neuron)
        : neuron;
  }

  /**
   * The model of the neurons.
   *
   * @return model and constants
   */
  public Neuron getNeuron() {
    return neuron;
  }

  /**
   * Feedback of the spikes.
   *
   * @return how spikes of one step feed the next
   */
  public Recurrence getRecurrence() {
    return recurrence;
  }

  @Override
  public Neuron neuron() {
    return neuron;
  }

  @Override
  public Recurrence recurrence() {
    return recurrence;
  }

  @Override
  public void defineParameters(SDLayerParams params) {
    params.clear();
    defineConstants(params, getNIn());
    if (recurrence == Recurrence.ONE_TO_ONE) {
      params.addWeightParam(NeuronOp.RECURRENT_WEIGHTS, getNIn());
    } else if (recurrence == Recurrence.ALL_TO_ALL) {
      params.addWeightParam(NeuronOp.RECURRENT_WEIGHTS, getNIn(), getNIn());
    }
  }

  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    initializeConstants(params);
    if (recurrence == Recurrence.ONE_TO_ONE) {
      params.get(NeuronOp.RECURRENT_WEIGHTS).assign(0);
    } else if (recurrence == Recurrence.ALL_TO_ALL) {
      int n = (int) getNIn();
      initWeights(n, n, WeightInit.XAVIER, params.get(NeuronOp.RECURRENT_WEIGHTS));
    }
  }

  /** Whether a parameter has one entry a feature. */
  private boolean needsNIn() {
    return recurrence != Recurrence.NONE
        || neuron.constants().stream().anyMatch(c -> c.sharing() == Sharing.FEATURE);
  }

  @Override
  protected void checkComplete() {
    if (needsNIn()) {
      checkNInKnown(getNIn());
    }
  }

  /** Builder of {@link NeuronLayer}. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractNeuronLayer.Builder<Builder> {
    private Neuron neuron = ParametricLif.builder().build();
    private Recurrence recurrence = Recurrence.NONE;

    /** All defaults: a {@link ParametricLif}, sequences only, no recurrence. */
    public Builder() {}

    /**
     * Sets the model of the neurons.
     *
     * @param neuron default a {@link ParametricLif} with its defaults; {@link LifParameters} with
     *     recurrence become a {@link ParametricLif} in which nothing is trained
     * @return this builder
     */
    public Builder neuron(Neuron neuron) {
      this.neuron = Objects.requireNonNull(neuron, "neuron");
      return this;
    }

    /**
     * Sets the feedback of the spikes.
     *
     * @param recurrence default {@link Recurrence#NONE}
     * @return this builder
     */
    public Builder recurrence(Recurrence recurrence) {
      this.recurrence = Objects.requireNonNull(recurrence, "recurrence");
      return this;
    }

    @Override
    public NeuronLayer build() {
      return new NeuronLayer(this);
    }
  }
}
