package io.github.dl4jsnn.internal.definition;

import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.Firing;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.RectangularSurrogate;
import io.github.dl4jsnn.neuron.Surrogate;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.StopGradient;

/** Spikes whose derivative is a surrogate. */
final class SpikeDefinition {
  private SpikeDefinition() {}

  /**
   * {@code o = sg(H(x)) + sg(s'(x)) * (u - sg(u))}, {@code x = u - vTh}: its value is exactly the
   * spike, since the difference is exactly 0, and its derivative by u is s'.
   */
  static SDVariable fire(SameDiff sd, SDVariable u, LifParameters p) {
    SDVariable x = u.sub(p.getThreshold());
    if (p.getFiring() == Firing.SMOOTH) {
      return primitive(sd, x, p.getSurrogate());
    }
    SDVariable spike = constant(sd, sd.gte(x, 0.0).castTo(x.dataType()));
    SDVariable slope = constant(sd, derivative(sd, x, p.getSurrogate()));
    return spike.add(slope.mul(u.sub(constant(sd, u))));
  }

  /** The value without its gradient. */
  static SDVariable constant(SameDiff sd, SDVariable v) {
    return new StopGradient(sd, v).outputVariable();
  }

  private static SDVariable derivative(SameDiff sd, SDVariable x, Surrogate surrogate) {
    if (surrogate instanceof RectangularSurrogate) {
      double a = ((RectangularSurrogate) surrogate).getWidth();
      return sd.lt(sd.math().abs(x), a / 2).castTo(x.dataType()).mul(1 / a);
    }
    if (surrogate instanceof ArctanSurrogate) {
      double alpha = ((ArctanSurrogate) surrogate).getAlpha();
      return sd.math().square(x.mul(Math.PI / 2 * alpha)).add(1.0).rdiv(alpha / 2);
    }
    throw undefined(surrogate);
  }

  private static SDVariable primitive(SameDiff sd, SDVariable x, Surrogate surrogate) {
    if (surrogate instanceof RectangularSurrogate) {
      double a = ((RectangularSurrogate) surrogate).getWidth();
      return sd.math().clipByValue(x.mul(1 / a).add(0.5), 0, 1);
    }
    if (surrogate instanceof ArctanSurrogate) {
      double alpha = ((ArctanSurrogate) surrogate).getAlpha();
      return sd.math().atan(x.mul(Math.PI / 2 * alpha)).mul(1 / Math.PI).add(0.5);
    }
    throw undefined(surrogate);
  }

  private static IllegalStateException undefined(Surrogate surrogate) {
    return new IllegalStateException(
        "Surrogate " + surrogate + " has no SameDiff definition; use Backend.FUSED with it");
  }
}
