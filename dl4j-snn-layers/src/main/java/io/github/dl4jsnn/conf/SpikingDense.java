package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.BuilderChecks;
import io.github.dl4jsnn.internal.definition.SpikingDenseDefinition;
import io.github.dl4jsnn.internal.op.GraphConvOp;
import io.github.dl4jsnn.internal.runtime.FusedSpikingDense;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Dense layer on spikes: the same affine map at every time step, to be put before neurons such as
 * {@link LifLayer}.
 *
 * <pre>
 *   y[t] = x[t] W + b
 * </pre>
 *
 * <p>It computes what DL4J's DenseLayer with identity activation does, on any real input. Where few
 * inputs are non-zero, as spikes are, it adds one row of {@code W} for each of them instead of
 * multiplying; where many are, it calls BLAS. The density of the input decides, in each call.
 *
 * <p><b>Shapes.</b> {@code [N, T, nIn]} (NWC), {@code [N, nIn, T]} (NCW) or {@code [N, nIn]} in,
 * the same with {@code nOut} features out. T may vary.
 *
 * <p><b>Parameters.</b> {@code W} {@code [nIn, nOut]} and {@code b} {@code [nOut]}, of the shapes,
 * the initial values and the places in the network's parameter vector that they have in DenseLayer;
 * so weights move between the two with {@code setParam} or {@code setParams}.
 *
 * <p><b>Masks.</b> A step that a feature mask {@code [N, T]} marks with 0 puts out 0, without the
 * bias, and takes no part in any gradient, as in DL4J; of a static input, {@code [N, 1]} marks
 * examples.
 *
 * <p><b>Dropout</b> works on the input, as in DL4J.
 *
 * <p><b>Errors.</b> Wrong rank or number of features, NaN or infinity: an exception that names the
 * layer.
 *
 * <p><b>Use</b> it after neurons or an encoder. <b>Do not use</b> it for an activation function:
 * take DenseLayer. Rows of W are added in the order of the inputs, products in that of BLAS; so the
 * last bits of a result may depend on the other examples of its batch.
 */
public final class SpikingDense extends AbstractFeatureLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private long nOut;
  @JsonProperty private boolean hasBias = true;

  /** Null until builder or network sets it. */
  @JsonProperty private Double biasInit;

  private SpikingDense() {}

  private SpikingDense(Builder builder) {
    super(builder);
    this.nOut = builder.nOut;
    this.hasBias = builder.hasBias;
    this.biasInit = builder.biasInit;
    initializeConstraints(builder);
    setLayerParams(null); // made to see which parameters there are, before nIn is known
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
   * Whether there is a bias.
   *
   * @return true if {@code b} is a parameter
   */
  public boolean hasBias() {
    return hasBias;
  }

  /**
   * Where the bias starts.
   *
   * @return initial value; 0 unless set here or in the network
   */
  @JsonIgnore
  public double getBiasInit() {
    return biasInit == null ? 0 : biasInit;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    featuresOf(inputType);
    if (inputType instanceof InputType.InputTypeRecurrent) {
      long steps = ((InputType.InputTypeRecurrent) inputType).getTimeSeriesLength();
      return InputType.recurrent(nOut, steps, getDataFormat());
    }
    return InputType.feedForward(nOut);
  }

  /** Behind images rows stay rows, as behind DL4J's DenseLayer. */
  @Override
  boolean staysFolded(InputType input, InputType output) {
    return super.staysFolded(input, output) || input instanceof InputType.InputTypeConvolutional;
  }

  /** Takes the initial values of weights and bias from the network where the builder set none. */
  @Override
  public void applyGlobalConfigToLayer(NeuralNetConfiguration.Builder network) {
    if (getWeightInit() == null && ownWeightInit() == null) {
      Map<String, IWeightInit> init = new HashMap<>();
      if (getParamWeightInit() != null) {
        init.putAll(getParamWeightInit());
      }
      init.put(GraphConvOp.WEIGHT, network.getWeightInitFn());
      setParamWeightInit(init);
    }
    if (biasInit == null) {
      biasInit = network.getBiasInit();
    }
  }

  private IWeightInit ownWeightInit() {
    return getParamWeightInit() == null ? null : getParamWeightInit().get(GraphConvOp.WEIGHT);
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return unfoldImagesOnly(inputType);
  }

  @Override
  public void defineParameters(SDLayerParams params) {
    params.clear();
    params.addWeightParam(GraphConvOp.WEIGHT, getNIn(), nOut);
    if (hasBias) {
      params.addBiasParam(GraphConvOp.BIAS, nOut);
    }
  }

  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    INDArray w = params.get(GraphConvOp.WEIGHT);
    IWeightInit init = ownWeightInit();
    if (init == null) {
      init =
          (getWeightInit() == null ? WeightInit.XAVIER : getWeightInit()).getWeightInitFunction();
    }
    // fan-in nIn, fan-out nOut
    init.init(
        getNIn(),
        nOut,
        w.shape(),
        paramReshapeOrder(GraphConvOp.WEIGHT),
        w.reshape('f', new long[] {w.length()}));
    if (hasBias) {
      params.get(GraphConvOp.BIAS).assign(getBiasInit());
    }
  }

  /** Column by column, as in DL4J's DenseLayer. */
  @Override
  public char paramReshapeOrder(String param) {
    return 'f';
  }

  @Override
  public void validateInput(INDArray input) {
    checkFeatures(input, getNIn());
  }

  @Override
  public SDVariable defineLayer(
      SameDiff sd, SDVariable input, Map<String, SDVariable> params, SDVariable mask) {
    long[] shape = input.getShape();
    boolean ncw = shape.length == 3 && getDataFormat() == RNNFormat.NCW;
    SDVariable y =
        SpikingDenseDefinition.define(
            sd,
            ncw ? sd.permute(input, 0, 2, 1) : input,
            shape.length == 2 ? 0 : (int) shape[ncw ? 2 : 1],
            params.get(GraphConvOp.WEIGHT),
            getNIn(),
            nOut,
            params.get(GraphConvOp.BIAS),
            mask);
    return ncw ? sd.permute(y, 0, 2, 1) : y;
  }

  @Override
  protected void checkComplete() {
    checkNInKnown(getNIn());
  }

  @Override
  protected SameDiffLayer fusedLayer(NeuralNetConfiguration conf, DataType type) {
    return new FusedSpikingDense(conf, type);
  }

  @Override
  public boolean equals(Object o) {
    if (!super.equals(o)) {
      return false;
    }
    SpikingDense l = (SpikingDense) o;
    return nOut == l.nOut && hasBias == l.hasBias && Objects.equals(biasInit, l.biasInit);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), nOut, hasBias, biasInit);
  }

  /**
   * Builder of {@link SpikingDense}.
   *
   * <p>{@code weightInit} and the {@code constrain…} methods work as in DL4J's DenseLayer; without
   * a {@code weightInit} that of the network holds. A distribution is set with {@code
   * weightInit("W", new WeightInitDistribution(…))}.
   */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractFeatureLayer.Builder<Builder> {
    private long nOut;
    private boolean hasBias = true;
    private Double biasInit;

    /** All defaults; {@link #nOut} must be set. */
    public Builder() {
      setWeightInit(null);
    }

    /**
     * Sets the number of outputs.
     *
     * @param nOut at least 1
     * @return this builder
     */
    public Builder nOut(long nOut) {
      this.nOut = BuilderChecks.size("SpikingDense", "nOut", nOut);
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
     * Sets where the bias starts.
     *
     * @param biasInit finite; default that of the network, which is 0 unless set
     * @return this builder
     */
    public Builder biasInit(double biasInit) {
      if (Double.isNaN(biasInit) || Double.isInfinite(biasInit)) {
        throw new IllegalArgumentException(
            "SpikingDense: biasInit must be finite, was " + biasInit);
      }
      this.biasInit = biasInit;
      return this;
    }

    /**
     * Sets how the weights start.
     *
     * @param weightInit default that of the network, which is XAVIER unless set
     * @return this builder
     * @throws IllegalArgumentException if it is DISTRIBUTION, which does not say which
     */
    @Override
    public Builder weightInit(WeightInit weightInit) {
      if (weightInit == WeightInit.DISTRIBUTION) {
        throw new IllegalArgumentException(
            "SpikingDense: expected a weightInit that is complete, got DISTRIBUTION; use"
                + " weightInit(\"W\", new WeightInitDistribution(distribution))");
      }
      return super.weightInit(weightInit);
    }

    @Override
    public SpikingDense build() {
      BuilderChecks.size("SpikingDense", "nOut", nOut);
      return new SpikingDense(this);
    }
  }
}
