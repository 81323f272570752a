package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.BuilderChecks;
import io.github.dl4jsnn.internal.definition.EncodingDefinition;
import io.github.dl4jsnn.internal.runtime.FusedTrainableEncoding;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.NeuronConstant;
import io.github.dl4jsnn.neuron.Recurrence;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Trainable encoding: an affine map of real values into currents of neurons, whose spikes are the
 * code.
 *
 * <pre>
 *   c = x W + b                     of a static input, computed once
 *   c[t] = x[t] W + b               of a sequence
 *   o = neuron(c)                   LIF unless set; equations in {@link LifParameters}
 * </pre>
 *
 * <p>What a fixed encoder of {@link io.github.dl4jsnn.encode} decides beforehand, this layer
 * learns: which mixtures of values a neuron answers to, and how strongly.
 *
 * <p><b>Shapes.</b> {@code [N, nIn]} in, held for {@code timeSteps}, or a sequence {@code [N, T,
 * nIn]} (NWC) or {@code [N, nIn, T]} (NCW) of any length; spikes {@code [N, T, nOut]} or {@code [N,
 * nOut, T]} out. T of a static input is part of the configuration.
 *
 * <p><b>Parameters.</b> {@code W} {@code [nIn, nOut]}, XAVIER unless set, and {@code b} {@code
 * [nOut]}, 0; in the shapes and places that they have in DL4J's DenseLayer. Behind them the trained
 * constants of the neurons, as in {@link NeuronLayer}.
 *
 * <p><b>Masks.</b> A feature mask {@code [N, T]} marks missing steps with 0: such a step emits
 * nothing, leaves the neurons at rest, and takes no part in any gradient.
 *
 * <p><b>Dropout</b> works on the input, as in DL4J.
 *
 * <p><b>Errors.</b> Wrong rank or number of features, a static input without {@code timeSteps}, NaN
 * or infinity: an exception that names the layer.
 *
 * <p><b>Use</b> it as the first layer on real features, so that all that follows sees spikes. <b>Do
 * not use</b> it on images: convolution layers before a {@link LifLayer} encode those.
 *
 * <p><b>Source.</b> The encoding layer of Y. Wu, L. Deng, G. Li, J. Zhu, Y. Xie, L. Shi, "Direct
 * training for spiking neural networks: faster, larger, better", AAAI 2019, with an affine map.
 */
public final class TrainableEncodingLayer extends AbstractNeuronLayer {
  private static final long serialVersionUID = 1L;

  /** Name of the weights. */
  public static final String WEIGHT = "W";

  /** Name of the bias. */
  public static final String BIAS = "b";

  @JsonProperty("outputs")
  private long nOut;

  @JsonProperty private boolean bias = true;
  @JsonProperty private Neuron neuron = LifParameters.defaults();

  private TrainableEncodingLayer() {}

  private TrainableEncodingLayer(Builder builder) {
    super(builder);
    this.nOut = builder.nOut;
    this.bias = builder.hasBias;
    this.neuron = builder.neuron;
  }

  /**
   * Number of neurons.
   *
   * @return nOut
   */
  @JsonIgnore
  public long getNOut() {
    return nOut;
  }

  /**
   * Whether there is a bias.
   *
   * @return true if {@code b} is a parameter
   */
  public boolean isBias() {
    return bias;
  }

  /**
   * The model of the neurons.
   *
   * @return model and constants
   */
  public Neuron getNeuron() {
    return neuron;
  }

  @Override
  public Neuron neuron() {
    return neuron;
  }

  /** None. */
  @Override
  public Recurrence recurrence() {
    return Recurrence.NONE;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    InputType currents = super.getOutputType(layerIndex, inputType);
    if (currents instanceof InputType.InputTypeRecurrent) {
      InputType.InputTypeRecurrent r = (InputType.InputTypeRecurrent) currents;
      return InputType.recurrent(nOut, r.getTimeSeriesLength(), r.getFormat());
    }
    // images, whose pixels the affine map mixes
    return InputType.recurrent(nOut, knownSteps(getTimeSteps()), getDataFormat());
  }

  @Override
  public void defineParameters(SDLayerParams params) {
    params.clear();
    params.addWeightParam(WEIGHT, getNIn(), nOut);
    if (bias) {
      params.addBiasParam(BIAS, nOut);
    }
    defineConstants(params, nOut);
  }

  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    INDArray w = params.get(WEIGHT);
    // fan-in nIn, fan-out nOut
    getWeightInit()
        .getWeightInitFunction()
        .init(getNIn(), nOut, w.shape(), 'f', w.reshape('f', new long[] {w.length()}));
    if (bias) {
      params.get(BIAS).assign(0);
    }
    initializeConstants(params);
  }

  /** Column by column, as in DL4J's DenseLayer. */
  @Override
  public char paramReshapeOrder(String param) {
    return 'f';
  }

  @Override
  protected void checkComplete() {
    checkNInKnown(getNIn());
  }

  @Override
  public SDVariable defineLayer(
      SameDiff sd, SDVariable input, Map<String, SDVariable> params, SDVariable mask) {
    long[] shape = input.getShape();
    boolean ncw = getDataFormat() == RNNFormat.NCW;
    boolean sequence = shape.length == 3;
    SDVariable spikes =
        EncodingDefinition.define(
            sd,
            sequence && ncw ? sd.permute(input, 0, 2, 1) : input,
            sequence,
            (int) stepsOf(shape.length, sequence ? shape[ncw ? 2 : 1] : -1),
            params,
            neuron,
            mask);
    return ncw ? sd.permute(spikes, 0, 2, 1) : spikes;
  }

  @Override
  protected SameDiffLayer fusedLayer(NeuralNetConfiguration conf, DataType type) {
    return new FusedTrainableEncoding(conf, type);
  }

  @Override
  public boolean equals(Object o) {
    if (!super.equals(o)) {
      return false;
    }
    TrainableEncodingLayer l = (TrainableEncodingLayer) o;
    return nOut == l.nOut && bias == l.bias;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), nOut, bias);
  }

  /**
   * Builder of {@link TrainableEncodingLayer}; here {@code weightInit} has its effect, default
   * XAVIER.
   */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractNeuronLayer.Builder<Builder> {
    private long nOut;
    private boolean hasBias = true;
    private Neuron neuron = LifParameters.defaults();

    /** All defaults; {@link #nOut} must be set. */
    public Builder() {}

    /**
     * Sets the number of neurons.
     *
     * @param nOut at least 1; no default
     * @return this builder
     */
    public Builder nOut(long nOut) {
      this.nOut = BuilderChecks.size("TrainableEncodingLayer", "nOut", nOut);
      return this;
    }

    /**
     * Whether there is a bias.
     *
     * @param hasBias default true
     * @return this builder
     */
    public Builder hasBias(boolean hasBias) {
      this.hasBias = hasBias;
      return this;
    }

    /**
     * Sets the model of the neurons.
     *
     * @param neuron default {@link LifParameters#defaults()}
     * @return this builder
     * @throws IllegalArgumentException if a constant of it is called W or b
     */
    public Builder neuron(Neuron neuron) {
      for (NeuronConstant c : neuron.constants()) {
        if (c.name().equals(WEIGHT) || c.name().equals(BIAS)) {
          throw new IllegalArgumentException(
              "TrainableEncodingLayer: W and b are the names of its own parameters, so no constant"
                  + " of the neuron may have them; got "
                  + neuron);
        }
      }
      this.neuron = neuron;
      return this;
    }

    /**
     * Sets how the weights start.
     *
     * @param weightInit default {@link WeightInit#XAVIER}
     * @return this builder
     * @throws IllegalArgumentException if it is DISTRIBUTION, which does not say which
     */
    @Override
    public Builder weightInit(WeightInit weightInit) {
      if (weightInit == WeightInit.DISTRIBUTION) {
        throw new IllegalArgumentException(
            "TrainableEncodingLayer: expected a weightInit that is complete, got DISTRIBUTION");
      }
      return super.weightInit(Objects.requireNonNull(weightInit, "weightInit"));
    }

    @Override
    public TrainableEncodingLayer build() {
      BuilderChecks.size("TrainableEncodingLayer", "nOut", nOut);
      return new TrainableEncodingLayer(this);
    }
  }
}
