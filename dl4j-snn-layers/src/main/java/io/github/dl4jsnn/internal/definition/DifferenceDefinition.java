package io.github.dl4jsnn.internal.definition;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/** Differences along a sequence; the equation is that of {@code conf.DifferenceLayer}. */
public final class DifferenceDefinition {
  private DifferenceDefinition() {}

  /**
   * What each entry adds to the one before it.
   *
   * @param sd graph
   * @param x {@code [N, L, F]}
   * @param length L
   * @param features F
   * @param mask {@code [N, L]}
   * @return {@code [N, L, F]}
   */
  public static SDVariable define(
      SameDiff sd, SDVariable x, int length, int features, SDVariable mask) {
    if (length == 1) {
      return x.mul(0.0); // ND4J has no gradient of a product of single numbers
    }
    float[][] oneOn = new float[length][length];
    for (int l = 1; l < length; l++) {
      oneOn[l - 1][l] = 1;
    }
    // A product with 0 and 1: the gradient of gather fails in ND4J 1.0.0-M2.1.
    SDVariable shift = sd.constant(Nd4j.createFromArray(oneOn).castTo(x.dataType()));
    SDVariable rows = sd.reshape(sd.permute(x, 0, 2, 1), -1, length); // [N F, L]
    SDVariable before = sd.permute(sd.reshape(sd.mmul(rows, shift), -1, features, length), 0, 2, 1);
    SDVariable both = mask.mul(sd.mmul(mask, shift)); // [N, L], 0 at the first
    return x.sub(before).mul(sd.expandDims(both, 2));
  }
}
