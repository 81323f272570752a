package io.github.dl4jsnn.internal.definition;

import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Reset;
import io.github.dl4jsnn.neuron.ResetGradient;
import java.util.Arrays;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** LIF neurons, unrolled over time; the equations are those of {@link LifParameters}. */
public final class LifDefinition {
  private LifDefinition() {}

  /**
   * Spikes of a sequence of currents.
   *
   * @param sd graph
   * @param x currents {@code [N, T, F]}
   * @param steps T
   * @param p constants
   * @param mask {@code [N, T]}, or null
   * @return spikes {@code [N, T, F]}
   */
  public static SDVariable ofSequence(
      SameDiff sd, SDVariable x, int steps, LifParameters p, SDVariable mask) {
    return unroll(sd, currents(sd, x, true, steps), present(mask, steps), p);
  }

  /**
   * Spikes of a constant current.
   *
   * @param sd graph
   * @param x current {@code [N, F]}
   * @param steps T
   * @param p constants
   * @return spikes {@code [N, T, F]}
   */
  public static SDVariable ofConstant(SameDiff sd, SDVariable x, int steps, LifParameters p) {
    return unroll(sd, currents(sd, x, false, steps), new SDVariable[steps], p);
  }

  /** The currents {@code [N, F]} of each step, of a sequence or a constant. */
  static SDVariable[] currents(SameDiff sd, SDVariable x, boolean sequence, int steps) {
    if (sequence) {
      // Not x.get(..): the gradient of a slice fails in ND4J 1.0.0-M2.1 when N is 1.
      return sd.unstack(x, 1, steps);
    }
    SDVariable[] currents = new SDVariable[steps];
    Arrays.fill(currents, x);
    return currents;
  }

  /** The mask {@code [N, 1]} of each step, or nulls. */
  static SDVariable[] present(SDVariable mask, int steps) {
    SDVariable[] present = new SDVariable[steps];
    for (int t = 0; mask != null && t < steps; t++) {
      present[t] = mask.get(SDIndex.all(), SDIndex.interval(t, t + 1));
    }
    return present;
  }

  private static SDVariable unroll(
      SameDiff sd, SDVariable[] x, SDVariable[] present, LifParameters p) {
    SDVariable[] spikes = new SDVariable[x.length];
    SDVariable u = null;
    for (int t = 0; t < x.length; t++) {
      u = t == 0 ? x[0] : charge(sd, u, spikes[t - 1], x[t], p);
      spikes[t] = SpikeDefinition.fire(sd, u, p);
      if (present[t] != null) {
        spikes[t] = spikes[t].mul(present[t]);
        // The potential after the last step would be a result that nobody uses, which SameDiff
        // takes for the loss.
        u = t + 1 < x.length ? u.mul(present[t]) : u;
      }
    }
    return sd.stack(1, spikes);
  }

  private static SDVariable charge(
      SameDiff sd, SDVariable u, SDVariable o, SDVariable x, LifParameters p) {
    double k = p.getDecay();
    if (p.getReset() == Reset.NONE) {
      return u.mul(k).add(x);
    }
    SDVariable reset =
        p.getResetGradient() == ResetGradient.EXACT ? o : SpikeDefinition.constant(sd, o);
    if (p.getReset() == Reset.SOFT) {
      return u.sub(reset.mul(p.getThreshold())).mul(k).add(x);
    }
    SDVariable kept = u.mul(k).mul(reset.rsub(1.0));
    if (p.getResetPotential() != 0) {
      kept = kept.add(reset.mul(p.getResetPotential()));
    }
    if (p.getResetGradient() == ResetGradient.BPTA) {
      // its value is exactly 0, its derivative by o is k * alpha
      kept = kept.add(o.sub(reset).mul(k * p.getBptaAlpha()));
    }
    return kept.add(x);
  }
}
