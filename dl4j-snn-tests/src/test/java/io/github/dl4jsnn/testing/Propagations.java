package io.github.dl4jsnn.testing;

import io.github.dl4jsnn.graph.Propagation;
import java.util.List;

/** The choices of propagation beside the default, for tests that run all. */
public final class Propagations {
  private Propagations() {}

  /**
   * One of each kind, and more of those with options.
   *
   * @return propagations
   */
  public static List<Propagation> all() {
    return List.of(
        Propagation.mean(),
        Propagation.sum(),
        Propagation.max(),
        Propagation.gin(0.3, false),
        Propagation.gin(-0.2, true),
        Propagation.chebyshev(1),
        Propagation.chebyshev(2),
        Propagation.chebyshev(4));
  }
}
