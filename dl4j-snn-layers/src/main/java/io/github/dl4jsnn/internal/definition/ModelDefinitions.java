package io.github.dl4jsnn.internal.definition;

import io.github.dl4jsnn.neuron.AdaptiveLif;
import io.github.dl4jsnn.neuron.GatedLif;
import io.github.dl4jsnn.neuron.KLif;
import io.github.dl4jsnn.neuron.LeakyIntegrator;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.ParametricLif;
import io.github.dl4jsnn.neuron.ResetGradient;
import io.github.dl4jsnn.neuron.SynapticLif;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** The equations of each model; they stand in the Javadoc of its class. */
final class ModelDefinitions {
  private ModelDefinitions() {}

  static ModelDefinition of(SameDiff sd, Neuron neuron, Map<String, SDVariable> params) {
    if (neuron instanceof ParametricLif) {
      return parametric(sd, (ParametricLif) neuron, params);
    }
    if (neuron instanceof AdaptiveLif) {
      return adaptive(sd, (AdaptiveLif) neuron, params);
    }
    if (neuron instanceof SynapticLif) {
      return synaptic(sd, (SynapticLif) neuron, params);
    }
    if (neuron instanceof LeakyIntegrator) {
      return integrator(sd, (LeakyIntegrator) neuron, params);
    }
    if (neuron instanceof KLif) {
      return scaled(sd, (KLif) neuron, params);
    }
    if (neuron instanceof GatedLif) {
      return gated(sd, (GatedLif) neuron, params);
    }
    return NonlinearDefinitions.of(sd, neuron, params);
  }

  private static ModelDefinition parametric(
      SameDiff sd, ParametricLif p, Map<String, SDVariable> params) {
    return new FiringDefinition(sd, p, params) {
      @Override
      SDVariable charge(SDVariable[] s, SDVariable x, SDVariable[] next) {
        return leak(s[0], x, p.isDecayInput());
      }
    };
  }

  private static ModelDefinition adaptive(
      SameDiff sd, AdaptiveLif p, Map<String, SDVariable> params) {
    return new FiringDefinition(sd, p, params) {
      @Override
      SDVariable charge(SDVariable[] s, SDVariable x, SDVariable[] next) {
        return leak(s[0], x, false);
      }

      @Override
      SDVariable movingThreshold(SDVariable[] s) {
        return plus(times(s[1], "adaptationStrength"), "threshold");
      }

      @Override
      void afterSpike(SDVariable[] next, SDVariable[] s, SDVariable o) {
        next[1] = times(s[1], "adaptationDecay").add(timesRest(o, "adaptationDecay"));
      }
    };
  }

  private static ModelDefinition synaptic(
      SameDiff sd, SynapticLif p, Map<String, SDVariable> params) {
    return new FiringDefinition(sd, p, params) {
      @Override
      SDVariable charge(SDVariable[] s, SDVariable x, SDVariable[] next) {
        SDVariable current = times(s[1], "currentDecay").add(x);
        if (next != null) {
          next[1] = current;
        }
        return leak(s[0], current, false);
      }
    };
  }

  private static ModelDefinition integrator(
      SameDiff sd, LeakyIntegrator p, Map<String, SDVariable> params) {
    return new ModelDefinition(sd, p, params) {
      @Override
      SDVariable step(SDVariable[] s, SDVariable x, SDVariable[] next) {
        SDVariable v = leak(s[0], x, p.isDecayInput());
        if (next != null) {
          next[0] = v;
        }
        return v;
      }
    };
  }

  private static ModelDefinition scaled(SameDiff sd, KLif p, Map<String, SDVariable> params) {
    return new FiringDefinition(sd, p, params) {
      @Override
      SDVariable charge(SDVariable[] s, SDVariable x, SDVariable[] next) {
        SDVariable u = times(leak(s[0], x, p.isDecayInput()), "scale");
        SDVariable above = SpikeDefinition.constant(sd, sd.gt(u, 0.0).castTo(u.dataType()));
        return u.mul(above);
      }
    };
  }

  private static ModelDefinition gated(SameDiff sd, GatedLif p, Map<String, SDVariable> params) {
    boolean exact = p.getResetGradient() == ResetGradient.EXACT;
    return new FiringDefinition(sd, p, params) {
      @Override
      SDVariable charge(SDVariable[] s, SDVariable x, SDVariable[] next) {
        // leak v = v - alpha (1 - k) v
        SDVariable leaked = s[0].sub(timesRest(times(s[0], "leakGate"), "decay"));
        SDVariable kept = leaked.sub(times(leaked.mul(s[1]), "resetGate"));
        SDVariable in = x.sub(timesRest(times(x, "inputGate"), "conductance"));
        SDVariable one = x.mul(0.0).add(1.0);
        return kept.add(in)
            .sub(times(timesRest(one, "leakGate"), "linearDecay"))
            .sub(times(timesRest(s[1], "resetGate"), "subtraction"));
      }

      @Override
      void afterSpike(SDVariable[] next, SDVariable[] s, SDVariable o) {
        next[1] = exact ? o : SpikeDefinition.constant(sd, o);
      }
    };
  }
}
