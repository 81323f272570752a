package io.github.dl4jsnn.internal.definition;

import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.BpsaSurrogate;
import io.github.dl4jsnn.neuron.ErfSurrogate;
import io.github.dl4jsnn.neuron.FakeNumericalGradientSurrogate;
import io.github.dl4jsnn.neuron.FastSigmoidSurrogate;
import io.github.dl4jsnn.neuron.LeakyKReluSurrogate;
import io.github.dl4jsnn.neuron.LogTailedReluSurrogate;
import io.github.dl4jsnn.neuron.NonzeroSignLogAbsSurrogate;
import io.github.dl4jsnn.neuron.PiecewiseExpSurrogate;
import io.github.dl4jsnn.neuron.PiecewiseLeakyReluSurrogate;
import io.github.dl4jsnn.neuron.QPseudoSpikeSurrogate;
import io.github.dl4jsnn.neuron.RectangularSurrogate;
import io.github.dl4jsnn.neuron.S2nnSurrogate;
import io.github.dl4jsnn.neuron.SigmoidSurrogate;
import io.github.dl4jsnn.neuron.SoftSignSurrogate;
import io.github.dl4jsnn.neuron.SquarewaveFourierSurrogate;
import io.github.dl4jsnn.neuron.StraightThroughSurrogate;
import io.github.dl4jsnn.neuron.SuperSpikeSurrogate;
import io.github.dl4jsnn.neuron.Surrogate;
import io.github.dl4jsnn.neuron.TriangularSurrogate;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Derivatives and primitives of the surrogates; their equations stand in their classes. A surrogate
 * of a user has none here.
 */
final class SurrogateDefinition {
  private static final Map<Class<?>, Curves<Surrogate>> BY_CLASS = new HashMap<>();

  static {
    pieces();
    fractions();
    exponentials();
    logarithms();
  }

  private SurrogateDefinition() {}

  /** A surrogate's curve over the potential. */
  private interface Curve<S> {
    SDVariable at(Potential p, S surrogate);
  }

  private static final class Curves<S> {
    private final Curve<S> derivative;
    private final Curve<S> primitive;

    private Curves(Curve<S> derivative, Curve<S> primitive) {
      this.derivative = derivative;
      this.primitive = primitive;
    }
  }

  /** {@code s'(u)}; its own gradient has no meaning. */
  static SDVariable derivative(Potential p, Surrogate surrogate) {
    return curves(surrogate).derivative.at(p, surrogate);
  }

  /** {@code s(u)}, differentiable. */
  static SDVariable primitive(Potential p, Surrogate surrogate) {
    return curves(surrogate).primitive.at(p, surrogate);
  }

  private static Curves<Surrogate> curves(Surrogate surrogate) {
    Curves<Surrogate> curves = BY_CLASS.get(surrogate.getClass());
    if (curves == null) {
      throw new IllegalStateException(
          "Surrogate "
              + surrogate
              + " of "
              + surrogate.getClass()
              + " has no SameDiff definition; use Backend.FUSED with it");
    }
    return curves;
  }

  private static <S extends Surrogate> void define(
      Class<S> type, Curve<S> derivative, Curve<S> primitive) {
    BY_CLASS.put(
        type,
        new Curves<>(
            (p, s) -> derivative.at(p, type.cast(s)), (p, s) -> primitive.at(p, type.cast(s))));
  }

  private static void pieces() {
    define(
        RectangularSurrogate.class,
        (p, s) -> p.below(p.abs(), s.getWidth() / 2).mul(1 / s.getWidth()),
        (p, s) -> p.clip(p.x.mul(1 / s.getWidth()).add(0.5), 0, 1));
    define(
        TriangularSurrogate.class,
        (p, s) -> p.positive(p.abs().mul(1 / s.getWidth()).rsub(1)).mul(1 / s.getWidth()),
        (p, s) -> {
          SDVariable z = p.clip(p.x.mul(1 / s.getWidth()), -1, 1);
          return z.sub(z.mul(p.sd.math().abs(z)).mul(0.5)).add(0.5);
        });
    define(
        PiecewiseLeakyReluSurrogate.class,
        (p, s) -> p.choose(p.below(p.abs(), s.getW()), 0.5 / s.getW(), s.getC()),
        (p, s) -> {
          SDVariable inside = p.clip(p.x, -s.getW(), s.getW());
          return inside.mul(0.5 / s.getW()).add(0.5).add(p.x.sub(inside).mul(s.getC()));
        });
    define(
        LeakyKReluSurrogate.class,
        (p, s) -> p.choose(p.fired(), s.getK(), s.getLeak()),
        (p, s) -> p.choose(p.fired(), s.getK(), s.getLeak()).mul(p.x));
    define(StraightThroughSurrogate.class, (p, s) -> p.x.mul(0).add(1), (p, s) -> p.x);
  }

  private static void fractions() {
    define(
        ArctanSurrogate.class,
        (p, s) ->
            p.sd.math().square(p.x.mul(Math.PI / 2 * s.getAlpha())).add(1).rdiv(s.getAlpha() / 2),
        (p, s) -> p.sd.math().atan(p.x.mul(Math.PI / 2 * s.getAlpha())).mul(1 / Math.PI).add(0.5));
    define(
        FastSigmoidSurrogate.class,
        (p, s) -> fastSigmoid(p, s.getSlope(), 1),
        (p, s) -> fastSigmoidPrimitive(p, s.getSlope(), 1));
    define(
        SuperSpikeSurrogate.class,
        (p, s) -> fastSigmoid(p, 1, s.getAlpha()),
        (p, s) -> fastSigmoidPrimitive(p, 1, s.getAlpha()));
    define(
        SoftSignSurrogate.class,
        (p, s) -> fastSigmoid(p, s.getAlpha(), s.getAlpha() / 2),
        (p, s) -> fastSigmoidPrimitive(p, s.getAlpha(), s.getAlpha() / 2).add(0.5));
    define(
        QPseudoSpikeSurrogate.class,
        (p, s) -> p.sd.math().pow(qBase(p, s), -s.getAlpha()),
        (p, s) -> mirrored(p, p.sd.math().pow(qBase(p, s), 1 - s.getAlpha()).mul(0.5)));
  }

  private static SDVariable fastSigmoid(Potential p, double slope, double height) {
    return p.sd.math().square(p.abs().mul(slope).add(1)).rdiv(height);
  }

  private static SDVariable fastSigmoidPrimitive(Potential p, double slope, double height) {
    return p.x.mul(height).div(p.abs().mul(slope).add(1));
  }

  private static SDVariable qBase(Potential p, QPseudoSpikeSurrogate s) {
    return p.abs().mul(2 / (s.getAlpha() - 1)).add(1);
  }

  private static void exponentials() {
    define(
        SigmoidSurrogate.class,
        (p, s) -> sigmoidSlope(p, s.getAlpha()),
        (p, s) -> p.sd.nn().sigmoid(p.x.mul(s.getAlpha())));
    define(
        PiecewiseExpSurrogate.class,
        (p, s) -> p.decay(s.getAlpha()).mul(s.getAlpha() / 2),
        (p, s) -> mirrored(p, p.decay(s.getAlpha()).mul(0.5)));
    define(
        ErfSurrogate.class,
        (p, s) ->
            p.sd
                .math()
                .exp(p.sd.math().square(p.x.mul(s.getAlpha())).neg())
                .mul(s.getAlpha() / Math.sqrt(Math.PI)),
        (p, s) -> p.sd.math().erf(p.x.mul(s.getAlpha())).mul(0.5).add(0.5));
    define(
        SquarewaveFourierSurrogate.class,
        SurrogateDefinition::squarewave,
        SurrogateDefinition::squarewavePrimitive);
  }

  private static SDVariable sigmoidSlope(Potential p, double alpha) {
    SDVariable e = p.decay(alpha);
    return e.mul(alpha).div(p.sd.math().square(e.add(1)));
  }

  /** {@code z} below the threshold, {@code 1 - z} above. */
  private static SDVariable mirrored(Potential p, SDVariable z) {
    return p.choose(p.fired(), z.rsub(1), z);
  }

  private static SDVariable squarewave(Potential p, SquarewaveFourierSurrogate s) {
    SDVariable sum = null;
    for (int odd = 1; odd < 2 * s.getTerms(); odd += 2) {
      SDVariable term = p.sd.math().cos(p.x.mul(odd * 2 * Math.PI / s.getPeriod()));
      sum = sum == null ? term : sum.add(term);
    }
    return sum.mul(4 / s.getPeriod());
  }

  private static SDVariable squarewavePrimitive(Potential p, SquarewaveFourierSurrogate s) {
    SDVariable sum = null;
    for (int odd = 1; odd < 2 * s.getTerms(); odd += 2) {
      SDVariable term = p.sd.math().sin(p.x.mul(odd * 2 * Math.PI / s.getPeriod())).mul(1.0 / odd);
      sum = sum == null ? term : sum.add(term);
    }
    return sum.mul(2 / Math.PI).add(0.5);
  }

  private static void logarithms() {
    define(
        S2nnSurrogate.class,
        (p, s) ->
            p.choose(
                p.fired(), p.positive(p.x).add(1).rdiv(s.getBeta()), sigmoidSlope(p, s.getAlpha())),
        (p, s) ->
            p.choose(
                p.fired(),
                p.sd.math().log(p.positive(p.x).add(1)).mul(s.getBeta()).add(0.5),
                p.sd.nn().sigmoid(p.x.mul(s.getAlpha()))));
    define(
        NonzeroSignLogAbsSurrogate.class,
        (p, s) -> p.abs().mul(s.getAlpha()).add(1).rdiv(s.getAlpha()),
        (p, s) -> p.sign().mul(p.sd.math().log(p.abs().mul(s.getAlpha()).add(1))));
    define(
        FakeNumericalGradientSurrogate.class,
        (p, s) -> p.atLeastOne(p.abs().mul(s.getAlpha())).rdiv(s.getAlpha()),
        (p, s) -> {
          SDVariable z = p.abs().mul(s.getAlpha());
          return p.sign().mul(p.clip(z, 0, 1).add(p.sd.math().log(p.atLeastOne(z))));
        });
    define(
        LogTailedReluSurrogate.class,
        (p, s) -> {
          SDVariable above = p.above(p.x, 0);
          return above.div(p.atLeastOne(p.x)).add(above.rsub(1).mul(s.getAlpha()));
        },
        (p, s) -> {
          SDVariable below = p.x.sub(p.positive(p.x));
          return below
              .mul(s.getAlpha())
              .add(p.clip(p.x, 0, 1))
              .add(p.sd.math().log(p.atLeastOne(p.x)));
        });
    define(
        BpsaSurrogate.class,
        (p, s) -> p.fired().div(p.choose(p.fired(), p.u, p.vTh)),
        (p, s) -> p.sd.math().log(p.choose(p.fired(), p.u, p.vTh).mul(1 / p.vTh)));
  }
}
