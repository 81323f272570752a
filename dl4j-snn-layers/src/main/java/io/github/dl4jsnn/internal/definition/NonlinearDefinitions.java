package io.github.dl4jsnn.internal.definition;

import io.github.dl4jsnn.neuron.ExponentialIf;
import io.github.dl4jsnn.neuron.Izhikevich;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.QuadraticIf;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** The equations of the neurons whose charge is not linear; they stand in their Javadoc. */
final class NonlinearDefinitions {
  private NonlinearDefinitions() {}

  static ModelDefinition of(SameDiff sd, Neuron neuron, Map<String, SDVariable> params) {
    if (neuron instanceof QuadraticIf) {
      return quadratic(sd, (QuadraticIf) neuron, params);
    }
    if (neuron instanceof ExponentialIf) {
      return exponential(sd, (ExponentialIf) neuron, params);
    }
    if (neuron instanceof Izhikevich) {
      return izhikevich(sd, (Izhikevich) neuron, params);
    }
    throw new IllegalArgumentException(
        "There is no SameDiff definition of "
            + neuron.getClass().getName()
            + "; use Backend.FUSED");
  }

  private static ModelDefinition quadratic(
      SameDiff sd, QuadraticIf p, Map<String, SDVariable> params) {
    return new FiringDefinition(sd, p, params) {
      @Override
      double rest(int state) {
        return p.getResetPotential();
      }

      @Override
      SDVariable charge(SDVariable[] s, SDVariable x, SDVariable[] next) {
        SDVariable square = s[0].sub(p.getRestPotential()).mul(s[0].sub(p.getCriticalPotential()));
        return s[0].add(x.add(square.mul(p.getCurvature())).div(p.getTau()));
      }
    };
  }

  private static ModelDefinition exponential(
      SameDiff sd, ExponentialIf p, Map<String, SDVariable> params) {
    return new FiringDefinition(sd, p, params) {
      @Override
      double rest(int state) {
        return p.getResetPotential();
      }

      @Override
      SDVariable charge(SDVariable[] s, SDVariable x, SDVariable[] next) {
        double d = p.getSharpness();
        SDVariable e = sd.math().exp(s[0].sub(p.getRheobasePotential()).div(d)).mul(d);
        return s[0].add(x.add(p.getRestPotential()).sub(s[0]).add(e).div(p.getTau()));
      }
    };
  }

  private static ModelDefinition izhikevich(
      SameDiff sd, Izhikevich p, Map<String, SDVariable> params) {
    return new FiringDefinition(sd, p, params) {
      @Override
      double rest(int state) {
        return state == 0 ? p.getResetPotential() : 0;
      }

      @Override
      SDVariable charge(SDVariable[] s, SDVariable x, SDVariable[] next) {
        SDVariable square = s[0].sub(p.getRestPotential()).mul(s[0].sub(p.getCriticalPotential()));
        SDVariable u = s[0].add(x.add(square.mul(p.getCurvature())).sub(s[1]).div(p.getTau()));
        if (next != null) {
          SDVariable pull = u.sub(p.getRestPotential()).mul(p.getRecoverySensitivity());
          next[1] = s[1].add(pull.sub(s[1]).div(p.getRecoveryTau()));
        }
        return u;
      }

      @Override
      void afterSpike(SDVariable[] next, SDVariable[] s, SDVariable o) {
        next[1] = next[1].add(o.mul(p.getRecoveryJump()));
      }
    };
  }
}
