package io.github.dl4jsnn.internal.definition;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Positional codes; the equations are those of {@link
 * io.github.dl4jsnn.conf.PositionalEncodingLayer}.
 */
public final class PositionDefinition {
  private PositionDefinition() {}

  /**
   * The input with its codes.
   *
   * @param sd graph
   * @param x {@code [N, S, F]}
   * @param codes {@code [S, width]}
   * @param add whether they are added, else they come behind
   * @param mask {@code [N, S]}
   * @return {@code [N, S, F]} or {@code [N, S, F + width]}
   */
  public static SDVariable define(
      SameDiff sd, SDVariable x, SDVariable codes, boolean add, SDVariable mask) {
    SDVariable present = sd.expandDims(mask, 2);
    SDVariable c = sd.expandDims(codes, 0).mul(present); // [N, S, width]
    SDVariable kept = x.mul(present);
    return add ? kept.add(c) : sd.concat(2, kept, c);
  }
}
