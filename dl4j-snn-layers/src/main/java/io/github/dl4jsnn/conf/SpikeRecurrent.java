package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.BuilderChecks;
import io.github.dl4jsnn.internal.definition.SpikeRecurrentDefinition;
import io.github.dl4jsnn.internal.op.SpikeRecurrentOp;
import io.github.dl4jsnn.internal.runtime.FusedSpikeRecurrent;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.NeuronConstant;
import io.github.dl4jsnn.neuron.Sharing;
import io.github.dl4jsnn.position.PositionalCode;
import java.util.Arrays;
import java.util.List;
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
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Spiking recurrent layer: each position of a sequence sees the spikes of the position before.
 *
 * <pre>
 *   z[t,l] = W x[t,l] + U s[t,l-1] + b            current of step t at position l;  s[t,-1] = 0
 *   z[t,l] = W x[t,l] + U s[t,l-1] + W2 c[t,l] + b    with a positional code c
 *   s[.,l] = neuron(z[.,l])                       over the T steps of the position, from rest
 * </pre>
 *
 * <p><b>Two axes.</b> A sequence has L positions (words, readings) and the neurons run T spike
 * steps on each. Both lie in one sequence of {@code S = T L} entries, step by step: entry {@code p
 * = t L + l}. The recurrence runs over positions, step t of one to step t of the next; the membrane
 * runs over the steps of one position, for which it starts at rest. {@code timeSteps} tells the two
 * apart.
 *
 * <p><b>Shapes.</b> {@code [N, T*L, nIn]} (NWC) or {@code [N, nIn, T*L]} (NCW) in, the same with
 * {@code nOut} features out; L may vary. Spikes 0 and 1 go out, where the neuron fires.
 *
 * <p><b>Parameters.</b> {@code W} {@code [nIn, nOut]}, {@code RW} (U) {@code [nOut, nOut]}, {@code
 * b} {@code [nOut]}, in shapes, order and places of DL4J's SimpleRnn; with a positional code {@code
 * W2} {@code [width, nOut]}, then the trained constants of the neurons. Weights start as {@code
 * weightInit} says (XAVIER), the bias at 0.
 *
 * <p><b>Masks.</b> Entries that a feature mask {@code [N, T*L]} marks with 0 put out 0 and are
 * passed by: the next position sees what they would have seen. So padding changes nothing.
 *
 * <p><b>Dropout</b> works on the input. <b>Streams</b> and truncated BPTT are refused.
 *
 * <p><b>Errors.</b> A length that T does not divide, wrong rank or number of features, NaN or
 * infinity: an exception that names the layer. The SameDiff path unrolls all positions and steps,
 * so it is for tests.
 *
 * <p><b>Use</b> it for order over long stretches. <b>Do not use</b> it where positions may be
 * computed side by side: the SpikeRNN of SeqSNN, the code of the paper below, is a linear map and
 * neurons over T without recurrence over positions, which is {@code SpikingLinear} with {@code
 * batchNorm(false)}.
 *
 * <p><b>Source.</b> The recurrence is that of J. L. Elman, "Finding structure in time", Cognitive
 * Science 14 (1990), with spikes as hidden state. The code enters as in C. Lv, D. Han, Y. Wang, X.
 * Zheng, X. Huang, D. Li, "Advancing Spiking Neural Networks for Sequential Modeling with Central
 * Pattern Generators", NeurIPS 2024, Appendix D, without batch normalisation.
 */
public final class SpikeRecurrent extends AbstractFeatureLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private long nOut;
  @JsonProperty private int timeSteps;
  @JsonProperty private boolean hasBias = true;
  @JsonProperty private Neuron neuron = LifParameters.defaults();

  /** Null for none. */
  @JsonProperty private PositionalCode positionalCode;

  private SpikeRecurrent() {}

  private SpikeRecurrent(Builder builder) {
    super(builder);
    this.nOut = builder.nOut;
    this.timeSteps = builder.timeSteps;
    this.hasBias = builder.hasBias;
    this.neuron = builder.neuron;
    this.positionalCode = builder.positionalCode;
  }

  /**
   * Number of neurons.
   *
   * @return nOut
   */
  public long getNOut() {
    return nOut;
  }

  /**
   * Spike steps on each position.
   *
   * @return T
   */
  public int getTimeSteps() {
    return timeSteps;
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
   * The model of the neurons.
   *
   * @return model and constants
   */
  public Neuron getNeuron() {
    return neuron;
  }

  /**
   * The code of the positions.
   *
   * @return an immutable code, or null for none
   */
  public PositionalCode getPositionalCode() {
    return positionalCode;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    if (TimeFolding.isStatic(layerIndex, inputType)) {
      throw new IllegalStateException(
          label() + ": expected a recurrent input (a sequence), got " + inputType);
    }
    featuresOf(inputType);
    long length =
        inputType instanceof InputType.InputTypeRecurrent
            ? ((InputType.InputTypeRecurrent) inputType).getTimeSeriesLength()
            : knownSteps(0);
    if (length > 0) {
      checkLength(length);
    }
    return InputType.recurrent(nOut, length, formatFor(inputType));
  }

  private void checkLength(long length) {
    if (length % timeSteps != 0) {
      throw new IllegalArgumentException(
          label()
              + ": expected a sequence of T*L entries, T = "
              + timeSteps
              + " spike steps (timeSteps) on each of L positions; its length "
              + length
              + " is no multiple of "
              + timeSteps);
    }
  }

  @Override
  public void defineParameters(SDLayerParams params) {
    params.clear();
    params.addWeightParam(SpikeRecurrentOp.WEIGHT, getNIn(), nOut);
    params.addWeightParam(SpikeRecurrentOp.RECURRENT_WEIGHT, nOut, nOut);
    if (hasBias) {
      params.addBiasParam(SpikeRecurrentOp.BIAS, nOut);
    }
    if (positionalCode != null) {
      params.addWeightParam(SpikeRecurrentOp.CODE_WEIGHT, positionalCode.width(), nOut);
    }
    for (NeuronConstant c : neuron.constants()) {
      if (c.trained()) {
        params.addBiasParam(c.name(), c.sharing() == Sharing.LAYER ? 1 : nOut);
      }
    }
  }

  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    long width = positionalCode == null ? 0 : positionalCode.width();
    initialize(params.get(SpikeRecurrentOp.WEIGHT), getNIn() + width);
    initialize(params.get(SpikeRecurrentOp.CODE_WEIGHT), getNIn() + width);
    initialize(params.get(SpikeRecurrentOp.RECURRENT_WEIGHT), nOut);
    if (hasBias) {
      params.get(SpikeRecurrentOp.BIAS).assign(0);
    }
    for (NeuronConstant c : neuron.constants()) {
      if (c.trained()) {
        params.get(c.name()).assign(c.range().parameter(c.value()));
      }
    }
  }

  /** Fan-out is nOut; input and code add up to one fan-in. */
  private void initialize(INDArray w, long fanIn) {
    if (w != null) {
      getWeightInit()
          .getWeightInitFunction()
          .init(fanIn, nOut, w.shape(), 'f', w.reshape('f', new long[] {w.length()}));
    }
  }

  /** Column by column, as in DL4J's SimpleRnn. */
  @Override
  public char paramReshapeOrder(String param) {
    return 'f';
  }

  @Override
  public void validateInput(INDArray input) {
    checkRank(label(), input, 3);
    checkFeatures(input, getNIn());
    checkLength(input.size(getDataFormat() == RNNFormat.NWC ? 1 : 2));
  }

  @Override
  public SDVariable defineLayer(
      SameDiff sd, SDVariable input, Map<String, SDVariable> params, SDVariable mask) {
    boolean ncw = getDataFormat() == RNNFormat.NCW;
    int length = (int) input.getShape()[ncw ? 2 : 1];
    SDVariable spikes =
        SpikeRecurrentDefinition.define(
            sd,
            ncw ? sd.permute(input, 0, 2, 1) : input,
            timeSteps,
            length / timeSteps,
            neuron,
            params,
            positionalCode == null
                ? null
                : sd.constant(positionalCode.codes(length, input.dataType())),
            mask);
    return ncw ? sd.permute(spikes, 0, 2, 1) : spikes;
  }

  @Override
  protected void checkComplete() {
    checkNInKnown(getNIn());
  }

  @Override
  protected SameDiffLayer fusedLayer(NeuralNetConfiguration conf, DataType type) {
    return new FusedSpikeRecurrent(conf, type);
  }

  @Override
  public boolean equals(Object o) {
    if (!super.equals(o)) {
      return false;
    }
    SpikeRecurrent l = (SpikeRecurrent) o;
    return nOut == l.nOut
        && timeSteps == l.timeSteps
        && hasBias == l.hasBias
        && neuron.equals(l.neuron)
        && Objects.equals(positionalCode, l.positionalCode);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), nOut, timeSteps, hasBias, neuron, positionalCode);
  }

  /** Builder of {@link SpikeRecurrent}; here {@code weightInit} has its effect, default XAVIER. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractFeatureLayer.Builder<Builder> {
    private static final List<String> OWN =
        Arrays.asList(
            SpikeRecurrentOp.WEIGHT,
            SpikeRecurrentOp.RECURRENT_WEIGHT,
            SpikeRecurrentOp.BIAS,
            SpikeRecurrentOp.CODE_WEIGHT);

    private long nOut;
    private int timeSteps;
    private boolean hasBias = true;
    private Neuron neuron = LifParameters.defaults();
    private PositionalCode positionalCode;

    /** All defaults; {@link #nOut} and {@link #timeSteps} must be set. */
    public Builder() {}

    /**
     * Sets the number of neurons.
     *
     * @param nOut at least 1; no default
     * @return this builder
     */
    public Builder nOut(long nOut) {
      this.nOut = BuilderChecks.size("SpikeRecurrent", "nOut", nOut);
      return this;
    }

    /**
     * Sets the spike steps on each position.
     *
     * @param timeSteps T, at least 1; no default
     * @return this builder
     */
    public Builder timeSteps(int timeSteps) {
      this.timeSteps = BuilderChecks.timeSteps("SpikeRecurrent", timeSteps);
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
     * @throws IllegalArgumentException if a constant of it has the name of a parameter of the layer
     */
    public Builder neuron(Neuron neuron) {
      for (NeuronConstant c : neuron.constants()) {
        if (OWN.contains(c.name())) {
          throw new IllegalArgumentException(
              "SpikeRecurrent: "
                  + OWN
                  + " are its own parameters, so no constant of the neuron may have these names;"
                  + " got "
                  + neuron);
        }
      }
      this.neuron = neuron;
      return this;
    }

    /**
     * Sets a code of the positions, mapped and added to the currents.
     *
     * @param positionalCode default null, for none
     * @return this builder
     */
    public Builder positionalCode(PositionalCode positionalCode) {
      this.positionalCode = positionalCode;
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
            "SpikeRecurrent: expected a weightInit that is complete, got DISTRIBUTION");
      }
      return super.weightInit(Objects.requireNonNull(weightInit, "weightInit"));
    }

    @Override
    public SpikeRecurrent build() {
      BuilderChecks.size("SpikeRecurrent", "nOut", nOut);
      BuilderChecks.timeSteps("SpikeRecurrent", timeSteps);
      return new SpikeRecurrent(this);
    }
  }
}
