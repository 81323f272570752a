package io.github.dl4jsnn.internal.definition;

import io.github.dl4jsnn.neuron.Firing;
import io.github.dl4jsnn.neuron.SpikingNeuron;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.StopGradient;

/** Spikes whose derivative is a surrogate. */
final class SpikeDefinition {
  private SpikeDefinition() {}

  /**
   * {@code o = sg(H(x)) + sg(s'(x)) * (u - sg(u))}, {@code x = u - vTh}: its value is exactly the
   * spike, since the difference is exactly 0, and its derivative by u is s'.
   */
  static SDVariable fire(SameDiff sd, SDVariable u, SpikingNeuron p) {
    return fire(sd, u, p.getThreshold(), p);
  }

  /** As {@link #fire(SameDiff, SDVariable, SpikingNeuron)}, at a threshold of its own. */
  static SDVariable fire(SameDiff sd, SDVariable u, double vTh, SpikingNeuron p) {
    Potential potential = new Potential(sd, u, vTh);
    if (p.getFiring() == Firing.SMOOTH) {
      return SurrogateDefinition.primitive(potential, p.getSurrogate());
    }
    SDVariable slope = constant(sd, SurrogateDefinition.derivative(potential, p.getSurrogate()));
    return potential.fired().add(slope.mul(u.sub(constant(sd, u))));
  }

  /** The value without its gradient. */
  static SDVariable constant(SameDiff sd, SDVariable v) {
    return new StopGradient(sd, v).outputVariable();
  }
}
