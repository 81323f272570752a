package io.github.dl4jsnn.internal.definition;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A membrane potential and what surrogates need of it. Zeros and ones that select are constants
 * without a gradient.
 */
final class Potential {
  final SameDiff sd;

  /** Membrane potential. */
  final SDVariable u;

  /** Potential above threshold, {@code u - vTh}. */
  final SDVariable x;

  final double vTh;

  Potential(SameDiff sd, SDVariable u, double vTh) {
    this.sd = sd;
    this.u = u;
    this.x = u.sub(vTh);
    this.vTh = vTh;
  }

  /** {@code |x|}. */
  SDVariable abs() {
    return sd.math().abs(x);
  }

  /** -1, 0 or 1. */
  SDVariable sign() {
    return SpikeDefinition.constant(sd, sd.math().sign(x));
  }

  /** {@code exp(-slope |x|)}. */
  SDVariable decay(double slope) {
    return sd.math().exp(abs().mul(-slope));
  }

  /** 1 where {@code x >= 0}, else 0. */
  SDVariable fired() {
    return number(sd.gte(x, 0.0));
  }

  /** 1 where {@code v > limit}, else 0. */
  SDVariable above(SDVariable v, double limit) {
    return number(sd.gt(v, limit));
  }

  /** 1 where {@code v < limit}, else 0. */
  SDVariable below(SDVariable v, double limit) {
    return number(sd.lt(v, limit));
  }

  /** {@code max(0, v)}. */
  SDVariable positive(SDVariable v) {
    return v.mul(above(v, 0));
  }

  /** {@code max(1, v)}. */
  SDVariable atLeastOne(SDVariable v) {
    return choose(above(v, 1), v, 1);
  }

  /** {@code v}, cut off at both ends. */
  SDVariable clip(SDVariable v, double min, double max) {
    return sd.math().clipByValue(v, min, max);
  }

  SDVariable choose(SDVariable which, double one, double zero) {
    return which.mul(one).add(which.rsub(1).mul(zero));
  }

  SDVariable choose(SDVariable which, SDVariable one, double zero) {
    return which.mul(one).add(which.rsub(1).mul(zero));
  }

  /** {@code one} where {@code which} is 1, {@code zero} where it is 0; both must be finite. */
  SDVariable choose(SDVariable which, SDVariable one, SDVariable zero) {
    return which.mul(one).add(which.rsub(1).mul(zero));
  }

  private SDVariable number(SDVariable truth) {
    return SpikeDefinition.constant(sd, truth.castTo(x.dataType()));
  }
}
