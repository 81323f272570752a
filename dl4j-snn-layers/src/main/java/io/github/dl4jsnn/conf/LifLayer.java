package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.conf.UnfoldTimePreProcessor.Rows;
import io.github.dl4jsnn.internal.definition.LifDefinition;
import io.github.dl4jsnn.internal.runtime.FusedLifLayer;
import io.github.dl4jsnn.neuron.LifParameters;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Leaky integrate-and-fire neurons, one for each feature; the equations are those of {@link
 * LifParameters}.
 *
 * <p><b>Shapes.</b> A sequence of input currents {@code [N, T, F]} (NWC) or {@code [N, F, T]}
 * (NCW), any T; or a static input {@code [N, F]}, which is a constant current for {@code timeSteps}
 * steps. Output: spikes 0 and 1, a sequence in the same format (NWC for a static input unless set).
 *
 * <p>Behind DL4J's dense layers a sequence has its time folded into the batch, {@code [T*N, F]}; it
 * is unfolded before the neurons by {@link UnfoldTimePreProcessor}. Images {@code [T*N, C, H, W]}
 * have a neuron for each pixel and channel and come out as images of spikes, folded as before, for
 * the next convolution. With {@code timeSteps} set, images and feed-forward rows are static and
 * held for these steps: set it on the first spiking layer of a static input, not on those behind
 * it.
 *
 * <p><b>Masks.</b> A feature mask {@code [N, T]} marks missing steps with 0: such a step emits
 * nothing and leaves the neuron at rest, as DL4J's LSTM does.
 *
 * <p><b>Parameters.</b> None. <b>Dropout</b> works on the input currents, as in DL4J.
 *
 * <p><b>Errors.</b> Wrong rank, a static input without {@code timeSteps}, NaN or infinity: an
 * exception that names the layer.
 *
 * <p><b>Use</b> it after any layer that puts out a current: DenseLayer, convolution over time,
 * normalisation. <b>Do not use</b> it as the last layer before a loss: put a {@link
 * SpikeReadoutLayer} between.
 */
public final class LifLayer extends AbstractSnnLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private LifParameters neuron = LifParameters.defaults();
  @JsonProperty private int timeSteps;

  private LifLayer() {}

  private LifLayer(Builder builder) {
    super(builder);
    this.neuron = builder.neuron;
    this.timeSteps = builder.timeSteps;
  }

  /**
   * The neuron's constants.
   *
   * @return parameters
   */
  public LifParameters getNeuron() {
    return neuron;
  }

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

  @Override
  public void validateInput(INDArray input) {
    checkRank(label(), input, 2, 3);
    stepsOf(input.rank(), 1);
  }

  @Override
  public SDVariable defineLayer(
      SameDiff sd, SDVariable input, Map<String, SDVariable> params, SDVariable mask) {
    boolean ncw = getDataFormat() == RNNFormat.NCW;
    SDVariable spikes;
    if (input.getShape().length == 3) {
      SDVariable x = ncw ? sd.permute(input, 0, 2, 1) : input;
      spikes = LifDefinition.ofSequence(sd, x, (int) input.getShape()[ncw ? 2 : 1], neuron, mask);
    } else {
      spikes = LifDefinition.ofConstant(sd, input, (int) stepsOf(2, -1), neuron);
    }
    return ncw ? sd.permute(spikes, 0, 2, 1) : spikes;
  }

  @Override
  protected SameDiffLayer fusedLayer(NeuralNetConfiguration conf, DataType type) {
    return new FusedLifLayer(conf, type);
  }

  @Override
  public boolean equals(Object o) {
    return super.equals(o)
        && neuron.equals(((LifLayer) o).neuron)
        && timeSteps == ((LifLayer) o).timeSteps;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), neuron, timeSteps);
  }

  /** Builder of {@link LifLayer}. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractSnnLayer.Builder<Builder> {
    private LifParameters neuron = LifParameters.defaults();
    private int timeSteps;

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

    /**
     * Lets the layer take static input, held for this many steps.
     *
     * @param timeSteps T, at least 1
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder timeSteps(int timeSteps) {
      this.timeSteps = BuilderChecks.timeSteps("LifLayer", timeSteps);
      return this;
    }

    @Override
    public LifLayer build() {
      return new LifLayer(this);
    }
  }
}
