package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.BuilderChecks;
import io.github.dl4jsnn.internal.definition.ReadoutDefinition;
import io.github.dl4jsnn.internal.runtime.FusedReadoutLayer;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Read-out of a sequence: one value a feature, to be put before a loss layer.
 *
 * <pre>
 *   FIRING_RATE          y = s/T * sum over t of x[t]
 *   MEMBRANE_POTENTIAL   u[t] = k * u[t-1] + x[t];   y = s/T * u[T]
 *   FIRST_SPIKE          y = s * sum over t of w[t] * x[t] * (1 - x[t-1]) * ... * (1 - x[0])
 *                        w[t] = (T - t) / T, t from 0
 * </pre>
 *
 * <p>The first reads spikes, the second currents into a non-spiking leaky integrator; with {@code k
 * = 1}, the default, the integrator accumulates, and both are the mean over time. The third is the
 * time to the first spike, the earlier the larger: of spikes 0 and 1 one term is left, and a neuron
 * that fires first at step {@code k} reads {@code s (T - k) / T}, s at once, s/T at the last step,
 * and 0 if it never fires. What comes after the first spike does not matter. {@code s} is the logit
 * scale: firing rates lie in [0, 1], too close together for a softmax, which learns faster at a
 * scale of 3 to 5.
 *
 * <p><b>Gradient of the first spike.</b> That of the sum above, which is linear in each {@code
 * x[t]}: the gradient at a step is by how much the read-out of the neuron would change if this
 * spike came or did not. A silent neuron receives {@code s w[t]} at every step, so that it can be
 * woken; one that fires, a gradient at the steps up to its first spike, none behind. {@link
 * io.github.dl4jsnn.learning.CrossEntropyTemporalLoss} has the same order of times and another
 * gradient, that of snnTorch, at the first spike or the last step alone. Negative inputs, which are
 * no spikes, are refused; so that dropout may scale them, spikes above 1 are not.
 *
 * <p><b>Shapes.</b> {@code [N, T, F]} (NWC) or {@code [N, F, T]} (NCW) in, {@code [N, F]} out.
 * Behind dense, convolution and pooling layers, where time is folded into the batch, it is unfolded
 * by {@link UnfoldTimePreProcessor}; of images, F is all channels and pixels.
 *
 * <p><b>Masks.</b> Steps that a feature mask {@code [N, T]} marks with 0 do not count: not in the
 * sum, not in the decay, not in T. An example without any step is an error.
 *
 * <p><b>Streams.</b> {@code rnnTimeStep} reads all steps since {@code rnnClearPreviousState}, so
 * that the output after the last chunk is that of the whole sequence, but for rounding; an example
 * whose steps were all missing so far gives 0. Truncated BPTT is refused.
 *
 * <p><b>Parameters.</b> {@code scale} {@code [1]} if it is trained, else none.
 */
public final class SpikeReadoutLayer extends AbstractReadoutLayer {
  private static final long serialVersionUID = 1L;

  /** Name of the parameter. */
  public static final String SCALE = "scale";

  /** What is read. */
  public enum Mode {
    /** Mean over the steps. */
    FIRING_RATE,
    /** Potential of a leaky integrator after the last step, divided by the number of steps. */
    MEMBRANE_POTENTIAL,
    /** Time to the first spike, the earlier the larger. */
    FIRST_SPIKE
  }

  @JsonProperty private Mode mode = Mode.FIRING_RATE;
  @JsonProperty private double decay = 1;
  @JsonProperty private double scale = 1;
  @JsonProperty private boolean trainScale;

  private SpikeReadoutLayer() {}

  private SpikeReadoutLayer(Builder builder) {
    super(builder);
    this.mode = builder.mode;
    this.decay = builder.decay;
    this.scale = builder.scale;
    this.trainScale = builder.trainScale;
  }

  /**
   * What is read.
   *
   * @return the mode
   */
  public Mode getMode() {
    return mode;
  }

  /**
   * Decay of the integrator.
   *
   * @return k
   */
  public double getDecay() {
    return decay;
  }

  /**
   * Logit scale, or where it starts.
   *
   * @return s
   */
  public double getScale() {
    return scale;
  }

  /**
   * Whether the scale is trained.
   *
   * @return true if it is a parameter
   */
  public boolean isTrainScale() {
    return trainScale;
  }

  /**
   * Weight of one step relative to the next.
   *
   * @return k of the integrator; 1 for the other modes
   */
  public double stepDecay() {
    return mode == Mode.MEMBRANE_POTENTIAL ? decay : 1;
  }

  @Override
  public void defineParameters(SDLayerParams params) {
    params.clear();
    if (trainScale) {
      params.addBiasParam(SCALE, 1);
    }
  }

  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    if (trainScale) {
      params.get(SCALE).assign(scale);
    }
  }

  @Override
  protected SDVariable define(
      SameDiff sd, SDVariable x, int steps, SDVariable mask, Map<String, SDVariable> params) {
    SDVariable y =
        mode == Mode.FIRST_SPIKE
            ? ReadoutDefinition.firstSpike(sd, x, mask, steps)
            : ReadoutDefinition.define(sd, x, mask, stepDecay());
    return trainScale ? y.mul(params.get(SCALE)) : y.mul(scale);
  }

  @Override
  protected SameDiffLayer fusedLayer(NeuralNetConfiguration conf, DataType type) {
    return new FusedReadoutLayer(conf, type);
  }

  @Override
  public boolean equals(Object o) {
    if (!super.equals(o)) {
      return false;
    }
    SpikeReadoutLayer l = (SpikeReadoutLayer) o;
    return mode == l.mode && decay == l.decay && scale == l.scale && trainScale == l.trainScale;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), mode, decay, scale, trainScale);
  }

  /** Builder of {@link SpikeReadoutLayer}. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractSnnLayer.Builder<Builder> {
    private Mode mode = Mode.FIRING_RATE;
    private double decay = 1;
    private double scale = 1;
    private boolean trainScale;

    /** Firing rate, scale 1. */
    public Builder() {}

    /**
     * Reads the given quantity.
     *
     * @param mode what is read
     */
    public Builder(Mode mode) {
      mode(mode);
    }

    /**
     * Sets what is read.
     *
     * @param mode default {@link Mode#FIRING_RATE}
     * @return this builder
     */
    public Builder mode(Mode mode) {
      this.mode = Objects.requireNonNull(mode, "mode");
      return this;
    }

    /**
     * Sets the decay of the integrator; {@link Mode#MEMBRANE_POTENTIAL} only.
     *
     * @param decay k in (0, 1]; default 1
     * @return this builder
     */
    public Builder decay(double decay) {
      if (!(decay > 0 && decay <= 1)) {
        throw new IllegalArgumentException(
            "SpikeReadoutLayer: decay must be in (0, 1], was " + decay);
      }
      this.decay = decay;
      return this;
    }

    /**
     * Sets the logit scale, or where it starts when it is trained.
     *
     * @param scale s, finite; default 1
     * @return this builder
     */
    public Builder scale(double scale) {
      this.scale = BuilderChecks.finite("SpikeReadoutLayer", "scale", scale);
      return this;
    }

    /**
     * Makes the logit scale a parameter.
     *
     * @param trainScale default false
     * @return this builder
     */
    public Builder trainScale(boolean trainScale) {
      this.trainScale = trainScale;
      return this;
    }

    @Override
    public SpikeReadoutLayer build() {
      if (mode != Mode.MEMBRANE_POTENTIAL && decay != 1) {
        throw new IllegalArgumentException(
            "SpikeReadoutLayer: a decay has a meaning with MEMBRANE_POTENTIAL only");
      }
      return new SpikeReadoutLayer(this);
    }
  }
}
