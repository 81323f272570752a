package io.github.dl4jsnn.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.testing.Neurons;
import io.github.dl4jsnn.testing.PlainSurrogate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every surrogate must keep. */
class SurrogateTest {

  /** Exact in float, so that float and double see the same potential above threshold. */
  private static final double THRESHOLD = 0.5;

  private static final double STEP = 1e-6;

  static Stream<Surrogate> surrogates() {
    return Stream.concat(Neurons.surrogates().stream(), defaults());
  }

  static Stream<Surrogate> defaults() {
    return Stream.of(
        new RectangularSurrogate(),
        new ArctanSurrogate(),
        new SigmoidSurrogate(),
        new FastSigmoidSurrogate(),
        new SuperSpikeSurrogate(),
        new SoftSignSurrogate(),
        new TriangularSurrogate(),
        new PiecewiseExpSurrogate(),
        new ErfSurrogate(),
        new NonzeroSignLogAbsSurrogate(),
        new PiecewiseLeakyReluSurrogate(),
        new SquarewaveFourierSurrogate(),
        new S2nnSurrogate(),
        new QPseudoSpikeSurrogate(),
        new LeakyKReluSurrogate(),
        new FakeNumericalGradientSurrogate(),
        new LogTailedReluSurrogate());
  }

  /** Constants at both ends of their ranges. */
  static Stream<Surrogate> extremes() {
    return Stream.of(1e-10, 1e10)
        .flatMap(
            c ->
                Stream.of(
                    new RectangularSurrogate(c),
                    new ArctanSurrogate(c),
                    new SigmoidSurrogate(c),
                    new FastSigmoidSurrogate(c),
                    new SuperSpikeSurrogate(c),
                    new SoftSignSurrogate(c),
                    new TriangularSurrogate(c),
                    new PiecewiseExpSurrogate(c),
                    new ErfSurrogate(c),
                    new NonzeroSignLogAbsSurrogate(c),
                    new PiecewiseLeakyReluSurrogate(c, 1e10),
                    new SquarewaveFourierSurrogate(1000, c),
                    new S2nnSurrogate(c, c),
                    new QPseudoSpikeSurrogate(1.0000000002 + c),
                    new LeakyKReluSurrogate(1e10, c),
                    new FakeNumericalGradientSurrogate(c),
                    new LogTailedReluSurrogate(1e10)));
  }

  /** Potentials on both sides of the threshold, exact in float, on no jump. */
  private static double[] potentials(Surrogate s) {
    List<Double> u = new ArrayList<>();
    for (int i = -200; i <= 200; i++) {
      double x = (float) (i * 0.0137 + 0.0011);
      double value = (float) (THRESHOLD + x);
      double distance = Math.abs(value - THRESHOLD);
      if (distance > 1e-3 && Math.abs(distance - PlainSurrogate.edge(s)) > 1e-3) {
        u.add(value);
      }
    }
    assertThat(u).hasSizeGreaterThan(390);
    return u.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] shifted(double[] u, double by) {
    return Arrays.stream(u).map(v -> v + by).toArray();
  }

  private static double[] derivative(Surrogate s, double[] u) {
    double[] d = new double[u.length];
    s.derivative(u, THRESHOLD, d, u.length);
    return d;
  }

  private static double[] primitive(Surrogate s, double[] u) {
    double[] p = new double[u.length];
    s.primitive(u, THRESHOLD, p, u.length);
    return p;
  }

  private static float[] floats(double[] u) {
    float[] f = new float[u.length];
    for (int i = 0; i < f.length; i++) {
      f[i] = (float) u[i];
    }
    return f;
  }

  @ParameterizedTest
  @MethodSource("surrogates")
  void derivativeIsTheFiniteDifferenceOfThePrimitive(Surrogate s) {
    double[] u = potentials(s);
    double[] above = primitive(s, shifted(u, STEP));
    double[] below = primitive(s, shifted(u, -STEP));
    double[] d = derivative(s, u);
    for (int i = 0; i < u.length; i++) {
      double difference = (above[i] - below[i]) / (2 * STEP);
      assertThat(d[i])
          .as("at u = %s", u[i])
          .isCloseTo(difference, within(1e-4 * Math.max(1, Math.abs(difference))));
    }
  }

  @ParameterizedTest
  @MethodSource("surrogates")
  void derivativeIsThePlainFormula(Surrogate s) {
    double[] u = potentials(s);
    double[] d = derivative(s, u);
    for (int i = 0; i < u.length; i++) {
      assertThat(d[i])
          .as("at u = %s", u[i])
          .isCloseTo(PlainSurrogate.slope(s, u[i], THRESHOLD), within(1e-12));
    }
  }

  @ParameterizedTest
  @MethodSource("surrogates")
  void thePlainFormulaHoldsAtTheThreshold(Surrogate s) {
    double[] d = derivative(s, new double[] {THRESHOLD});
    assertThat(d[0]).isCloseTo(PlainSurrogate.slope(s, THRESHOLD, THRESHOLD), within(1e-12));
  }

  /** Nothing but a jump of the derivative is allowed, so that smooth networks stay continuous. */
  @ParameterizedTest
  @MethodSource("surrogates")
  void primitiveIsContinuous(Surrogate s) {
    double edge = Math.min(PlainSurrogate.edge(s), 1);
    for (double at : new double[] {THRESHOLD, THRESHOLD - edge, THRESHOLD + edge}) {
      double[] p = primitive(s, new double[] {at - 1e-9, at, at + 1e-9});
      assertThat(p[1]).isCloseTo(p[0], within(1e-7)).isCloseTo(p[2], within(1e-7));
    }
  }

  @ParameterizedTest
  @MethodSource("surrogates")
  void floatEqualsDouble(Surrogate s) {
    double[] u = potentials(s);
    float[] result = floats(u);
    s.derivative(result, (float) THRESHOLD, result, u.length);
    assertClose(result, derivative(s, u), u);
    result = floats(u);
    s.primitive(result, (float) THRESHOLD, result, u.length);
    assertClose(result, primitive(s, u), u);
  }

  private static void assertClose(float[] actual, double[] expected, double[] u) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i]).as("at u = %s", u[i]).isCloseTo(expected[i], within(1e-5));
    }
  }

  @ParameterizedTest
  @MethodSource({"surrogates", "extremes"})
  void farPotentialsStayFinite(Surrogate s) {
    double[] u = {-1e4, -1234.5, -88.7, -10, 0, 0.5, 10.5, 89.2, 710, 1234.5, 1e4};
    float[] f = new float[u.length];
    s.derivative(floats(u), (float) THRESHOLD, f, u.length);
    assertFinite(s, f);
    s.primitive(floats(u), (float) THRESHOLD, f, u.length);
    assertFinite(s, f);
    assertThat(derivative(s, u)).as("%s", s).matches(SurrogateTest::finite);
    assertThat(primitive(s, u)).as("%s", s).matches(SurrogateTest::finite);
  }

  private static void assertFinite(Surrogate s, float[] f) {
    for (float v : f) {
      assertThat(Float.isFinite(v)).as("%s: %s", s, Arrays.toString(f)).isTrue();
    }
  }

  private static boolean finite(double[] values) {
    return Arrays.stream(values).allMatch(Double::isFinite);
  }

  @ParameterizedTest
  @MethodSource("surrogates")
  void onlyTheFirstEntriesAreWritten(Surrogate s) {
    double[] u = {0.4, 0.7, 0.6};
    double[] d = {9, 9, 9};
    s.derivative(u, THRESHOLD, d, 2);
    assertThat(d[2]).isEqualTo(9);
    s.primitive(u, THRESHOLD, d, 2);
    assertThat(d[2]).isEqualTo(9);
    assertThat(u).containsExactly(0.4, 0.7, 0.6);
  }

  @ParameterizedTest
  @MethodSource("surrogates")
  void jsonAndSerializationKeepTheConstants(Surrogate s) throws Exception {
    String json = NeuralNetConfiguration.mapper().writeValueAsString(s);
    Surrogate back = NeuralNetConfiguration.mapper().readValue(json, Surrogate.class);
    assertThat(back).isEqualTo(s).hasSameHashCodeAs(s).hasToString(s.toString());
    assertThat(json).contains("\"@class\"").contains(s.getClass().getName());

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(s);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(s);
    }
  }

  @Test
  void classesAndConstantsCountInEquality() {
    List<Surrogate> all = new ArrayList<>();
    surrogates().forEach(all::add);
    all.add(new PiecewiseLeakyReluSurrogate(1, 0.02));
    all.add(new PiecewiseLeakyReluSurrogate(1.1, 0.01));
    all.add(new SquarewaveFourierSurrogate(2, 8));
    all.add(new S2nnSurrogate(4, 2));
    all.add(new LeakyKReluSurrogate(0.1, 1));
    assertThat(new HashSet<>(all)).hasSameSizeAs(all);
    assertThat(new SigmoidSurrogate(2)).isNotEqualTo(null).isNotEqualTo(new Object());
  }

  /** JSON written before the other surrogates existed. */
  @Test
  void jsonOfEarlierModelsIsRead() throws Exception {
    String json = "{\"@class\":\"io.github.dl4jsnn.neuron.RectangularSurrogate\",\"width\":2.5}";
    assertThat(NeuralNetConfiguration.mapper().readValue(json, Surrogate.class))
        .isEqualTo(new RectangularSurrogate(2.5));
    json = "{\"@class\":\"io.github.dl4jsnn.neuron.ArctanSurrogate\",\"alpha\":2.5}";
    assertThat(NeuralNetConfiguration.mapper().readValue(json, Surrogate.class))
        .isEqualTo(new ArctanSurrogate(2.5));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1e-11, 1e11, Double.NaN, Double.POSITIVE_INFINITY})
  void constantsOutsideTheirRangeAreRefused(double bad) {
    refused(() -> new RectangularSurrogate(bad), "width of the rectangular", bad);
    refused(() -> new ArctanSurrogate(bad), "alpha of the arctan", bad);
    refused(() -> new SigmoidSurrogate(bad), "alpha of the sigmoid", bad);
    refused(() -> new FastSigmoidSurrogate(bad), "slope of the fast sigmoid", bad);
    refused(() -> new SuperSpikeSurrogate(bad), "alpha of the SuperSpike", bad);
    refused(() -> new SoftSignSurrogate(bad), "alpha of the soft sign", bad);
    refused(() -> new TriangularSurrogate(bad), "width of the triangular", bad);
    refused(() -> new PiecewiseExpSurrogate(bad), "alpha of the piecewise exp", bad);
    refused(() -> new ErfSurrogate(bad), "alpha of the erf", bad);
    refused(() -> new NonzeroSignLogAbsSurrogate(bad), "alpha of the nonzero", bad);
    refused(() -> new PiecewiseLeakyReluSurrogate(bad, 0), "w of the piecewise leaky", bad);
    refused(() -> new SquarewaveFourierSurrogate(1, bad), "period of the square wave", bad);
    refused(() -> new S2nnSurrogate(bad, 1), "alpha of the S2NN", bad);
    refused(() -> new S2nnSurrogate(1, bad), "beta of the S2NN", bad);
    refused(() -> new LeakyKReluSurrogate(0, bad), "k of the leaky-k", bad);
    refused(() -> new FakeNumericalGradientSurrogate(bad), "alpha of the fake", bad);
  }

  @Test
  void otherConstantsOutsideTheirRangeAreRefused() {
    refused(() -> new QPseudoSpikeSurrogate(1), "alpha - 1 of the q-PseudoSpike", 0);
    refused(() -> new LogTailedReluSurrogate(-1), "alpha of the log-tailed", -1);
    refused(() -> new PiecewiseLeakyReluSurrogate(1, -1), "c of the piecewise leaky", -1);
    refused(() -> new LeakyKReluSurrogate(Double.NaN, 1), "leak of the leaky-k", Double.NaN);
    assertThatThrownBy(() -> new SquarewaveFourierSurrogate(0, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("terms")
        .hasMessageContaining("was 0");
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable construction,
      String what,
      double value) {
    assertThatThrownBy(construction)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(what)
        .hasMessageContaining("was " + value);
  }
}
