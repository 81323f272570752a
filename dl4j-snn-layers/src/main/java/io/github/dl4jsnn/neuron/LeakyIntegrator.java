package io.github.dl4jsnn.neuron;

import java.util.List;
import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Leaky integrator: a membrane that never fires and puts out its potential, as a read-out.
 *
 * <pre>
 *   v[t] = k * v[t-1] + x[t]                decayInput false
 *   v[t] = k * v[t-1] + (1 - k) * x[t]      decayInput true
 * </pre>
 *
 * <p>A trained decay is {@code k = sigmoid(w)}. Immutable and thread-safe.
 */
public final class LeakyIntegrator implements Neuron {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double decay;
  @JsonProperty private final Sharing trainDecay;
  @JsonProperty private final boolean decayInput;

  /**
   * An integrator of fixed decay, its input as it is.
   *
   * @param decay {@code k} in (0, 1]; 1 adds up
   */
  public LeakyIntegrator(double decay) {
    this(decay, null, false);
  }

  /**
   * An integrator.
   *
   * @param decay {@code k} in (0, 1], below 1 if it is trained
   * @param trainDecay who shares the trained decay, or null for a fixed one
   * @param decayInput whether the input is scaled by {@code 1 - k}
   * @throws IllegalArgumentException if the decay is outside its range
   */
  @JsonCreator
  public LeakyIntegrator(
      @JsonProperty("decay") double decay,
      @JsonProperty("trainDecay") Sharing trainDecay,
      @JsonProperty("decayInput") boolean decayInput) {
    this.decay = Checks.decay("decay", decay);
    this.trainDecay = trainDecay;
    this.decayInput = decayInput;
    constants();
  }

  /**
   * Whether the input is scaled by {@code 1 - k}.
   *
   * @return true if so
   */
  public boolean isDecayInput() {
    return decayInput;
  }

  @Override
  public List<NeuronConstant> constants() {
    return List.of(NeuronConstant.of("decay", decay, NeuronConstant.Range.UNIT, trainDecay));
  }

  @Override
  public List<String> stateNames() {
    return List.of("potential");
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof LeakyIntegrator
        && constants().equals(((LeakyIntegrator) o).constants())
        && decayInput == ((LeakyIntegrator) o).decayInput;
  }

  @Override
  public int hashCode() {
    return Objects.hash(constants(), decayInput);
  }

  @Override
  public String toString() {
    return "LeakyIntegrator" + constants() + (decayInput ? ", decayed input" : "");
  }
}
