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
    // w[t] = k^(number of present steps after t), 0 where a step is missing
    SDVariable following = sd.sum(mask, true, 1).sub(sd.cumsum(mask, 1));
    SDVariable weight = sd.math().exp(following.mul(Math.log(decay))).mul(mask);
    SDVariable perStep = weight.div(sd.sum(mask, true, 1));
    return sd.sum(x.mul(sd.expandDims(perStep, 2)), 1);
  }
}
