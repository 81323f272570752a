package io.github.dl4jsnn.internal.definition;

import io.github.dl4jsnn.neuron.StfnParameters;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Spatial-temporal feature normalisation; the equation is that of {@link StfnParameters}. */
public final class StfnDefinition {
  private StfnDefinition() {}

  /**
   * Normalises each example.
   *
   * @param sd graph
   * @param x {@code [N, T, F]} or {@code [N, F]}
   * @param rank of x
   * @param p constants
   * @param scale {@code rho * vTh}
   * @param lambda trained scale, or null for its initial value
   * @param gamma trained shift, or null for its initial value
   * @return of the shape of x
   */
  public static SDVariable define(
      SameDiff sd,
      SDVariable x,
      int rank,
      StfnParameters p,
      double scale,
      SDVariable lambda,
      SDVariable gamma) {
    // Always rank 3: ND4J 1.0.0-M2.1 cannot average a matrix of one column in a graph.
    SDVariable sequence = rank == 3 ? x : sd.expandDims(x, 1);
    SDVariable centred = sequence.sub(sd.mean(sequence, true, 1, 2));
    SDVariable variance = sd.mean(sd.math().square(centred), true, 1, 2);
    SDVariable normalised = centred.div(sd.math().sqrt(variance.add(p.getEps()))).mul(scale);
    SDVariable scaled =
        lambda == null ? normalised.mul(p.getInitialLambda()) : normalised.mul(lambda);
    SDVariable y = gamma == null ? scaled.add(p.getInitialGamma()) : scaled.add(gamma);
    return rank == 3 ? y : sd.squeeze(y, 1);
  }
}
