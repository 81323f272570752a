package io.github.dl4jsnn.internal.definition;

import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.NeuronConstant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** The equations of one model of a neuron, one step at a time. */
abstract class ModelDefinition {
  final SameDiff sd;
  private final Map<String, NeuronConstant> constants = new LinkedHashMap<>();
  private final Map<String, SDVariable> params;
  private final Map<String, SDVariable> trained = new LinkedHashMap<>();

  ModelDefinition(SameDiff sd, Neuron neuron, Map<String, SDVariable> params) {
    this.sd = sd;
    this.params = params;
    for (NeuronConstant c : neuron.constants()) {
      constants.put(c.name(), c);
    }
  }

  /** {@code v c}. */
  final SDVariable times(SDVariable v, String name) {
    NeuronConstant c = constants.get(name);
    return c.trained() ? v.mul(trained(c)) : v.mul(c.value());
  }

  /** {@code v (1 - c)}. */
  final SDVariable timesRest(SDVariable v, String name) {
    NeuronConstant c = constants.get(name);
    return c.trained() ? v.mul(trained(c).rsub(1.0)) : v.mul(1 - c.value());
  }

  /** {@code v + c}. */
  final SDVariable plus(SDVariable v, String name) {
    NeuronConstant c = constants.get(name);
    return c.trained() ? v.add(trained(c)) : v.add(c.value());
  }

  /** {@code v - c}. */
  final SDVariable minus(SDVariable v, String name) {
    NeuronConstant c = constants.get(name);
    return c.trained() ? v.sub(trained(c)) : v.sub(c.value());
  }

  /** Made when it is first used: SameDiff takes a result that nobody uses for the loss. */
  private SDVariable trained(NeuronConstant c) {
    return trained.computeIfAbsent(c.name(), n -> inRange(c.range(), params.get(n)));
  }

  /** Trained constants that no step so far has used. */
  final List<SDVariable> unusedParameters() {
    return constants.values().stream()
        .filter(c -> c.trained() && !trained.containsKey(c.name()))
        .map(c -> params.get(c.name()))
        .collect(Collectors.toList());
  }

  private SDVariable inRange(NeuronConstant.Range range, SDVariable w) {
    switch (range) {
      case POSITIVE:
        return sd.math().exp(w);
      case UNIT:
        return sd.nn().sigmoid(w);
      default:
        return w;
    }
  }

  /** Value at rest of a variable of the state. */
  double rest(int state) {
    return 0;
  }

  /**
   * One step.
   *
   * @param s state before; variable 0 is the potential
   * @param x currents
   * @param next takes the state after; null after the last step, when nothing may be computed that
   *     nobody uses
   * @return what the neurons emit
   */
  abstract SDVariable step(SDVariable[] s, SDVariable x, SDVariable[] next);

  /** {@code k v + x}, or with decayed input {@code k v + (1 - k) x}. */
  final SDVariable leak(SDVariable v, SDVariable x, boolean decayInput) {
    return times(v, "decay").add(decayInput ? timesRest(x, "decay") : x);
  }
}
