package io.github.dl4jsnn.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.testing.Tolerances;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Values and gradients of every loss, for one example. */
class SpikeLossTest {
  private static final double STEP = 1e-6;

  /** Settings are off their defaults. */
  static Stream<SpikeLoss> losses() {
    return Stream.concat(
        smoothLosses(),
        Stream.of(
            new CrossEntropyTemporalLoss(CrossEntropyTemporalLoss.Inverse.NEGATE),
            new CrossEntropyTemporalLoss(CrossEntropyTemporalLoss.Inverse.RECIPROCAL)));
  }

  static Stream<SpikeLoss> smoothLosses() {
    return Stream.of(
        new CrossEntropyRateLoss(),
        new CrossEntropyCountLoss(),
        new CrossEntropyMeanRateLoss(4.5),
        new CrossEntropyMaxMembraneLoss(),
        new MseRateLoss(0.8, 0.1),
        new TetLoss(0.3, 0.6));
  }

  /** Steps and classes. */
  static Stream<Arguments> sizes() {
    return Stream.of(
        arguments(1, 1), arguments(1, 5), arguments(7, 1), arguments(3, 2), arguments(11, 13));
  }

  private static Stream<Arguments> bySize(Stream<SpikeLoss> losses) {
    return losses.flatMap(l -> sizes().map(s -> arguments(l, s.get()[0], s.get()[1])));
  }

  static Stream<Arguments> lossesBySize() {
    return bySize(losses());
  }

  static Stream<Arguments> smoothLossesBySize() {
    return bySize(smoothLosses());
  }

  private static double[][] spikes(int steps, int classes, long seed) {
    Random random = new Random(seed);
    double[][] x = new double[steps][classes];
    for (double[] row : x) {
      Arrays.setAll(row, c -> random.nextDouble() < 0.3 ? 1 : 0);
    }
    return x;
  }

  private static double[][] potentials(int steps, int classes, long seed) {
    Random random = new Random(seed);
    double[][] x = new double[steps][classes];
    for (double[] row : x) {
      Arrays.setAll(row, c -> random.nextGaussian());
    }
    return x;
  }

  /** Probabilities that do not quite add up to 1. */
  private static double[] labels(int classes) {
    double[] y = new double[classes];
    y[classes / 2] = 0.9;
    y[0] += 0.2;
    return y;
  }

  private static double[][] dirty(int steps, int classes) {
    double[][] d = new double[steps][classes];
    for (double[] row : d) {
      Arrays.fill(row, Double.NaN);
    }
    return d;
  }

  @ParameterizedTest(name = "{0} T {1} C {2}")
  @MethodSource("lossesBySize")
  void valueAndOutputAreThoseOfTheDefinition(SpikeLoss loss, int steps, int classes) {
    for (double[][] x : new double[][][] {spikes(steps, classes, 5), new double[steps][classes]}) {
      double[] y = labels(classes);
      double value = loss.loss(dirty(steps, classes), x, y);
      assertThat(value).isCloseTo(PlainLoss.of(loss, x, y), within(1e-12));
      double[] output = dirty(1, classes)[0];
      loss.output(output, x);
      Tolerances.assertClose("output", output, PlainLoss.output(loss, x), Tolerances.DOUBLE);
    }
  }

  @ParameterizedTest(name = "{0} T {1} C {2}")
  @MethodSource("smoothLossesBySize")
  void gradientIsTheFiniteDifference(SpikeLoss loss, int steps, int classes) {
    double[][] x = potentials(steps, classes, 3);
    double[] y = labels(classes);
    double[][] gradient = dirty(steps, classes);
    loss.loss(gradient, x, y);
    for (int t = 0; t < steps; t++) {
      for (int c = 0; c < classes; c++) {
        double at = x[t][c];
        x[t][c] = at + STEP;
        double above = PlainLoss.of(loss, x, y);
        x[t][c] = at - STEP;
        double below = PlainLoss.of(loss, x, y);
        x[t][c] = at;
        assertThat(gradient[t][c]).isCloseTo((above - below) / (2 * STEP), within(1e-8));
      }
    }
  }

  /**
   * dL/ds by finite differences of the cross-entropy; ds/dx = 1 or 1/(k+1)^2 at the first spike.
   */
  @Test
  void firstSpikesReceiveTheWholeGradient() {
    double[][] x = {{0, 0, 0, 0}, {1, 0, 0, 0}, {1, 0, 1, 0}, {0, 1, 1, 0}, {1, 0, 0, 0}};
    double[] y = {0, 1, 0, 0};
    double[] negated = {-1, -3, -2, -4};
    double[] inverted = {1 / 2.0, 1 / 4.0, 1 / 3.0, 1 / 5.0};
    int[] first = {1, 3, 2, 4};
    for (CrossEntropyTemporalLoss.Inverse inverse : CrossEntropyTemporalLoss.Inverse.values()) {
      boolean negate = inverse == CrossEntropyTemporalLoss.Inverse.NEGATE;
      double[] scores = negate ? negated : inverted;
      double sum = Arrays.stream(scores).map(Math::exp).sum();
      double[][] expected = new double[5][4];
      for (int c = 0; c < 4; c++) {
        double slope = negate ? 1 : Math.pow(first[c] + 1, -2);
        expected[first[c]][c] = (Math.exp(scores[c]) / sum - y[c]) * slope;
      }
      double[][] gradient = dirty(5, 4);
      double loss = new CrossEntropyTemporalLoss(inverse).loss(gradient, x, y);
      assertThat(loss).isCloseTo(Math.log(sum) - scores[1], within(1e-14));
      for (int t = 0; t < 5; t++) {
        assertThat(gradient[t]).containsExactly(expected[t], within(1e-14));
      }
    }
  }

  @Test
  void aSilentClassIsTiedWithOneThatFiresLast() {
    double[][] x = {{0, 0, 1}, {0, 1, 0}};
    double[] output = new double[3];
    new CrossEntropyTemporalLoss().output(output, x);
    assertThat(output[0]).isEqualTo(output[1]).isLessThan(output[2]);
    double[][] gradient = dirty(2, 3);
    new CrossEntropyTemporalLoss().loss(gradient, x, new double[] {1, 0, 0});
    assertThat(gradient[1][0]).as("wakes the silent class").isNegative();
    assertThat(gradient[1][1]).isPositive();
    assertThat(gradient[0][0]).isZero();
  }

  @Test
  void ofEqualMaximaTheFirstReceivesTheGradient() {
    double[][] x = {{-1, 0.5}, {2, 0.5}, {2, 0.5}};
    double[][] gradient = dirty(3, 2);
    new CrossEntropyMaxMembraneLoss().loss(gradient, x, new double[] {0, 1});
    double p = 1 / (1 + Math.exp(-1.5));
    assertThat(gradient[0]).containsExactly(new double[] {0, -p}, within(1e-14));
    assertThat(gradient[1]).containsExactly(new double[] {p, 0}, within(1e-14));
    assertThat(gradient[2]).containsExactly(0, 0);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void hugeValuesStayFinite(SpikeLoss loss) {
    for (double size : new double[] {1e4, 1e30, 1e150}) {
      double[][] x = {{size, -size, 0}, {-size, size, 1}, {size, size, -1}, {size, -size, 3}};
      for (int label = 0; label < 3; label++) {
        double[] y = new double[3];
        y[label] = 1;
        double[][] gradient = dirty(4, 3);
        assertThat(loss.loss(gradient, x, y)).isNotNegative().isFinite();
        for (double[] row : gradient) {
          assertThat(Arrays.stream(row).allMatch(Double::isFinite)).isTrue();
        }
        double[] output = new double[3];
        loss.output(output, x);
        assertThat(Arrays.stream(output).allMatch(Double::isFinite)).isTrue();
      }
    }
  }

  @Test
  void aRightAndCertainAnswerCostsNothing() {
    double[][] x = {{0, 1000}, {0, 1000}};
    double[] y = {0, 1};
    double[][] gradient = dirty(2, 2);
    assertThat(new CrossEntropyCountLoss().loss(gradient, x, y)).isZero();
    assertThat(gradient[0]).containsExactly(0, 0);
    assertThat(new CrossEntropyCountLoss().loss(gradient, x, new double[] {1, 0})).isEqualTo(2000);
    assertThat(gradient[1]).containsExactly(-1, 1);
  }

  @Test
  void tetWithoutPullIsTheRateLoss() {
    double[][] x = potentials(4, 3, 1);
    double[][] a = dirty(4, 3);
    double[][] b = dirty(4, 3);
    double tet = new TetLoss(0, 5).loss(a, x, labels(3));
    assertThat(tet).isEqualTo(new CrossEntropyRateLoss().loss(b, x, labels(3)));
    assertThat(a).isDeepEqualTo(b);
  }

  /**
   * Loss, sum of i * gradient[i] and sum of gradient[i]^2 (i from 1, c order [N, T, C]) from
   * snnTorch 1.0.0 and PyTorch 2.15 in double: ce_count_loss(), ce_max_membrane_loss(),
   * mse_count_loss(0.8, 0.2) / T, ce_temporal_loss(inverse), cross_entropy(3 * x.mean(0)). TET is
   * put together from cross_entropy and mse_loss, and so is the rate loss, as ce_rate_loss() sums
   * in float (it gives 1.497915267944336).
   */
  static Stream<Arguments> fromSnnTorch() {
    CrossEntropyTemporalLoss.Inverse negate = CrossEntropyTemporalLoss.Inverse.NEGATE;
    CrossEntropyTemporalLoss.Inverse reciprocal = CrossEntropyTemporalLoss.Inverse.RECIPROCAL;
    return Stream.of(
        arguments(
            new CrossEntropyRateLoss(),
            false,
            1.497915209778509,
            0.14200534765645623,
            0.05512193447480539),
        arguments(
            new CrossEntropyCountLoss(),
            false,
            1.5060511523572828,
            0.6494427320531955,
            1.379083057025563),
        arguments(
            new CrossEntropyMaxMembraneLoss(),
            true,
            1.5811631878348982,
            0.5338875936409204,
            0.2795276172169224),
        arguments(
            new MseRateLoss(0.8, 0.2),
            false,
            0.08333333333333334,
            0.9999999999999998,
            0.005555555555555555),
        arguments(
            new CrossEntropyTemporalLoss(negate),
            false,
            2.306645741155249,
            -4.933593422327595,
            0.4029273372830849),
        arguments(
            new CrossEntropyTemporalLoss(reciprocal),
            false,
            1.6374814638646136,
            9.302568707154059,
            0.06177783259809057),
        arguments(
            new CrossEntropyMeanRateLoss(3),
            false,
            1.4334094014600698,
            0.4020707353768458,
            0.4715805000572672),
        arguments(
            new TetLoss(0.1, 0.7),
            true,
            2.0774484666842663,
            -3.5612670154468384,
            0.06516157767906694));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fromSnnTorch")
  void equalsSnnTorch(
      SpikeLoss loss, boolean potentials, double value, double weighted, double squares) {
    int[] label = {1, 3, 0};
    double sum = 0;
    double sumWeighted = 0;
    double sumSquares = 0;
    int at = 1;
    for (int n = 0; n < 3; n++) {
      double[][] x = new double[5][4];
      for (int t = 0; t < 5; t++) {
        for (int c = 0; c < 4; c++) {
          int i = (t * 3 + n) * 4 + c;
          boolean spike = (i * 7 + 3) % 11 < 4 && !(n == 0 && c == 3);
          x[t][c] = potentials ? (i * 37 + 11) % 101 / 25.0 - 2 : spike ? 1 : 0;
        }
      }
      double[] y = new double[4];
      y[label[n]] = 1;
      double[][] gradient = dirty(5, 4);
      sum += loss.loss(gradient, x, y) / 3;
      for (double[] row : gradient) {
        for (double g : row) {
          sumWeighted += at++ * g / 3;
          sumSquares += g / 3 * g / 3;
        }
      }
    }
    assertThat(sum).isCloseTo(value, within(1e-12));
    assertThat(sumWeighted).isCloseTo(weighted, within(1e-12));
    assertThat(sumSquares).isCloseTo(squares, within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void jsonRoundTrip(SpikeLoss loss) throws Exception {
    for (ObjectMapper mapper :
        new ObjectMapper[] {new ObjectMapper(), NeuralNetConfiguration.mapper()}) {
      String json = mapper.writeValueAsString(loss);
      assertThat(json).contains(loss.getClass().getName());
      assertThat(mapper.readValue(json, SpikeLoss.class))
          .isEqualTo(loss)
          .hasSameHashCodeAs(loss)
          .hasToString(loss.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void javaSerializationRoundTrip(SpikeLoss loss) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(loss);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(loss);
    }
  }

  @Test
  void equalityLooksAtEverySetting() {
    assertThat(losses().distinct()).hasSize(8);
    assertThat(new TetLoss()).isEqualTo(new TetLoss(0.05, 1)).isNotEqualTo(new TetLoss(0.06, 1));
    assertThat(new TetLoss()).isNotEqualTo(new TetLoss(0.05, 0.9));
    assertThat(new MseRateLoss()).isEqualTo(new MseRateLoss(1, 0));
    assertThat(new MseRateLoss()).isNotEqualTo(new MseRateLoss(1, 0.1));
    assertThat(new MseRateLoss()).isNotEqualTo(new MseRateLoss(0.9, 0));
    assertThat(new CrossEntropyMeanRateLoss()).isEqualTo(new CrossEntropyMeanRateLoss(1));
    assertThat(new CrossEntropyMeanRateLoss()).isNotEqualTo(new CrossEntropyMeanRateLoss(2));
    assertThat(new CrossEntropyTemporalLoss().getInverse())
        .isEqualTo(CrossEntropyTemporalLoss.Inverse.NEGATE);
  }

  @Test
  void rejectsWrongSettings() {
    for (double bad : new double[] {-0.1, 1.1, Double.NaN}) {
      assertRejected(() -> new TetLoss(bad, 1), "lambda", bad);
      assertRejected(() -> new MseRateLoss(bad, 0), "correctRate", bad);
      assertRejected(() -> new MseRateLoss(1, bad), "incorrectRate", bad);
    }
    for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      assertRejected(() -> new TetLoss(0.1, bad), "phi", bad);
      assertRejected(() -> new CrossEntropyMeanRateLoss(bad), "scale", bad);
    }
    assertRejected(() -> new CrossEntropyMeanRateLoss(0), "scale", 0);
    assertThatNullPointerException().isThrownBy(() -> new CrossEntropyTemporalLoss(null));
  }

  private static void assertRejected(Runnable action, String name, double value) {
    assertThatIllegalArgumentException()
        .isThrownBy(action::run)
        .withMessageContaining(name)
        .withMessageContaining("was " + value);
  }
}
