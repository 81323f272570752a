package io.github.dl4jsnn.neuron;

import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;
import org.nd4j.shade.jackson.databind.annotation.JsonPOJOBuilder;

/**
 * Constants of the leaky integrate-and-fire (LIF) neuron, and its equations for the whole library.
 *
 * <pre>
 *   HARD reset   u[t] = k * u[t-1] * (1 - o[t-1]) + vReset * o[t-1] + x[t]
 *   SOFT reset   u[t] = k * (u[t-1] - vTh * o[t-1]) + x[t]
 *   no reset     u[t] = k * u[t-1] + x[t]
 *   fire         o[t] = 1 where u[t] &gt;= vTh, else 0                         (u[0] = o[0] = 0)
 * </pre>
 *
 * <p>Backward through time, with {@code d[t] = dL/du[t] = dL/dx[t]}, {@code g[t] = dL/do[t]} from
 * above and the {@link Surrogate} derivative {@code s'}:
 *
 * <pre>
 *   d[t] = s'(u[t] - vTh) * (g[t] + c[t] * d[t+1]) + l[t] * d[t+1]
 *
 *            l[t]               c[t], EXACT           DETACHED     BPTA
 *   HARD     k * (1 - o[t])     vReset - k * u[t]     0            k * alpha
 *   SOFT     k                  -k * vTh              0            refused
 *   NONE     k                  0                     0            refused
 * </pre>
 *
 * <p><b>Units.</b> Potentials have no unit; {@code k} is the decay of one time step. {@code k = 1}
 * is the integrate-and-fire (IF) neuron; {@code k = 1 - 1/tau} for a membrane time constant of
 * {@code tau} steps.
 *
 * <p><b>Defaults.</b> {@code k = 0.5}, {@code vTh = 1}, {@code vReset = 0}, hard reset, detached
 * reset gradient, {@link RectangularSurrogate} of width 1; {@code alpha = 0.8} with BPTA.
 *
 * <p><b>Elsewhere.</b> With {@code vReset = 0}, hard and soft reset equal SpikingJelly's {@code
 * LIFNode} with {@code decay_input=False} (it, too, fires at {@code >=}); hard reset equals
 * snnTorch's {@code Leaky} with {@code reset_mechanism="zero"} (it fires at {@code >}).
 *
 * <p><b>Source.</b> M. Xu, Y. Wu, L. Deng, F. Liu, G. Li, J. Pei, "Exploiting Spiking Dynamics with
 * Spatial-temporal Feature Normalization in Graph Learning", 2021, Eq. 6-7.
 *
 * <p>Immutable and thread-safe.
 */
@JsonDeserialize(builder = LifParameters.Builder.class)
public final class LifParameters extends SpikingNeuron {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double decay;

  private LifParameters(Builder b) {
    super(b);
    this.decay = Checks.decay("decay", b.decay);
  }

  /**
   * The default neuron.
   *
   * @return parameters with all defaults
   */
  public static LifParameters defaults() {
    return builder().build();
  }

  /**
   * Starts from the defaults.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A builder that starts from these values.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return new Builder().copy(this).decay(decay);
  }

  /**
   * Decay of the membrane potential in one time step.
   *
   * @return {@code k} in (0, 1]
   */
  public double getDecay() {
    return decay;
  }

  @Override
  public List<NeuronConstant> constants() {
    return List.of(
        NeuronConstant.fixed("threshold", getThreshold()), NeuronConstant.fixed("decay", decay));
  }

  /** The potential before the reset, and the spike that says whether it will be reset. */
  @Override
  public List<String> stateNames() {
    return List.of("potential", "spike");
  }

  /** Builder of {@link LifParameters}; every value has a default. */
  @JsonPOJOBuilder(withPrefix = "")
  public static final class Builder extends SpikingNeuron.Builder<Builder> {
    private double decay = 0.5;

    private Builder() {}

    @Override
    protected Builder self() {
      return this;
    }

    /**
     * Sets the decay of one time step.
     *
     * @param decay {@code k} in (0, 1]; 1 is integrate-and-fire; default 0.5
     * @return this builder
     */
    public Builder decay(double decay) {
      this.decay = decay;
      return this;
    }

    /**
     * Builds the parameters.
     *
     * @return the immutable parameters
     * @throws IllegalArgumentException if a value is outside its range, or a reset potential or
     *     BPTA comes with another than a hard reset
     */
    public LifParameters build() {
      return new LifParameters(this);
    }
  }
}
