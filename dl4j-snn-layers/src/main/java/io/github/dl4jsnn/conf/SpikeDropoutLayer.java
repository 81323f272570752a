package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.op.SpikeDropoutOp;
import io.github.dl4jsnn.internal.runtime.SpikeDropoutRuntime;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Dropout of spikes with one mask for all time steps: a neuron that is left out is silent for the
 * whole window.
 *
 * <pre>
 *   y[n,t,f] = x[n,t,f] * m[n,f] / (1 - p),   m[n,f] = 0 with probability p, else 1
 * </pre>
 *
 * <p>A fresh mask a step, DL4J's {@code dropOut}, averages out over time: a neuron that integrates
 * its input hardly notices it. At inference the layer hands its input on as it is.
 *
 * <p><b>Randomness.</b> The mask is a function of network seed, place of the layer, iteration,
 * example and feature. So training repeats exactly, also when stopped, saved and continued, on any
 * number of threads and backend. p is rounded to a multiple of 2^-16.
 *
 * <p><b>Shapes.</b> A sequence {@code [N, T, F]} (NWC) or {@code [N, F, T]} (NCW) in, the same out;
 * T may vary; or images, with time folded into the batch. <b>Masks</b> change nothing: missing
 * steps are multiplied, too, and stay 0 if they were. <b>Parameters.</b> None. <b>Errors.</b> Wrong
 * rank: an exception that names the layer.
 *
 * <p><b>Use</b> it behind a spiking layer. <b>Do not use</b> it with DL4J's {@code dropOut(retain)}
 * in mind: that takes the probability to keep, this one to drop.
 *
 * <p><b>Source.</b> The mask that is held over all steps is that of C. Lee, S. S. Sarwar, P. Panda,
 * G. Srinivasan, K. Roy, "Enabling Spike-Based Backpropagation for Training Deep Neural Network
 * Architectures", Frontiers in Neuroscience 14, 2020, section on dropout.
 */
public final class SpikeDropoutLayer extends AbstractPassThroughLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private double dropProbability = 0.5;

  private SpikeDropoutLayer() {}

  private SpikeDropoutLayer(Builder builder) {
    super(builder);
    this.dropProbability = builder.dropProbability;
  }

  /**
   * Probability that a neuron is silent.
   *
   * @return p
   */
  public double getDropProbability() {
    return dropProbability;
  }

  /** Sequences, and images with time folded into the batch. */
  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    boolean images = inputType instanceof InputType.InputTypeConvolutional;
    return images && !TimeFolding.isStatic(layerIndex, inputType)
        ? inputType
        : super.getOutputType(layerIndex, inputType);
  }

  @Override
  protected SameDiffLayer fusedLayer(NeuralNetConfiguration conf, DataType type) {
    return new SpikeDropoutRuntime(conf, type, SpikeDropoutOp.create(1 - dropProbability, type));
  }

  @Override
  protected SameDiffLayer definedLayer(NeuralNetConfiguration conf, DataType type) {
    return new SpikeDropoutRuntime(conf, type, SpikeDropoutOp.ofArrays(1 - dropProbability));
  }

  @Override
  public boolean equals(Object o) {
    return super.equals(o) && dropProbability == ((SpikeDropoutLayer) o).dropProbability;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), dropProbability);
  }

  /** Builder of {@link SpikeDropoutLayer}. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractSnnLayer.Builder<Builder> {
    private double dropProbability = 0.5;

    /** Drops half of the neurons. */
    public Builder() {}

    /**
     * Sets the probability that a neuron is silent for all steps.
     *
     * @param dropProbability p in [0, 1); default 0.5
     * @return this builder
     * @throws IllegalArgumentException if it is not in the range
     */
    public Builder dropProbability(double dropProbability) {
      if (!(dropProbability >= 0 && dropProbability < 1)) {
        throw new IllegalArgumentException(
            "SpikeDropoutLayer: dropProbability must be in [0, 1), was " + dropProbability);
      }
      this.dropProbability = dropProbability;
      return this;
    }

    @Override
    public SpikeDropoutLayer build() {
      return new SpikeDropoutLayer(this);
    }
  }
}
