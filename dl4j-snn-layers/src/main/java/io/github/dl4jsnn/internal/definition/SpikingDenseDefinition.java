package io.github.dl4jsnn.internal.definition;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Affine map of each step; the equation is that of {@link io.github.dl4jsnn.conf.SpikingDense}. */
public final class SpikingDenseDefinition {
  private SpikingDenseDefinition() {}

  /**
   * Currents.
   *
   * @param sd graph
   * @param x {@code [N, T, nIn]}, or {@code [N, nIn]} with {@code steps} 0
   * @param steps T, or 0 for a static input
   * @param weight {@code [nIn, nOut]}
   * @param nIn inputs
   * @param nOut outputs
   * @param bias {@code [nOut]} or null
   * @param mask {@code [N, T]} or {@code [N, 1]}
   * @return {@code [N, T, nOut]} or {@code [N, nOut]}
   */
  public static SDVariable define(
      SameDiff sd,
      SDVariable x,
      int steps,
      SDVariable weight,
      long nIn,
      long nOut,
      SDVariable bias,
      SDVariable mask) {
    SDVariable rows = steps == 0 ? x : sd.reshape(x, -1, nIn);
    SDVariable product = sd.mmul(rows, weight);
    SDVariable current = bias == null ? product : product.add(bias);
    SDVariable present = SpikeDefinition.constant(sd, mask);
    return steps == 0
        ? current.mul(present)
        : sd.reshape(current, -1, steps, nOut).mul(sd.expandDims(present, 2));
  }
}
