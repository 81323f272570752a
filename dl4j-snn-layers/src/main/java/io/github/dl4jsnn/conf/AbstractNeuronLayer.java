package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.conf.UnfoldTimePreProcessor.Rows;
import io.github.dl4jsnn.internal.BuilderChecks;
import io.github.dl4jsnn.internal.definition.NeuronDefinition;
import io.github.dl4jsnn.internal.runtime.FusedNeuronLayer;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.NeuronConstant;
import io.github.dl4jsnn.neuron.Recurrence;
import io.github.dl4jsnn.neuron.Sharing;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * What the layers of neurons share: one neuron for each feature, T steps.
 *
 * <p>Behind DL4J's dense layers a sequence has its time folded into the batch, {@code [T*N, F]}; it
 * is unfolded before the neurons by {@link UnfoldTimePreProcessor}. Images {@code [T*N, C, H, W]}
 * have a neuron for each pixel and channel and come out as images of spikes, folded as before, for
 * the next convolution. With {@code timeSteps} set, images and feed-forward rows are static and
 * held for these steps: set it on the first spiking layer of a static input, not on those behind
 * it.
 *
 * <p><b>Streams.</b> {@code rnnTimeStep} takes the next chunk of a sequence, of any length, and
 * goes on from the state in which the last one left the neurons; the outputs of all chunks are, bit
 * for bit, those of the whole sequence. An array {@code [N, F]} is one step (MultiLayerNetwork: in
 * NCW, or behind a preprocessor), also where {@code timeSteps} is set. Feature masks are set with
 * {@code setLayerMaskArrays} before each call. {@code output}, {@code fit} and {@code score} begin
 * at rest and leave the state alone. {@link StreamingState} saves it.
 *
 * <p><b>Truncated BPTT.</b> {@code backpropType(TruncatedBPTT).tBPTTLength(n)} for sequences in
 * NCW, as DL4J cuts dimension 2. (In NWC these layers refuse what reaches them, but where features
 * and classes differ in number, DL4J itself logs a warning and does not train.) In a
 * ComputationGraph DL4J ignores a backward length below the forward length: errors pass through the
 * whole segment.
 *
 * <p><b>Errors.</b> A chunk with another number of examples than the last, or a state of other
 * names or shapes: IllegalArgumentException; streams or truncation with {@link Backend#SAMEDIFF},
 * truncation in NWC: UnsupportedOperationException. A chunk that fails leaves the state of its
 * layer as it was.
 */
public abstract class AbstractNeuronLayer extends AbstractFeatureLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private int timeSteps;

  /** For JSON. */
  protected AbstractNeuronLayer() {}

  /**
   * Takes over what the builder holds.
   *
   * @param builder the builder
   */
  protected AbstractNeuronLayer(Builder<?> builder) {
    super(builder);
    this.timeSteps = builder.timeSteps;
  }

  /**
   * The model of the neurons.
   *
   * @return model and constants
   */
  public abstract Neuron neuron();

  /**
   * Feedback of the spikes.
   *
   * @return how spikes of one step feed the next
   */
  public abstract Recurrence recurrence();

  /**
   * Steps for which a static input is held.
   *
   * @return T, or 0 if only sequences are accepted
   */
  public int getTimeSteps() {
    return timeSteps;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    long features = featuresOf(inputType);
    if (inputType instanceof InputType.InputTypeRecurrent) {
      return InputType.recurrent(
          features,
          ((InputType.InputTypeRecurrent) inputType).getTimeSeriesLength(),
          getDataFormat());
    }
    if (TimeFolding.isStatic(layerIndex, inputType)) {
      stepsOf(2, -1);
    }
    return inputType instanceof InputType.InputTypeConvolutional
        ? inputType
        : InputType.recurrent(features, knownSteps(timeSteps), formatFor(inputType));
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return UnfoldTimePreProcessor.of(
        this, inputType, timeSteps > 0 ? Rows.STATIC : Rows.LONGER_SEQUENCE);
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int minibatchSize) {
    INDArray held = getFoldedShape() == null ? mask : TimeFolding.holdMask(mask, timeSteps);
    return super.feedForwardMaskArray(held, state, minibatchSize);
  }

  /**
   * Number of steps that an input of the given rank runs.
   *
   * @param rank 2 (static) or 3 (sequence)
   * @param sequenceLength length of the sequence, where there is one
   * @return T
   */
  public long stepsOf(int rank, long sequenceLength) {
    if (rank == 3) {
      return sequenceLength;
    }
    if (timeSteps == 0) {
      throw new IllegalStateException(
          label()
              + ": a static input [N, F] is a constant current and needs timeSteps(T) in the configuration");
    }
    return timeSteps;
  }

  /** Adds the trained constants of the neurons, of which there are so many. */
  final void defineConstants(SDLayerParams params, long neurons) {
    for (NeuronConstant c : neuron().constants()) {
      if (c.trained()) {
        params.addBiasParam(c.name(), c.sharing() == Sharing.LAYER ? 1 : neurons);
      }
    }
  }

  /** Sets the trained constants to their initial values. */
  final void initializeConstants(Map<String, INDArray> params) {
    for (NeuronConstant c : neuron().constants()) {
      if (c.trained()) {
        params.get(c.name()).assign(c.range().parameter(c.value()));
      }
    }
  }

  @Override
  public void validateInput(INDArray input) {
    checkRank(label(), input, 2, 3);
    stepsOf(input.rank(), 1);
    checkFeatures(input, getNIn());
  }

  @Override
  public SDVariable defineLayer(
      SameDiff sd, SDVariable input, Map<String, SDVariable> params, SDVariable mask) {
    boolean ncw = getDataFormat() == RNNFormat.NCW;
    boolean sequence = input.getShape().length == 3;
    long steps = stepsOf(input.getShape().length, sequence ? input.getShape()[ncw ? 2 : 1] : -1);
    SDVariable x = sequence && ncw ? sd.permute(input, 0, 2, 1) : input;
    SDVariable out =
        NeuronDefinition.define(sd, x, sequence, (int) steps, neuron(), recurrence(), params, mask);
    return ncw ? sd.permute(out, 0, 2, 1) : out;
  }

  @Override
  protected SameDiffLayer fusedLayer(NeuralNetConfiguration conf, DataType type) {
    return new FusedNeuronLayer(conf, type);
  }

  @Override
  public boolean equals(Object o) {
    return super.equals(o)
        && neuron().equals(((AbstractNeuronLayer) o).neuron())
        && recurrence() == ((AbstractNeuronLayer) o).recurrence()
        && timeSteps == ((AbstractNeuronLayer) o).timeSteps;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), neuron(), recurrence(), timeSteps);
  }

  /**
   * What the builders share.
   *
   * @param <T> the builder
   */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public abstract static class Builder<T extends Builder<T>>
      extends AbstractFeatureLayer.Builder<T> {
    private int timeSteps;

    /** A builder with all defaults. */
    protected Builder() {}

    /**
     * Lets the layer take static input, held for this many steps.
     *
     * @param timeSteps T, at least 1
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    public T timeSteps(int timeSteps) {
      this.timeSteps = BuilderChecks.timeSteps(BuilderChecks.layer(this), timeSteps);
      return (T) this;
    }
  }
}
