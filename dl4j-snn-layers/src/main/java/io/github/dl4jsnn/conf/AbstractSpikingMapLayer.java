package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.BuilderChecks;
import io.github.dl4jsnn.internal.definition.SpikingMapDefinition;
import io.github.dl4jsnn.internal.op.ConvolutionTaps;
import io.github.dl4jsnn.internal.op.SpikingMapOp;
import io.github.dl4jsnn.internal.op.SpikingMapSettings;
import io.github.dl4jsnn.internal.op.TemporalBatchNormOp;
import io.github.dl4jsnn.internal.runtime.DefinedSpikingMap;
import io.github.dl4jsnn.internal.runtime.FusedSpikingMap;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.NeuronConstant;
import io.github.dl4jsnn.neuron.Sharing;
import io.github.dl4jsnn.position.PositionalCode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A map, batch normalisation and spiking neurons in one layer, for networks that run T spike steps
 * on each of L positions of a sequence:
 *
 * <pre>
 *   z[t,l] = map(x)[t,l] + b                              the map of a subclass, within step t
 *   y      = gamma * (z - mu) / sqrt(var + eps) + beta    mu, var over examples, steps, positions
 *   o[.,l] = neuron(y[0,l], ..., y[T-1,l])                T steps at each position, from rest
 * </pre>
 *
 * <p><b>Two axes.</b> One sequence holds both, step by step: entry {@code p = t L + l}, of {@code S
 * = T L} entries. T is set by {@code timeSteps}; L follows from the sequence and may vary.
 *
 * <p><b>Shapes.</b> {@code [N, T*L, nIn]} (NWC) or {@code [N, nIn, T*L]} (NCW) in, the same with
 * nOut features out: spikes 0 and 1 (potentials, if the neuron does not fire). With {@code
 * repeatInput} the input has L entries, each a constant current for all T steps, whose map and
 * normalisation are computed once; the output has T*L.
 *
 * <p><b>Masks.</b> An entry that a feature mask {@code [N, T*L]} marks with 0 puts out 0, counts in
 * no statistic and takes no part in any gradient. With {@code repeatInput} the mask is {@code [N,
 * L]}, and the layers behind get it T times.
 *
 * <p><b>Parameters.</b> {@code W} and, unless {@code hasBias(false)}, {@code b} {@code [nOut]},
 * which starts at 0; with batch normalisation {@code gamma}, {@code beta}, and the running {@code
 * mean} and {@code var}, kept and used as in {@link AbstractTemporalBatchNormLayer}; the trained
 * constants of the neurons by name, {@code [1]} or {@code [nOut]}.
 *
 * <p><b>Dropout</b> works on the input, as in DL4J. <b>Streams</b> and truncated BPTT are refused:
 * the steps of a position lie L entries apart.
 *
 * <p><b>Errors.</b> A sequence whose length T does not divide, wrong rank or number of features,
 * NaN or infinity: an exception that names the layer.
 *
 * <p><b>Memory.</b> The layer keeps two numbers for each current between passes.
 */
public abstract class AbstractSpikingMapLayer extends AbstractFeatureLayer {
  private static final long serialVersionUID = 1L;

  private static final Set<String> OWN_PARAMETERS =
      Set.of(
          SpikingMapOp.WEIGHT,
          SpikingMapOp.BIAS,
          SpikingMapOp.CODE_WEIGHT,
          SpikingMapOp.GAIN,
          TemporalBatchNormOp.GAMMA,
          TemporalBatchNormOp.BETA,
          TemporalBatchNormOp.MEAN,
          TemporalBatchNormOp.VARIANCE);

  @JsonProperty private long nOut;
  @JsonProperty private int timeSteps = 4;
  @JsonProperty private Neuron neuron = LifParameters.defaults();
  @JsonProperty private boolean batchNorm = true;
  @JsonProperty private double batchNormDecay = 0.9;
  @JsonProperty private double batchNormEps = 1e-5;
  @JsonProperty private boolean hasBias = true;
  @JsonProperty private boolean repeatInput;

  AbstractSpikingMapLayer() {}

  AbstractSpikingMapLayer(Builder<?> builder) {
    super(builder);
    this.nOut = BuilderChecks.size(BuilderChecks.layer(builder), "nOut", builder.nOut);
    this.timeSteps = builder.timeSteps;
    this.neuron = builder.neuron;
    this.batchNorm = builder.batchNorm;
    this.batchNormDecay = builder.batchNormDecay;
    this.batchNormEps = builder.batchNormEps;
    this.hasBias = builder.hasBias;
    this.repeatInput = builder.repeatInput;
  }

  /**
   * Number of outputs.
   *
   * @return nOut
   */
  public long getNOut() {
    return nOut;
  }

  /**
   * Steps at each position.
   *
   * @return T
   */
  public int getTimeSteps() {
    return timeSteps;
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
   * Whether currents are normalised.
   *
   * @return true for a batch normalisation between map and neurons
   */
  public boolean isBatchNorm() {
    return batchNorm;
  }

  /**
   * How much of the running statistics an iteration keeps.
   *
   * @return decay
   */
  public double getBatchNormDecay() {
    return batchNormDecay;
  }

  /**
   * What is added to the variance.
   *
   * @return eps
   */
  public double getBatchNormEps() {
    return batchNormEps;
  }

  /**
   * Whether there is a bias.
   *
   * @return true if {@code b} is a parameter
   */
  public boolean hasBias() {
    return hasBias;
  }

  /**
   * Whether each entry of the input is a constant current for all steps.
   *
   * @return true if the input has L entries, false if it has T*L
   */
  public boolean isRepeatInput() {
    return repeatInput;
  }

  /**
   * The code that is mapped beside the input.
   *
   * @return a code, or null if there is none
   */
  public PositionalCode positionalCode() {
    return null;
  }

  /** Taps of a convolution, or null for a map of each position by itself. */
  ConvolutionTaps taps() {
    return null;
  }

  /** Adds the parameters of the map, without bias. */
  abstract void defineMap(SDLayerParams params);

  /** Sets the parameters of the map to their initial values. */
  abstract void initializeMap(Map<String, INDArray> params);

  /** The map in SameDiff, with bias, of {@code [N, P, nIn]}. */
  abstract SDVariable defineMap(
      SameDiff sd, SDVariable x, int positions, Map<String, SDVariable> params, SDVariable mask);

  /**
   * What the kernels must know.
   *
   * @return settings under the present name of the layer
   */
  public final SpikingMapSettings settings() {
    return new SpikingMapSettings(
        label(), timeSteps, repeatInput, neuron, batchNorm, batchNormEps, batchNormDecay, taps());
  }

  /**
   * Length of the output.
   *
   * @param inputLength entries of the input
   * @return T*L
   */
  public long outputLength(long inputLength) {
    return repeatInput ? timeSteps * inputLength : inputLength;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    if (!(inputType instanceof InputType.InputTypeRecurrent)) {
      throw new IllegalStateException(
          label() + ": expected a recurrent input (a sequence), got " + inputType);
    }
    featuresOf(inputType);
    long length = ((InputType.InputTypeRecurrent) inputType).getTimeSeriesLength();
    if (length > 0) {
      checkLength(length, inputType);
    }
    return InputType.recurrent(nOut, length > 0 ? outputLength(length) : length, getDataFormat());
  }

  private void checkLength(long length, Object input) {
    if (!repeatInput && length % timeSteps != 0) {
      throw new IllegalArgumentException(
          label()
              + ": expected a sequence of T*L entries, T = timeSteps = "
              + timeSteps
              + ", got length "
              + length
              + " in "
              + input
              + "; a sequence of L entries that are held for all steps needs repeatInput(true)");
    }
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int minibatchSize) {
    boolean tiles = mask != null && repeatInput && timeSteps > 1;
    return super.feedForwardMaskArray(
        tiles ? Nd4j.tile(mask, 1, timeSteps) : mask, state, minibatchSize);
  }

  @Override
  public void defineParameters(SDLayerParams params) {
    params.clear();
    defineMap(params);
    if (hasBias) {
      params.addBiasParam(SpikingMapOp.BIAS, nOut);
    }
    if (batchNorm) {
      params.addBiasParam(TemporalBatchNormOp.GAMMA, nOut);
      params.addBiasParam(TemporalBatchNormOp.BETA, nOut);
    }
    for (NeuronConstant c : neuron.constants()) {
      if (c.trained()) {
        params.addBiasParam(c.name(), c.sharing() == Sharing.LAYER ? 1 : nOut);
      }
    }
    if (batchNorm) { // last, see RunningStatistics
      params.addBiasParam(TemporalBatchNormOp.MEAN, nOut);
      params.addBiasParam(TemporalBatchNormOp.VARIANCE, nOut);
    }
  }

  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    initializeMap(params);
    assign(params, SpikingMapOp.BIAS, 0);
    assign(params, TemporalBatchNormOp.GAMMA, 1);
    assign(params, TemporalBatchNormOp.BETA, 0);
    assign(params, TemporalBatchNormOp.MEAN, 0);
    assign(params, TemporalBatchNormOp.VARIANCE, 1);
    for (NeuronConstant c : neuron.constants()) {
      assign(params, c.name(), c.trained() ? c.range().parameter(c.value()) : 0);
    }
  }

  private static void assign(Map<String, INDArray> params, String name, double value) {
    if (params.containsKey(name)) {
      params.get(name).assign(value);
    }
  }

  /** None for the running statistics: their gradient is the step itself. */
  @Override
  public IUpdater getUpdaterByParam(String paramName) {
    return TemporalBatchNormOp.isStatistic(paramName)
        ? new NoOp()
        : super.getUpdaterByParam(paramName);
  }

  @Override
  public List<Regularization> getRegularizationByParam(String paramName) {
    return TemporalBatchNormOp.isStatistic(paramName)
        ? null
        : super.getRegularizationByParam(paramName);
  }

  @Override
  protected void checkComplete() {
    checkNInKnown(getNIn());
  }

  @Override
  public void validateInput(INDArray input) {
    checkRank(label(), input, 3);
    checkFeatures(input, getNIn());
    checkLength(
        input.size(getDataFormat() == RNNFormat.NWC ? 1 : 2),
        "an input of shape " + Arrays.toString(input.shape()));
  }

  @Override
  public SDVariable defineLayer(
      SameDiff sd, SDVariable input, Map<String, SDVariable> params, SDVariable mask) {
    boolean ncw = getDataFormat() == RNNFormat.NCW;
    int positions = (int) input.getShape()[ncw ? 2 : 1];
    SDVariable x = ncw ? sd.permute(input, 0, 2, 1) : input;
    SDVariable o =
        SpikingMapDefinition.neurons(
            sd,
            defineMap(sd, x, positions, params, mask),
            positions,
            nOut,
            repeatInput,
            timeSteps,
            batchNorm ? batchNormEps : 0,
            neuron,
            params,
            mask);
    return ncw ? sd.permute(o, 0, 2, 1) : o;
  }

  @Override
  protected SameDiffLayer fusedLayer(NeuralNetConfiguration conf, DataType type) {
    return new FusedSpikingMap(conf, type);
  }

  @Override
  protected SameDiffLayer definedLayer(NeuralNetConfiguration conf, DataType type) {
    return new DefinedSpikingMap(conf, type);
  }

  @Override
  public boolean equals(Object o) {
    if (!super.equals(o)) {
      return false;
    }
    AbstractSpikingMapLayer l = (AbstractSpikingMapLayer) o;
    return nOut == l.nOut
        && timeSteps == l.timeSteps
        && neuron.equals(l.neuron)
        && batchNorm == l.batchNorm
        && batchNormDecay == l.batchNormDecay
        && batchNormEps == l.batchNormEps
        && hasBias == l.hasBias
        && repeatInput == l.repeatInput;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), nOut, timeSteps, neuron, batchNorm, repeatInput);
  }

  /**
   * What the builders share; {@code weightInit} has its effect here, default XAVIER.
   *
   * @param <T> the builder
   */
  @SuppressWarnings("unchecked")
  public abstract static class Builder<T extends Builder<T>>
      extends AbstractFeatureLayer.Builder<T> {
    private long nOut;
    private int timeSteps = 4;
    private Neuron neuron = LifParameters.defaults();
    private boolean batchNorm = true;
    private double batchNormDecay = 0.9;
    private double batchNormEps = 1e-5;
    private boolean hasBias = true;
    private boolean repeatInput;

    Builder() {}

    /**
     * Sets the number of outputs.
     *
     * @param nOut at least 1; no default
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    public T nOut(long nOut) {
      this.nOut = BuilderChecks.size(BuilderChecks.layer(this), "nOut", nOut);
      return (T) this;
    }

    /**
     * Sets the number of steps at each position.
     *
     * @param timeSteps T, at least 1; default 4, as in the paper's experiments
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    public T timeSteps(int timeSteps) {
      this.timeSteps = BuilderChecks.timeSteps(BuilderChecks.layer(this), timeSteps);
      return (T) this;
    }

    /**
     * Sets the model of the neurons.
     *
     * @param neuron default {@link LifParameters#defaults()}
     * @return this builder
     * @throws IllegalArgumentException if a constant of it has the name of a parameter of the layer
     */
    public T neuron(Neuron neuron) {
      for (NeuronConstant c : neuron.constants()) {
        if (OWN_PARAMETERS.contains(c.name())) {
          throw new IllegalArgumentException(
              BuilderChecks.layer(this)
                  + ": no constant of the neuron may have the name of one of the layer's parameters, "
                  + OWN_PARAMETERS
                  + "; got "
                  + c.name());
        }
      }
      this.neuron = neuron;
      return (T) this;
    }

    /**
     * Whether currents are normalised.
     *
     * @param batchNorm default true
     * @return this builder
     */
    public T batchNorm(boolean batchNorm) {
      this.batchNorm = batchNorm;
      return (T) this;
    }

    /**
     * Sets how much of the running statistics an iteration keeps.
     *
     * @param decay in [0, 1); default 0.9, as in DL4J; nearer to 1 for small batches
     * @return this builder
     * @throws IllegalArgumentException if it is not in the range
     */
    public T batchNormDecay(double decay) {
      this.batchNormDecay = BuilderChecks.decay(BuilderChecks.layer(this), decay);
      return (T) this;
    }

    /**
     * Sets what is added to the variance.
     *
     * @param eps above 0; default 1e-5
     * @return this builder
     * @throws IllegalArgumentException if it is not above 0 and finite
     */
    public T batchNormEps(double eps) {
      this.batchNormEps = BuilderChecks.positive(BuilderChecks.layer(this), "eps", eps);
      return (T) this;
    }

    /**
     * Whether there is a bias. Batch normalisation takes it out again while training.
     *
     * @param hasBias default true
     * @return this builder
     */
    public T hasBias(boolean hasBias) {
      this.hasBias = hasBias;
      return (T) this;
    }

    /**
     * Whether each entry of the input is a constant current for all steps.
     *
     * @param repeatInput true: the input has L entries; default false: it has T*L
     * @return this builder
     */
    public T repeatInput(boolean repeatInput) {
      this.repeatInput = repeatInput;
      return (T) this;
    }

    /**
     * Sets how the weights start.
     *
     * @param weightInit default {@link WeightInit#XAVIER}
     * @return this builder
     * @throws IllegalArgumentException if it is DISTRIBUTION, which does not say which
     */
    @Override
    public T weightInit(WeightInit weightInit) {
      if (weightInit == WeightInit.DISTRIBUTION) {
        throw new IllegalArgumentException(
            BuilderChecks.layer(this)
                + ": expected a weightInit that is complete, got DISTRIBUTION");
      }
      return super.weightInit(Objects.requireNonNull(weightInit, "weightInit"));
    }
  }
}
