package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.BuilderChecks;
import io.github.dl4jsnn.internal.definition.StfnDefinition;
import io.github.dl4jsnn.internal.op.GraphConvOp;
import io.github.dl4jsnn.internal.runtime.FusedStfnLayer;
import io.github.dl4jsnn.neuron.StfnParameters;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.InputPreProcessor;
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
 * out. T may vary. Time folded into the batch, as {@code [T*N, F]} or {@code [T*N, C, H, W]}, is
 * seen as a sequence ({@link UnfoldTimePreProcessor}) and stays folded; of images, every pixel of
 * every channel is a feature. {@code [rows, F]} behind dense layers of a convolution net is taken
 * for static input, as DL4J's types do not tell it apart: set {@code foldedTimeSteps(T)} there.
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
public final class StfnLayer extends AbstractNormalizationLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private StfnParameters stfn = StfnParameters.defaults();
  @JsonProperty private double threshold = 1;

  private StfnLayer() {}

  private StfnLayer(Builder builder) {
    super(builder);
    this.stfn = builder.stfn;
    this.threshold = builder.threshold;
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
   * Standard deviation of the output at lambda 1.
   *
   * @return {@code rho * vTh}
   */
  public double scale() {
    return stfn.getRho() * threshold;
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return unfoldImagesOnly(inputType);
  }

  @Override
  public void defineParameters(SDLayerParams params) {
    params.clear();
    if (stfn.getAffine() != StfnParameters.Affine.FIXED) {
      long n = stfn.getAffine() == StfnParameters.Affine.SCALAR ? 1 : getNIn();
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
    checkFeatures(input, getNIn());
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
  protected SameDiffLayer fusedLayer(NeuralNetConfiguration conf, DataType type) {
    return new FusedStfnLayer(conf, type);
  }

  @Override
  public boolean equals(Object o) {
    if (!super.equals(o)) {
      return false;
    }
    StfnLayer l = (StfnLayer) o;
    return stfn.equals(l.stfn) && threshold == l.threshold;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), stfn, threshold);
  }

  /** Builder of {@link StfnLayer}. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractNormalizationLayer.Builder<Builder> {
    private StfnParameters stfn = StfnParameters.defaults();
    private double threshold = 1;

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
      this.threshold = BuilderChecks.positive("StfnLayer", "threshold", threshold);
      return this;
    }

    @Override
    public StfnLayer build() {
      return new StfnLayer(this);
    }
  }
}
