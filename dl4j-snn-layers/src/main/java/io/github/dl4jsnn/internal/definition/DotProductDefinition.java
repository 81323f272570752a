package io.github.dl4jsnn.internal.definition;

import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Dot products of pairs with dense incidence matrices; the equation is that of {@link
 * io.github.dl4jsnn.conf.DotProductDecoderVertex}. It computes {@code P * N} rows, so this is for
 * small graphs.
 */
public final class DotProductDefinition {
  private DotProductDefinition() {}

  /**
   * The products.
   *
   * @param sd graph
   * @param z embeddings {@code [N, F]}
   * @param incidence {@code [P, 2N]}, 1 in columns u and N + v of a pair
   * @return {@code [P, 1]}
   */
  public static SDVariable define(SameDiff sd, SDVariable z, SDVariable incidence) {
    long nodes = incidence.getShape()[1] / 2;
    SDVariable pairs = SpikeDefinition.constant(sd, incidence);
    SDVariable product = rows(sd, z, pairs, 0, nodes).mul(rows(sd, z, pairs, nodes, 2 * nodes));
    return sd.sum(product, 2).add(GraphReadoutDefinition.nothing(sd, incidence));
  }

  /** {@code [P, 1, F]}; rank 3 because ND4J 1.0.0-M2.1 cannot sum a matrix of one column. */
  private static SDVariable rows(SameDiff sd, SDVariable z, SDVariable pairs, long from, long to) {
    SDVariable columns = pairs.get(SDIndex.all(), SDIndex.interval(from, to));
    SDVariable at = sd.reshape(columns, -1, to - from, 1);
    return sd.sum(at.mul(sd.expandDims(z, 0)), true, 1);
  }
}
