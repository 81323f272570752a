package io.github.dl4jsnn.testing;

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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;

/**
 * Derivatives of the surrogates one number at a time, in double, written as in the papers: with
 * branches and without care for overflow. Shares no code with the kernels.
 */
public final class PlainSurrogate {
  private static final Map<Class<?>, Function<Surrogate, DoubleBinaryOperator>> SLOPES =
      new LinkedHashMap<>();

  static {
    put(
        RectangularSurrogate.class,
        s -> x -> Math.abs(x) < s.getWidth() / 2 ? 1 / s.getWidth() : 0);
    put(
        ArctanSurrogate.class,
        s -> x -> s.getAlpha() / 2 / (1 + Math.pow(Math.PI / 2 * s.getAlpha() * x, 2)));
    put(SigmoidSurrogate.class, s -> x -> sigmoidSlope(s.getAlpha(), x));
    put(FastSigmoidSurrogate.class, s -> x -> Math.pow(1 + s.getSlope() * Math.abs(x), -2));
    put(SuperSpikeSurrogate.class, s -> x -> s.getAlpha() * Math.pow(1 + Math.abs(x), -2));
    put(
        SoftSignSurrogate.class,
        s -> x -> 1 / (2 * s.getAlpha() * Math.pow(1 / s.getAlpha() + Math.abs(x), 2)));
    put(
        TriangularSurrogate.class,
        s ->
            x ->
                Math.abs(x) > s.getWidth()
                    ? 0
                    : (s.getWidth() - Math.abs(x)) / (s.getWidth() * s.getWidth()));
    put(
        PiecewiseExpSurrogate.class,
        s -> x -> s.getAlpha() / 2 * Math.exp(-s.getAlpha() * Math.abs(x)));
    put(
        ErfSurrogate.class,
        s -> x -> s.getAlpha() / Math.sqrt(Math.PI) * Math.exp(-Math.pow(s.getAlpha() * x, 2)));
    put(NonzeroSignLogAbsSurrogate.class, s -> x -> 1 / (1 / s.getAlpha() + Math.abs(x)));
    put(
        PiecewiseLeakyReluSurrogate.class,
        s -> x -> -s.getW() < x && x < s.getW() ? 1 / (2 * s.getW()) : s.getC());
    put(SquarewaveFourierSurrogate.class, s -> x -> squarewave(s.getTerms(), s.getPeriod(), x));
    put(
        S2nnSurrogate.class,
        s -> x -> x < 0 ? sigmoidSlope(s.getAlpha(), x) : s.getBeta() / (x + 1));
    put(
        QPseudoSpikeSurrogate.class,
        s -> x -> Math.pow(1 + 2 * Math.abs(x) / (s.getAlpha() - 1), -s.getAlpha()));
    put(LeakyKReluSurrogate.class, s -> x -> x < 0 ? s.getLeak() : s.getK());
    put(
        FakeNumericalGradientSurrogate.class,
        s -> x -> Math.abs(x) * s.getAlpha() < 1 ? s.getAlpha() : 1 / Math.abs(x));
    put(LogTailedReluSurrogate.class, s -> x -> x <= 0 ? s.getAlpha() : x <= 1 ? 1 : 1 / x);
    put(StraightThroughSurrogate.class, s -> x -> 1);
    SLOPES.put(BpsaSurrogate.class, s -> (u, vTh) -> u < vTh ? 0 : 1 / u);
  }

  private PlainSurrogate() {}

  /** A function of the potential above threshold. */
  private interface Slope {
    double at(double x);
  }

  private static <S extends Surrogate> void put(Class<S> type, Function<S, Slope> slope) {
    SLOPES.put(
        type,
        s -> {
          Slope of = slope.apply(type.cast(s));
          return (u, vTh) -> of.at(u - vTh);
        });
  }

  private static double sigmoidSlope(double alpha, double x) {
    double s = 1 / (1 + Math.exp(-alpha * x));
    return alpha * s * (1 - s);
  }

  private static double squarewave(int terms, double period, double x) {
    double sum = 0;
    for (int j = 1; j <= terms; j++) {
      sum += Math.cos((2 * j - 1) * 2 * Math.PI / period * x);
    }
    return 4 / period * sum;
  }

  /**
   * Derivative of a surrogate.
   *
   * @param surrogate of this library
   * @param u potential
   * @param vTh threshold
   * @return the derivative
   */
  public static double slope(Surrogate surrogate, double u, double vTh) {
    return SLOPES.get(surrogate.getClass()).apply(surrogate).applyAsDouble(u, vTh);
  }

  /**
   * Where a surrogate's derivative jumps, away from the threshold.
   *
   * @param surrogate of this library
   * @return distance from the threshold, to both sides; infinite if it does not
   */
  public static double edge(Surrogate surrogate) {
    if (surrogate instanceof RectangularSurrogate) {
      return ((RectangularSurrogate) surrogate).getWidth() / 2;
    }
    return surrogate instanceof PiecewiseLeakyReluSurrogate
        ? ((PiecewiseLeakyReluSurrogate) surrogate).getW()
        : Double.POSITIVE_INFINITY;
  }
}
