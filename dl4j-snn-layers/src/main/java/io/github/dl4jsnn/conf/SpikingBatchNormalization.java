package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.BuilderChecks;
import io.github.dl4jsnn.internal.runtime.DefinedBatchNormalization;
import io.github.dl4jsnn.internal.runtime.FusedBatchNormalization;
import io.github.dl4jsnn.internal.runtime.RuntimeLayers;
import java.util.Collection;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Batch normalisation of the channels of images, over batch and time, which is folded into it, and
 * pixels; with a rectifier behind it if wanted.
 *
 * <pre>
 *   y[n,c,i,j] = gamma[c] * (x[n,c,i,j] - mu[c]) / sqrt(var[c] + eps) + beta[c]
 *   z          = max(0, y)                                           with relu(true)
 * </pre>
 *
 * <p>It is DL4J's BatchNormalization of images with other arithmetic: the same parameters in the
 * same places, the same statistics (those of the batch while training, running ones at inference)
 * and the same values, but one pass for what takes a dozen there; see its documentation.
 *
 * <p><b>Shapes.</b> {@code [T*N, C, H, W]} (NCHW) in and out; NHWC is accepted and costs a copy.
 *
 * <p><b>Parameters.</b> {@code gamma}, {@code beta}, {@code mean}, {@code log10stdev}, each {@code
 * [C]}.
 *
 * <p><b>Backend.</b> {@link Backend#SAMEDIFF} is DL4J's own layer, which is the definition here.
 *
 * <p><b>Errors.</b> Other inputs than images: an IllegalStateException from the network's
 * configuration. Wrong shapes, NaN or infinity: an IllegalArgumentException that names the layer.
 *
 * <p><b>Use</b> it between {@link SpikingConvolution} and {@link LifLayer}. <b>Do not use</b> it
 * for sequences of features: {@link ThresholdBatchNormLayer} and its family are for those.
 */
public final class SpikingBatchNormalization extends BatchNormalization {
  private static final long serialVersionUID = 1L;

  @JsonProperty private Backend backend = Backend.AUTO;
  @JsonProperty private boolean relu;

  private SpikingBatchNormalization() {}

  private SpikingBatchNormalization(Builder builder) {
    setUseLogStd(true); // as DL4J's builder does
    builder.copyTo(this);
    setDecay(builder.decay);
    setEps(builder.eps);
    this.backend = builder.backend;
    this.relu = builder.relu;
  }

  /**
   * How the layer is computed.
   *
   * @return the backend
   */
  public Backend getBackend() {
    return backend;
  }

  /**
   * Whether there is a rectifier.
   *
   * @return true if negative results become 0
   */
  @JsonIgnore
  public boolean isRelu() {
    return relu;
  }

  /**
   * What error messages call this layer.
   *
   * @return class and name
   */
  @JsonIgnore
  public String label() {
    return AbstractSnnLayer.label(this);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    if (!(inputType instanceof InputType.InputTypeConvolutional)) {
      throw new IllegalStateException(
          label()
              + ": expected images (a convolutional input), got "
              + inputType
              + "; for sequences use ThresholdBatchNormLayer, else DL4J's BatchNormalization");
    }
    return inputType;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray paramsView,
      boolean initializeParams,
      DataType type) {
    LayerValidation.assertNOutSet(
        "SpikingBatchNormalization", getLayerName(), layerIndex, getNOut());
    return ImageLayers.prepare(
        RuntimeLayers.fused(label(), backend, type)
            ? new FusedBatchNormalization(conf, type)
            : new DefinedBatchNormalization(conf, type),
        listeners,
        layerIndex,
        paramsView,
        initializer().init(conf, paramsView, initializeParams));
  }

  @Override
  public SpikingBatchNormalization clone() {
    return (SpikingBatchNormalization) super.clone();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SpikingBatchNormalization
        && super.equals(o)
        && backend == ((SpikingBatchNormalization) o).backend
        && relu == ((SpikingBatchNormalization) o).relu;
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof SpikingBatchNormalization;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), backend, relu);
  }

  /** Builder of {@link SpikingBatchNormalization}. Gamma starts at 1, beta at 0. */
  public static final class Builder extends FeedForwardLayer.Builder<Builder> {
    private double decay = 0.9;
    private double eps = 1e-5;
    private boolean relu;
    private Backend backend = Backend.AUTO;

    /** All defaults. */
    public Builder() {}

    /**
     * Sets how much of the running statistics an iteration keeps.
     *
     * @param decay in [0, 1); default 0.9, as in DL4J
     * @return this builder
     * @throws IllegalArgumentException if it is not in the range
     */
    public Builder decay(double decay) {
      this.decay = BuilderChecks.decay("SpikingBatchNormalization", decay);
      return this;
    }

    /**
     * Sets what is added to the variance.
     *
     * @param eps above 0; default 1e-5
     * @return this builder
     * @throws IllegalArgumentException if it is not above 0 and finite
     */
    public Builder eps(double eps) {
      this.eps = BuilderChecks.positive("SpikingBatchNormalization", "eps", eps);
      return this;
    }

    /**
     * Whether negative results become 0.
     *
     * @param relu default false
     * @return this builder
     */
    public Builder relu(boolean relu) {
      this.relu = relu;
      return this;
    }

    /**
     * Sets how the layer is computed.
     *
     * @param backend default {@link Backend#AUTO}; {@link Backend#SAMEDIFF} is DL4J's own layer
     * @return this builder
     */
    public Builder backend(Backend backend) {
      this.backend = Objects.requireNonNull(backend, "backend");
      return this;
    }

    /** DL4J's configuration cannot be made from a builder of ours. */
    private void copyTo(SpikingBatchNormalization layer) {
      layer.setLayerName(layerName);
      layer.setNIn(nIn);
      layer.setNOut(nOut);
      layer.setIUpdater(iupdater);
      layer.setGradientNormalization(gradientNormalization);
      layer.setGradientNormalizationThreshold(gradientNormalizationThreshold);
    }

    @Override
    @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
    public SpikingBatchNormalization build() {
      return new SpikingBatchNormalization(this);
    }
  }
}
