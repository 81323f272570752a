package io.github.dl4jsnn.internal.definition;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Read-out; the equations are those of {@link io.github.dl4jsnn.conf.SpikeReadoutLayer}. */
public final class ReadoutDefinition {
  private ReadoutDefinition() {}

  /**
   * The read-out without its scale.
   *
   * @param sd graph
   * @param x {@code [N, T, F]}
   * @param mask {@code [N, T]}
   * @param decay k
   * @return {@code [N, F]}
   */
  public static SDVariable define(SameDiff sd, SDVariable x, SDVariable mask, double decay) {
    // Rank 3 from the start: ND4J 1.0.0-M2.1 cannot sum a mask [N, 1] over its steps in a graph.
    SDVariable present = sd.expandDims(mask, 2);
    // w[t] = k^(number of present steps after t), 0 where a step is missing
    SDVariable following = following(sd, present);
    SDVariable weight = sd.math().exp(following.mul(Math.log(decay))).mul(present);
    return sd.sum(x.mul(weight.div(sd.sum(present, true, 1))), 1);
  }

  /**
   * The last step that is there.
   *
   * @param sd graph
   * @param x {@code [N, T, F]}
   * @param mask {@code [N, T]}
   * @return {@code [N, F]}
   */
  public static SDVariable lastStep(SameDiff sd, SDVariable x, SDVariable mask) {
    SDVariable present = sd.expandDims(mask, 2);
    SDVariable last = sd.lt(following(sd, present), 0.5).castTo(x.dataType()).mul(present);
    return sd.sum(x.mul(last), 1);
  }

  /**
   * The time to the first spike, without its scale.
   *
   * @param sd graph
   * @param x {@code [N, T, F]}
   * @param mask {@code [N, T]}
   * @param steps T
   * @return {@code [N, F]}
   */
  public static SDVariable firstSpike(SameDiff sd, SDVariable x, SDVariable mask, int steps) {
    SDVariable present = sd.expandDims(mask, 2);
    SDVariable left = following(sd, present).add(1);
    SDVariable weight = left.div(sd.sum(present, true, 1));
    SDVariable[] xs = sd.unstack(x.mul(present), 1, steps);
    SDVariable[] ws = sd.unstack(weight, 1, steps);
    // From the last step back: v[t] = v[t+1] + x[t] (w[t] - v[t+1])
    SDVariable v = xs[steps - 1].mul(ws[steps - 1]);
    for (int t = steps - 2; t >= 0; t--) {
      v = v.add(xs[t].mul(ws[t].sub(v)));
    }
    return v;
  }

  /** Number of present steps after each step. */
  private static SDVariable following(SameDiff sd, SDVariable present) {
    return sd.sum(present, true, 1).sub(sd.cumsum(present, 1));
  }
}
