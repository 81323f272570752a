package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.BuilderChecks;
import io.github.dl4jsnn.internal.definition.SpikingMapDefinition;
import io.github.dl4jsnn.internal.op.ConvolutionTaps;
import io.github.dl4jsnn.internal.op.SpikingMapOp;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Convolution over the positions of a sequence, batch normalisation and spiking neurons:
 *
 * <pre>
 *   z[t,l] = sum over k of W[:, k, :]^T x[t, l + k*d - r] + b,   k = 0 .. kernelSize - 1
 * </pre>
 *
 * <p>with dilation {@code d}, and {@code r = d (kernelSize - 1)} of {@link Padding#CAUSAL}, half of
 * it, rounded down, of {@link Padding#SAME}. What lies beyond the ends is 0, so the length stays.
 * Steps and examples are never mixed. {@link AbstractSpikingMapLayer} has the equations of what
 * follows, both axes, shapes, masks and parameters; an input that the mask marks as missing counts
 * as 0.
 *
 * <p><b>Parameters.</b> {@code W} {@code [nIn, kernelSize, nOut]}; with {@code weightNorm} it is
 * the direction {@code v}, and {@code gain} {@code [nOut]}, which starts at {@code |v|}, the length
 * of the weights of each output:
 *
 * <pre>
 *   w = gain * v / |v|
 * </pre>
 *
 * <p><b>Use</b> it for temporal convolution networks and convolutional encoders of spikes. <b>Do
 * not use</b> it over time steps: its kernel lies across positions.
 *
 * <p><b>Source.</b> S. Bai, J. Kolter, V. Koltun, "An Empirical Evaluation of Generic Convolutional
 * and Recurrent Networks for Sequence Modeling", 2018, Section 3 (causal, dilated); T. Salimans, D.
 * Kingma, "Weight Normalization", NeurIPS 2016, Eq. 2.
 */
public final class SpikingConv1d extends AbstractSpikingMapLayer {
  private static final long serialVersionUID = 1L;

  /** What a position sees. */
  public enum Padding {
    /** Itself and earlier positions. */
    CAUSAL,
    /** As many positions before as behind; one more behind where the reach is odd. */
    SAME
  }

  @JsonProperty private int kernelSize = 3;
  @JsonProperty private int dilation = 1;
  @JsonProperty private Padding padding = Padding.CAUSAL;
  @JsonProperty private boolean weightNorm;

  private SpikingConv1d() {}

  private SpikingConv1d(Builder builder) {
    super(builder);
    this.kernelSize = builder.kernelSize;
    this.dilation = builder.dilation;
    this.padding = builder.padding;
    this.weightNorm = builder.weightNorm;
  }

  /**
   * Number of taps.
   *
   * @return kernel size
   */
  public int getKernelSize() {
    return kernelSize;
  }

  /**
   * Distance of two taps.
   *
   * @return positions
   */
  public int getDilation() {
    return dilation;
  }

  /**
   * What a position sees.
   *
   * @return padding
   */
  public Padding getPadding() {
    return padding;
  }

  /**
   * Whether length and direction of the weights are parameters of their own.
   *
   * @return true for weight normalisation
   */
  public boolean isWeightNorm() {
    return weightNorm;
  }

  @Override
  ConvolutionTaps taps() {
    return new ConvolutionTaps(kernelSize, dilation, padding == Padding.CAUSAL);
  }

  @Override
  void defineMap(SDLayerParams params) {
    params.addWeightParam(SpikingMapOp.WEIGHT, getNIn(), kernelSize, getNOut());
    if (weightNorm) {
      params.addBiasParam(SpikingMapOp.GAIN, getNOut());
    }
  }

  /** Fan-in nIn, fan-out nOut, each times the number of taps. */
  @Override
  void initializeMap(Map<String, INDArray> params) {
    INDArray w = params.get(SpikingMapOp.WEIGHT);
    getWeightInit()
        .getWeightInitFunction()
        .init(getNIn() * kernelSize, getNOut() * kernelSize, w.shape(), 'c', w.reshape(w.length()));
    if (weightNorm) {
      params.get(SpikingMapOp.GAIN).assign(w.norm2(0, 1));
    }
  }

  @Override
  SDVariable defineMap(
      SameDiff sd, SDVariable x, int positions, Map<String, SDVariable> params, SDVariable mask) {
    int L = isRepeatInput() ? positions : positions / getTimeSteps();
    return SpikingMapDefinition.convolution(sd, x, positions, L, taps(), params, mask);
  }

  @Override
  public boolean equals(Object o) {
    if (!super.equals(o)) {
      return false;
    }
    SpikingConv1d l = (SpikingConv1d) o;
    return kernelSize == l.kernelSize
        && dilation == l.dilation
        && padding == l.padding
        && weightNorm == l.weightNorm;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), kernelSize, dilation, padding, weightNorm);
  }

  /** Builder of {@link SpikingConv1d}. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractSpikingMapLayer.Builder<Builder> {
    private int kernelSize = 3;
    private int dilation = 1;
    private Padding padding = Padding.CAUSAL;
    private boolean weightNorm;

    /** All defaults; {@link #nOut} must be set. */
    public Builder() {}

    /**
     * Sets the number of taps.
     *
     * @param kernelSize at least 1; default 3
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder kernelSize(int kernelSize) {
      this.kernelSize = (int) BuilderChecks.size("SpikingConv1d", "kernelSize", kernelSize);
      return this;
    }

    /**
     * Sets the distance of two taps.
     *
     * @param dilation positions, at least 1; default 1
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder dilation(int dilation) {
      this.dilation = (int) BuilderChecks.size("SpikingConv1d", "dilation", dilation);
      return this;
    }

    /**
     * Sets what a position sees.
     *
     * @param padding default {@link Padding#CAUSAL}
     * @return this builder
     */
    public Builder padding(Padding padding) {
      this.padding = Objects.requireNonNull(padding, "padding");
      return this;
    }

    /**
     * Whether length and direction of the weights are parameters of their own.
     *
     * @param weightNorm default false
     * @return this builder
     */
    public Builder weightNorm(boolean weightNorm) {
      this.weightNorm = weightNorm;
      return this;
    }

    @Override
    public SpikingConv1d build() {
      return new SpikingConv1d(this);
    }
  }
}
