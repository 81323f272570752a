package io.github.dl4jsnn.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import io.github.dl4jsnn.testing.GoldenFile;
import io.github.dl4jsnn.testing.Tolerances;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.shade.jackson.databind.JsonNode;

/** Derivatives of the surrogates are those of SpikingJelly, snnTorch and Norse, up to |x| = 1e4. */
class GoldenSurrogateTest {

  static Stream<Named<JsonNode>> cases() {
    return GoldenFile.find("surrogates.json").stream()
        .flatMap(f -> StreamSupport.stream(f.cases().spliterator(), false))
        .map(c -> named(c.get("peer").textValue(), c));
  }

  private static Surrogate ours(JsonNode golden) throws IOException {
    return GoldenFile.JSON.treeToValue(golden.get("surrogate"), Surrogate.class);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void derivativeIsThatOfThePeerInDouble(JsonNode golden) throws IOException {
    double[] x = GoldenFile.numbers(golden.get("x"));
    double[] d = new double[x.length];
    ours(golden).derivative(x, 0, d, x.length);
    assertRelative(d, GoldenFile.numbers(golden.get("derivative")), x);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void derivativeIsThatOfThePeerInFloat(JsonNode golden) throws IOException {
    double[] x = GoldenFile.numbers(golden.get("x"));
    float[] d = new float[x.length];
    for (int i = 0; i < d.length; i++) {
      d[i] = (float) x[i];
    }
    ours(golden).derivative(d, 0, d, x.length);
    double[] actual = new double[x.length];
    for (int i = 0; i < d.length; i++) {
      actual[i] = d[i];
    }
    Tolerances.assertClose(
        "derivative", actual, GoldenFile.numbers(golden.get("derivative")), Tolerances.GOLDEN);
  }

  /**
   * Sharper than with floats: tails are compared with their own size, down to where the peers'
   * {@code 1 - s} and {@code 1 - tanh^2} cancel to 0.
   */
  private static void assertRelative(double[] actual, double[] expected, double[] x) {
    for (int i = 0; i < expected.length; i++) {
      double allowed = Tolerances.GOLDEN * Math.abs(expected[i]) + 1e-12;
      assertThat(Math.abs(actual[i] - expected[i]))
          .as("at x = %s: %s, expected %s", x[i], actual[i], expected[i])
          .isLessThanOrEqualTo(allowed);
    }
  }

  @Test
  void everySurrogateButBpsaIsThere() {
    Set<String> there =
        cases()
            .map(c -> c.getPayload().get("surrogate").get("@class").textValue())
            .collect(Collectors.toSet());
    Set<String> all =
        SurrogateTest.surrogates()
            .map(s -> s.getClass().getName())
            .filter(n -> !n.equals(BpsaSurrogate.class.getName()))
            .collect(Collectors.toSet());
    assertThat(there).isEqualTo(all);
  }
}
