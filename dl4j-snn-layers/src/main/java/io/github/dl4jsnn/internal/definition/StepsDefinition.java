package io.github.dl4jsnn.internal.definition;

import java.util.Arrays;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Between L positions and T steps of each; equations in {@code internal.op.StepsOp}. */
public final class StepsDefinition {
  private StepsDefinition() {}

  /**
   * Mean over the steps of each position that are there.
   *
   * @param sd graph
   * @param x {@code [N, T*L, F]}
   * @param steps T
   * @param positions L
   * @param features F
   * @param mask {@code [N, T*L]}
   * @return {@code [N, L, F]}
   */
  public static SDVariable mean(
      SameDiff sd, SDVariable x, long steps, long positions, long features, SDVariable mask) {
    SDVariable present = sd.reshape(SpikeDefinition.constant(sd, mask), -1, steps, positions, 1);
    SDVariable sum = sd.sum(sd.reshape(x, -1, steps, positions, features).mul(present), true, 1);
    SDVariable count = sd.clipByValue(sd.sum(present, true, 1), 1, Integer.MAX_VALUE);
    return sd.reshape(sum.div(count), -1, positions, features);
  }

  /**
   * Each position, T times.
   *
   * @param sd graph
   * @param x {@code [N, L, F]}
   * @param steps T
   * @param positions L
   * @param features F
   * @param mask {@code [N, L]}
   * @return {@code [N, T*L, F]}
   */
  public static SDVariable repeat(
      SameDiff sd, SDVariable x, long steps, long positions, long features, SDVariable mask) {
    SDVariable[] copies = new SDVariable[(int) steps];
    Arrays.fill(copies, x.mul(sd.expandDims(mask, 2)));
    return sd.reshape(sd.stack(1, copies), -1, steps * positions, features);
  }
}
