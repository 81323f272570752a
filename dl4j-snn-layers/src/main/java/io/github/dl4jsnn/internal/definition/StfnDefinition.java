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
    int[] axes = rank == 3 ? new int[] {1, 2} : new int[] {1};
    SDVariable centred = x.sub(sd.mean(x, true, axes));
    SDVariable variance = sd.mean(sd.math().square(centred), true, axes);
    SDVariable normalised = centred.div(sd.math().sqrt(variance.add(p.getEps()))).mul(scale);
    SDVariable scaled =
        lambda == null ? normalised.mul(p.getInitialLambda()) : normalised.mul(lambda);
    return gamma == null ? scaled.add(p.getInitialGamma()) : scaled.add(gamma);
  }
}
