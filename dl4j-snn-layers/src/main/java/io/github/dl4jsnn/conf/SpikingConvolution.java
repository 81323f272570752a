package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.runtime.FusedConvolution;
import io.github.dl4jsnn.internal.runtime.RuntimeLayers;
import java.util.Collection;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.util.ConvolutionUtils;
import org.deeplearning4j.util.ValidationUtils;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Convolution of images of spikes, time folded into the batch, to be put before neurons such as
 * {@link LifLayer}.
 *
 * <pre>
 *   y[n,k,i,j] = b[k] + sum over c, p, q of w[k,c,p,q] * x[n, c, i*sH + p*dH - top, j*sW + q*dW - left]
 * </pre>
 *
 * <p>It is DL4J's ConvolutionLayer with another way to compute: the same options, values,
 * gradients, parameters in the same places, initial values and masks, so that weights, and networks
 * but for the class name, move between the two. Where few inputs are non-zero, as spikes may be,
 * each of them adds rows of weights; else kernels of 3x3 and stride 1 become products of
 * transformed tiles (Winograd, with 4/9 of the multiplications), and others products of windows
 * laid out in rows. Sizes and the density of the input decide, in each call. Memory besides the
 * arrays of the network is bounded, whatever the batch.
 *
 * <p><b>Shapes.</b> {@code [T*N, C, H, W]} (NCHW) in, {@code [T*N, nOut, H', W']} out, the order of
 * rows that of {@link UnfoldTimePreProcessor}; a static image before the first neurons is {@code
 * [N, C, H, W]}, so that direct encoding costs one convolution for all T steps: put a {@link
 * LifLayer} with {@code timeSteps(T)} behind it. NHWC is accepted and costs a copy.
 *
 * <p><b>Parameters.</b> {@code b} {@code [nOut]}, then {@code W} {@code [nOut, C, kH, kW]}.
 *
 * <p><b>Activation</b> is the identity unless set: the output is the current of neurons.
 *
 * <p><b>Backend.</b> {@link Backend#SAMEDIFF} is DL4J's own layer, which is the definition here.
 *
 * <p><b>Errors.</b> Those of DL4J for wrong shapes; NaN or infinite results: an
 * IllegalArgumentException that names the layer.
 *
 * <p><b>Use</b> it in place of ConvolutionLayer on a CPU. Sums are added in an order that depends
 * on the way, so the last bits may depend on the other examples of a batch; not on the number of
 * threads.
 */
public final class SpikingConvolution extends ConvolutionLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private Backend backend = Backend.AUTO;

  private SpikingConvolution() {}

  private SpikingConvolution(Builder builder) {
    super(builder);
    this.cnn2dDataFormat = builder.dataFormat;
    this.backend = builder.backend;
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
   * What error messages call this layer.
   *
   * @return class and name
   */
  @JsonIgnore
  public String label() {
    return AbstractSnnLayer.label(this);
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray paramsView,
      boolean initializeParams,
      DataType type) {
    if (!RuntimeLayers.fused(label(), backend, type)) {
      return super.instantiate(conf, listeners, layerIndex, paramsView, initializeParams, type);
    }
    LayerValidation.assertNInNOutSet(
        "SpikingConvolution", getLayerName(), layerIndex, getNIn(), getNOut());
    return ImageLayers.prepare(
        new FusedConvolution(conf, type),
        listeners,
        layerIndex,
        paramsView,
        initializer().init(conf, paramsView, initializeParams));
  }

  @Override
  public SpikingConvolution clone() {
    return (SpikingConvolution) super.clone();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SpikingConvolution
        && super.equals(o)
        && backend == ((SpikingConvolution) o).backend;
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof SpikingConvolution;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), backend);
  }

  /** Builder of {@link SpikingConvolution}, with the options of DL4J's ConvolutionLayer. */
  public static final class Builder extends BaseConvBuilder<Builder> {
    private CNN2DFormat dataFormat = CNN2DFormat.NCHW;
    private Backend backend = Backend.AUTO;

    /**
     * A kernel.
     *
     * @param kernelSize height and width
     */
    public Builder(int... kernelSize) {
      super(kernelSize);
      activation(Activation.IDENTITY);
    }

    /** A kernel of the default size of DL4J, 5x5; {@code kernelSize} sets another. */
    public Builder() {
      activation(Activation.IDENTITY);
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

    /**
     * Sets the axis order of images, in and out.
     *
     * @param dataFormat default that of the network's input type, else NCHW
     * @return this builder
     */
    public Builder dataFormat(CNN2DFormat dataFormat) {
      this.dataFormat = Objects.requireNonNull(dataFormat, "dataFormat");
      return this;
    }

    @Override
    protected boolean allowCausal() {
      return false;
    }

    @Override
    public void setKernelSize(int... kernelSize) {
      this.kernelSize = ValidationUtils.validate2NonNegative(kernelSize, false, "kernelSize");
    }

    @Override
    public void setStride(int... stride) {
      this.stride = ValidationUtils.validate2NonNegative(stride, false, "stride");
    }

    @Override
    public void setPadding(int... padding) {
      this.padding = ValidationUtils.validate2NonNegative(padding, false, "padding");
    }

    @Override
    public void setDilation(int... dilation) {
      this.dilation = ValidationUtils.validate2NonNegative(dilation, false, "dilation");
    }

    @Override
    @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
    public SpikingConvolution build() {
      ConvolutionUtils.validateConvolutionModePadding(convolutionMode, padding);
      ConvolutionUtils.validateCnnKernelStridePadding(kernelSize, stride, padding);
      return new SpikingConvolution(this);
    }
  }
}
