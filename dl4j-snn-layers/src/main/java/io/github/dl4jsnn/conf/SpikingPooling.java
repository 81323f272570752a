package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.runtime.FusedPooling;
import io.github.dl4jsnn.internal.runtime.RuntimeLayers;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.util.ConvolutionUtils;
import org.deeplearning4j.util.ValidationUtils;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Maximum or mean of windows of images, time folded into the batch: DL4J's SubsamplingLayer with
 * other arithmetic, the same options, values, gradients and masks. The maximum of spikes is a spike
 * where the window holds one; their mean is no spike.
 *
 * <pre>
 *   MAX   y[n,c,i,j] = max of x[n,c,p,q] over the window (i, j)
 *   AVG   y[n,c,i,j] = mean of x[n,c,p,q] over the window (i, j), without what lies outside the image
 * </pre>
 *
 * <p><b>Shapes.</b> {@code [T*N, C, H, W]} (NCHW) in, {@code [T*N, C, H', W']} out; NHWC is
 * accepted and costs a copy.
 *
 * <p><b>Gradient</b> of a maximum: to the first of the largest pixels, line by line; spikes tie
 * nearly always.
 *
 * <p><b>Parameters.</b> None. Dropout is ignored, as in DL4J.
 *
 * <p><b>Backend.</b> {@link Backend#SAMEDIFF} is DL4J's own layer, which is the definition here.
 *
 * <p><b>Errors.</b> Pooling types but MAX and AVG, padding as large as the kernel: an
 * IllegalStateException from the builder. Wrong shapes as in DL4J; NaN or infinite results: an
 * IllegalArgumentException that names the layer.
 */
public final class SpikingPooling extends SubsamplingLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private Backend backend = Backend.AUTO;

  private SpikingPooling() {}

  private SpikingPooling(Builder builder) {
    super(builder);
    this.dilation = builder.dilation;
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
    return ImageLayers.prepare(
        new FusedPooling(conf, type),
        listeners,
        layerIndex,
        paramsView,
        initializer().init(conf, paramsView, initializeParams));
  }

  @Override
  public SpikingPooling clone() {
    return (SpikingPooling) super.clone();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SpikingPooling
        && super.equals(o)
        && backend == ((SpikingPooling) o).backend;
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof SpikingPooling;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), backend);
  }

  /** Builder of {@link SpikingPooling}, with the options of DL4J's SubsamplingLayer. */
  public static final class Builder extends BaseSubsamplingBuilder<Builder> {
    private static final Set<org.deeplearning4j.nn.conf.layers.PoolingType> KINDS =
        Set.of(PoolingType.MAX.toPoolingType(), PoolingType.AVG.toPoolingType());

    private int[] dilation = {1, 1};
    private Backend backend = Backend.AUTO;

    /**
     * Pooling of windows of 2x2 pixels that do not overlap, unless set otherwise.
     *
     * @param poolingType MAX or AVG
     */
    public Builder(PoolingType poolingType) {
      this(poolingType.toPoolingType());
    }

    /**
     * Pooling of windows of 2x2 pixels that do not overlap, unless set otherwise.
     *
     * @param poolingType MAX or AVG
     */
    public Builder(org.deeplearning4j.nn.conf.layers.PoolingType poolingType) {
      super(poolingType);
      setKernelSize(2, 2);
    }

    /** Maximum of windows of 2x2 pixels that do not overlap, unless set otherwise. */
    public Builder() {
      this(PoolingType.MAX);
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
     * Sets the size of windows.
     *
     * @param kernelSize height and width; default 2
     * @return this builder
     */
    public Builder kernelSize(int... kernelSize) {
      setKernelSize(kernelSize);
      return this;
    }

    /**
     * Sets the distance of windows.
     *
     * @param stride height and width; default 2
     * @return this builder
     */
    public Builder stride(int... stride) {
      setStride(stride);
      return this;
    }

    /**
     * Sets the margin.
     *
     * @param padding height and width, below those of the kernel; default 0
     * @return this builder
     */
    public Builder padding(int... padding) {
      setPadding(padding);
      return this;
    }

    /**
     * Sets the distance of a window's pixels.
     *
     * @param dilation height and width; default 1
     * @return this builder
     */
    public Builder dilation(int... dilation) {
      this.dilation = ValidationUtils.validate2NonNegative(dilation, false, "dilation");
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
    @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
    public SpikingPooling build() {
      ConvolutionUtils.validateConvolutionModePadding(convolutionMode, padding);
      ConvolutionUtils.validateCnnKernelStridePadding(kernelSize, stride, padding);
      if (!KINDS.contains(poolingType)) {
        throw new IllegalStateException(
            "SpikingPooling: expected pooling MAX or AVG, got "
                + poolingType
                + "; use DL4J's SubsamplingLayer");
      }
      if (padding[0] >= kernelSize[0] || padding[1] >= kernelSize[1]) {
        throw new IllegalStateException(
            "SpikingPooling: padding must be below the kernel size "
                + Arrays.toString(kernelSize)
                + ", was "
                + Arrays.toString(padding)
                + "; a window would hold no pixel");
      }
      return new SpikingPooling(this);
    }
  }
}
