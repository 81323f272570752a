package io.github.dl4jsnn.neuron;

import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;
import org.nd4j.shade.jackson.databind.annotation.JsonPOJOBuilder;

/**
 * Gated leaky integrate-and-fire (GLIF) neuron: trained gates choose between exponential and linear
 * leak, reset by decay and by subtraction, and how the input is integrated.
 *
 * <pre>
 *   leak = 1 - alpha * (1 - k)
 *   u[t] = leak * v[t-1] * (1 - gamma * o[t-1]) - (1 - alpha) * linearDecay
 *          + (1 - beta * (1 - conductance)) * x[t] - (1 - gamma) * subtraction * o[t-1]
 *   v[t] = u[t]
 * </pre>
 *
 * <p>Firing is that of {@link SpikingNeuron}; the reset is in the equation, so {@link Reset#NONE}
 * is the only one it takes, and {@link ResetGradient} says whether the error flows through {@code
 * o[t-1]} in it. The paper has a conductance for each time step; here one serves all, so that T may
 * vary.
 *
 * <p><b>Defaults.</b> Gates {@code alpha = beta = gamma = 0.5}, {@code k = 0.25}, {@code vTh =
 * 0.5}, {@code linearDecay = 0.05}, {@code subtraction = 0.5}, {@code conductance = 0.5}; all
 * trained, one for the layer: gates, decay and conductance as {@code sigmoid(w)}, the others as
 * {@code exp(w)}.
 *
 * <p><b>Source.</b> X. Yao, F. Li, Z. Mo, J. Cheng, "GLIF: A Unified Gated Leaky Integrate-and-Fire
 * Neuron for Spiking Neural Networks", 2022, Eq. 4-8.
 *
 * <p>Immutable and thread-safe.
 */
@JsonDeserialize(builder = GatedLif.Builder.class)
public final class GatedLif extends SpikingNeuron {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double leakGate;
  @JsonProperty private final Sharing train;
  @JsonProperty private final double inputGate;
  @JsonProperty private final double resetGate;
  @JsonProperty private final double decay;
  @JsonProperty private final double linearDecay;
  @JsonProperty private final double subtraction;
  @JsonProperty private final double conductance;

  private GatedLif(Builder b) {
    super(b);
    this.leakGate = Checks.unit("leakGate", b.leakGate);
    this.train = b.train;
    this.inputGate = Checks.unit("inputGate", b.inputGate);
    this.resetGate = Checks.unit("resetGate", b.resetGate);
    this.decay = Checks.unit("decay", b.decay);
    this.linearDecay = Checks.finite("linear decay", b.linearDecay);
    this.subtraction = Checks.finite("subtraction", b.subtraction);
    this.conductance = Checks.unit("conductance", b.conductance);
    if (getReset() != Reset.NONE) {
      throw new IllegalArgumentException(
          "GatedLif resets by its own equation: reset must be NONE, was " + getReset());
    }
    if (train != null) {
      refuseBpsa("a trained threshold");
    }
    constants();
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
    return new Builder()
        .copy(this)
        .leakGate(leakGate)
        .train(train)
        .inputGate(inputGate)
        .resetGate(resetGate)
        .decay(decay)
        .linearDecay(linearDecay)
        .subtraction(subtraction)
        .conductance(conductance);
  }

  /**
   * Gate between linear (0) and exponential (1) leak.
   *
   * @return {@code alpha}
   */
  public double getLeakGate() {
    return leakGate;
  }

  /**
   * Gate of the input.
   *
   * @return {@code beta}
   */
  public double getInputGate() {
    return inputGate;
  }

  /**
   * Gate between reset by subtraction (0) and by decay (1).
   *
   * @return {@code gamma}
   */
  public double getResetGate() {
    return resetGate;
  }

  /**
   * Exponential decay in one time step.
   *
   * @return {@code k}
   */
  public double getDecay() {
    return decay;
  }

  /**
   * Linear decay in one time step.
   *
   * @return {@code linearDecay}
   */
  public double getLinearDecay() {
    return linearDecay;
  }

  /**
   * Amount that a spike subtracts.
   *
   * @return {@code subtraction}
   */
  public double getSubtraction() {
    return subtraction;
  }

  /**
   * Conductance of the input.
   *
   * @return {@code conductance}
   */
  public double getConductance() {
    return conductance;
  }

  @Override
  public List<NeuronConstant> constants() {
    return List.of(
        NeuronConstant.of("threshold", getThreshold(), NeuronConstant.Range.POSITIVE, train),
        NeuronConstant.of("leakGate", leakGate, NeuronConstant.Range.UNIT, train),
        NeuronConstant.of("inputGate", inputGate, NeuronConstant.Range.UNIT, train),
        NeuronConstant.of("resetGate", resetGate, NeuronConstant.Range.UNIT, train),
        NeuronConstant.of("decay", decay, NeuronConstant.Range.UNIT, train),
        NeuronConstant.of("linearDecay", linearDecay, NeuronConstant.Range.POSITIVE, train),
        NeuronConstant.of("subtraction", subtraction, NeuronConstant.Range.POSITIVE, train),
        NeuronConstant.of("conductance", conductance, NeuronConstant.Range.UNIT, train));
  }

  @Override
  public List<String> stateNames() {
    return List.of("potential", "spike");
  }

  /** Builder of {@link GatedLif}; every value has a default. */
  @JsonPOJOBuilder(withPrefix = "")
  public static final class Builder extends SpikingNeuron.Builder<Builder> {
    private double leakGate = 0.5;
    private Sharing train = Sharing.LAYER;
    private double inputGate = 0.5;
    private double resetGate = 0.5;
    private double decay = 0.25;
    private double linearDecay = 0.05;
    private double subtraction = 0.5;
    private double conductance = 0.5;

    private Builder() {
      threshold(0.5).reset(Reset.NONE);
    }

    @Override
    protected Builder self() {
      return this;
    }

    /**
     * Sets the gate between linear (0) and exponential (1) leak.
     *
     * @param leakGate {@code alpha}, from 0 to 1, neither of which can be trained; default 0.5
     * @return this builder
     */
    public Builder leakGate(double leakGate) {
      this.leakGate = leakGate;
      return this;
    }

    /**
     * Sets who shares gates and constants, if training is wanted.
     *
     * @param train who, or null for fixed values; default {@link Sharing#LAYER}
     * @return this builder
     */
    public Builder train(Sharing train) {
      this.train = train;
      return this;
    }

    /**
     * Sets the gate of the input.
     *
     * @param inputGate {@code beta}, from 0 to 1, neither of which can be trained; default 0.5
     * @return this builder
     */
    public Builder inputGate(double inputGate) {
      this.inputGate = inputGate;
      return this;
    }

    /**
     * Sets the gate between reset by subtraction (0) and by decay (1).
     *
     * @param resetGate {@code gamma}, from 0 to 1, neither of which can be trained; default 0.5
     * @return this builder
     */
    public Builder resetGate(double resetGate) {
      this.resetGate = resetGate;
      return this;
    }

    /**
     * Sets the exponential decay in one time step.
     *
     * @param decay {@code k}, from 0 to 1, neither of which can be trained; default 0.25
     * @return this builder
     */
    public Builder decay(double decay) {
      this.decay = decay;
      return this;
    }

    /**
     * Sets the linear decay in one time step.
     *
     * @param linearDecay {@code linearDecay}, above 0 if it is trained; default 0.05
     * @return this builder
     */
    public Builder linearDecay(double linearDecay) {
      this.linearDecay = linearDecay;
      return this;
    }

    /**
     * Sets the amount that a spike subtracts.
     *
     * @param subtraction {@code subtraction}, above 0 if it is trained; default 0.5
     * @return this builder
     */
    public Builder subtraction(double subtraction) {
      this.subtraction = subtraction;
      return this;
    }

    /**
     * Sets the conductance of the input.
     *
     * @param conductance {@code conductance}, from 0 to 1, neither of which can be trained; default
     *     0.5
     * @return this builder
     */
    public Builder conductance(double conductance) {
      this.conductance = conductance;
      return this;
    }

    /**
     * Builds the neuron.
     *
     * @return the immutable neuron
     * @throws IllegalArgumentException if a value is outside its range
     */
    public GatedLif build() {
      return new GatedLif(this);
    }
  }
}
