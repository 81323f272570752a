package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.definition.StfnDefinition;
import io.github.dl4jsnn.internal.op.GraphConvOp;
import io.github.dl4jsnn.internal.runtime.FusedStfnLayer;
import io.github.dl4jsnn.neuron.StfnParameters;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Spatial-temporal feature normalisation of a sequence of currents, to be put before a {@link
 * LifLayer}; the equation is that of {@link StfnParameters}.
 *
 * <p><b>Shapes.</b> {@code [N, T, F]} (NWC), {@code [N, F, T]} (NCW) or {@code [N, F]} in, the same
 * out. T may vary.
 *
 * <p><b>Parameters.</b> {@code lambda} and {@code gamma}, {@code [F]} or {@code [1]}, trained like
 * biases (no weight decay unless asked for biases).
 *
 * <p><b>Masks.</b> Not supported: the mean runs over all steps. A feature mask is refused.
 *
 * <p><b>Errors.</b> Wrong rank or number of features, NaN or infinity: an exception that names the
 * layer. {@code rnnTimeStep} and truncated BPTT, which hold a part of the steps only:
 * UnsupportedOperationException.
 */
public final class StfnLayer extends AbstractSnnLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private StfnParameters stfn = StfnParameters.defaults();
  @JsonProperty private double threshold = 1;
  @JsonProperty private long nIn;

  private StfnLayer() {}

  private StfnLayer(Builder builder) {
    super(builder);
    this.stfn = builder.stfn;
    this.threshold = builder.threshold;
    this.nIn = builder.nIn;
  }

  /**
   * Constants of the normalisation.
   *
   * @return parameters
   */
  public StfnParameters getStfn() {
    return stfn;
  }

  /**
   * Threshold of the neurons that follow.
   *
   * @return {@code vTh}
   */
  public double getThreshold() {
    return threshold;
  }

  /**
   * Number of features.
   *
   * @return F, or 0 while it is not known
   */
  public long getNIn() {
    return nIn;
  }

  /**
   * Standard deviation of the output at lambda 1.
   *
   * @return {@code rho * vTh}
   */
  public double scale() {
    return stfn.getRho() * threshold;
  }

  @Override
  public void setNIn(InputType inputType, boolean override) {
    super.setNIn(inputType, override);
    if (nIn == 0 || override) {
      nIn = featuresOf(inputType);
      setLayerParams(null);
    }
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    featuresOf(inputType);
    return inputType;
  }

  @Override
  public void defineParameters(SDLayerParams params) {
    params.clear();
    if (stfn.getAffine() != StfnParameters.Affine.FIXED) {
      long n = stfn.getAffine() == StfnParameters.Affine.SCALAR ? 1 : nIn;
      params.addBiasParam(GraphConvOp.LAMBDA, n);
      params.addBiasParam(GraphConvOp.GAMMA, n);
    }
  }

  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    if (!params.isEmpty()) {
      params.get(GraphConvOp.LAMBDA).assign(stfn.getInitialLambda());
      params.get(GraphConvOp.GAMMA).assign(stfn.getInitialGamma());
    }
  }

  @Override
  public void validateInput(INDArray input) {
    checkRank(label(), input, 2, 3);
    long features = input.size(input.rank() == 3 && getDataFormat() == RNNFormat.NWC ? 2 : 1);
    if (nIn != 0 && features != nIn) {
      throw new IllegalArgumentException(
          label()
              + ": expected "
              + nIn
              + " features (nIn), got "
              + features
              + " in an input of shape "
              + java.util.Arrays.toString(input.shape())
              + ", format "
              + getDataFormat());
    }
  }

  @Override
  public SDVariable defineLayer(
      SameDiff sd, SDVariable input, Map<String, SDVariable> params, SDVariable mask) {
    int rank = input.getShape().length;
    boolean ncw = rank == 3 && getDataFormat() == RNNFormat.NCW;
    SDVariable x = ncw ? sd.permute(input, 0, 2, 1) : input;
    SDVariable y =
        StfnDefinition.define(
            sd,
            x,
            rank,
            stfn,
            scale(),
            params.get(GraphConvOp.LAMBDA),
            params.get(GraphConvOp.GAMMA));
    return ncw ? sd.permute(y, 0, 2, 1) : y;
  }

  @Override
  protected void checkComplete() {
    if (nIn == 0) {
      throw new IllegalStateException(
          label() + ": nIn is not known (0); set it, or call setInputType(s) on the network");
    }
  }

  @Override
  protected SameDiffLayer fusedLayer(NeuralNetConfiguration conf, DataType type) {
    return new FusedStfnLayer(conf, type);
  }

  @Override
  public boolean equals(Object o) {
    if (!super.equals(o)) {
      return false;
    }
    StfnLayer l = (StfnLayer) o;
    return stfn.equals(l.stfn) && threshold == l.threshold && nIn == l.nIn;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), stfn, threshold, nIn);
  }

  /** Builder of {@link StfnLayer}. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractSnnLayer.Builder<Builder> {
    private StfnParameters stfn = StfnParameters.defaults();
    private double threshold = 1;
    private long nIn;

    /** All defaults. */
    public Builder() {}

    /**
     * Sets the constants of the normalisation.
     *
     * @param stfn default {@link StfnParameters#defaults()}
     * @return this builder
     */
    public Builder stfn(StfnParameters stfn) {
      this.stfn = Objects.requireNonNull(stfn, "stfn");
      return this;
    }

    /**
     * Sets the threshold of the neurons that follow.
     *
     * @param threshold {@code vTh}, above 0; default 1
     * @return this builder
     */
    public Builder threshold(double threshold) {
      if (!(threshold > 0) || Double.isInfinite(threshold)) {
        throw new IllegalArgumentException(
            "StfnLayer: threshold must be above 0 and finite, was " + threshold);
      }
      this.threshold = threshold;
      return this;
    }

    /**
     * Sets the number of features; not needed with {@code setInputTypes}.
     *
     * @param nIn F
     * @return this builder
     */
    public Builder nIn(long nIn) {
      this.nIn = BuilderChecks.size("StfnLayer", "nIn", nIn);
      return this;
    }

    @Override
    public StfnLayer build() {
      return new StfnLayer(this);
    }
  }
}
