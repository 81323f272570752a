package io.github.dl4jsnn.internal.definition;

import io.github.dl4jsnn.neuron.Reset;
import io.github.dl4jsnn.neuron.ResetGradient;
import io.github.dl4jsnn.neuron.SpikingNeuron;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** What neurons that fire have in common; the equations are those of {@link SpikingNeuron}. */
abstract class FiringDefinition extends ModelDefinition {
  private final SpikingNeuron p;

  FiringDefinition(SameDiff sd, SpikingNeuron p, Map<String, SDVariable> params) {
    super(sd, p, params);
    this.p = p;
  }

  /** The charged potential; writes what it needs of the next state but its first variable. */
  abstract SDVariable charge(SDVariable[] s, SDVariable x, SDVariable[] next);

  /** A threshold that moves with the state, or null for the constant. */
  SDVariable movingThreshold(SDVariable[] s) {
    return null;
  }

  /** What a spike does to the state besides the reset. */
  void afterSpike(SDVariable[] next, SDVariable[] s, SDVariable o) {}

  @Override
  final SDVariable step(SDVariable[] s, SDVariable x, SDVariable[] next) {
    SDVariable u = charge(s, x, next);
    SDVariable theta = movingThreshold(s);
    SDVariable o = fire(u, theta);
    if (next != null) {
      next[0] = reset(u, o, theta);
      afterSpike(next, s, o);
    }
    return o;
  }

  private SDVariable fire(SDVariable u, SDVariable theta) {
    if (theta != null) {
      return SpikeDefinition.fire(sd, u.sub(theta), 0, p);
    }
    boolean trained = p.constants().get(0).trained();
    return trained
        ? SpikeDefinition.fire(sd, minus(u, "threshold"), 0, p)
        : SpikeDefinition.fire(sd, u, p);
  }

  private SDVariable reset(SDVariable u, SDVariable o, SDVariable theta) {
    if (p.getReset() == Reset.NONE) {
      return u;
    }
    SDVariable spike =
        p.getResetGradient() == ResetGradient.EXACT ? o : SpikeDefinition.constant(sd, o);
    if (p.getReset() == Reset.SOFT) {
      return u.sub(theta == null ? times(spike, "threshold") : spike.mul(theta));
    }
    SDVariable v = u.mul(spike.rsub(1.0));
    if (p.getResetPotential() != 0) {
      v = v.add(spike.mul(p.getResetPotential()));
    }
    if (p.getResetGradient() == ResetGradient.BPTA) {
      // its value is exactly 0, its derivative by o is alpha
      v = v.add(o.sub(spike).mul(p.getBptaAlpha()));
    }
    return v;
  }
}
