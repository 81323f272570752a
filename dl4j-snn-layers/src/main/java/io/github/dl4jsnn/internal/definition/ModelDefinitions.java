package io.github.dl4jsnn.internal.definition;

import io.github.dl4jsnn.neuron.AdaptiveLif;
import io.github.dl4jsnn.neuron.LeakyIntegrator;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.ParametricLif;
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
    throw new IllegalArgumentException(
        "There is no SameDiff definition of "
            + neuron.getClass().getName()
            + "; use Backend.FUSED");
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
}
