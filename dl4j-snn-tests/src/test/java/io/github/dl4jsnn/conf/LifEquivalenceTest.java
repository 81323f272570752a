package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.neuron.Firing;
import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.LifCase;
import io.github.dl4jsnn.testing.Neurons;
import io.github.dl4jsnn.testing.PlainLif;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** LIF layer: fused kernels, SameDiff definition and plain loops agree. */
@ExtendWith(QuietSameDiff.class)
class LifEquivalenceTest {

  static Stream<LifCase> cases() {
    return Stream.concat(LifCase.all(), LifCase.eachSurrogate());
  }

  static Stream<LifCase> dropoutCases() {
    return Neurons.resets().stream()
        .map(p -> new LifCase(p, LifCase.Form.NWC, new int[] {3, 4, 5}, 0.6));
  }

  static Stream<LifCase> largeCases() {
    return Stream.concat(Neurons.all().stream(), Neurons.eachSurrogate().stream())
        .map(p -> new LifCase(p, LifCase.Form.NWC, new int[] {13, 5, 101}, 1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"cases", "dropoutCases"})
  void fusedEqualsDefinition(LifCase c) {
    LayerRun fused = c.run(Backend.FUSED, DataType.DOUBLE);
    LayerRun defined = c.run(Backend.SAMEDIFF, DataType.DOUBLE);
    Tolerances.assertIdentical("spikes", fused.output, defined.output);
    fused.assertGradientsClose(defined, Tolerances.DOUBLE);
  }

  static Stream<LifCase> smoothCases() {
    return Neurons.surrogates().stream()
        .map(s -> Neurons.resets().get(1).toBuilder().surrogate(s).firing(Firing.SMOOTH).build())
        .map(p -> new LifCase(p, LifCase.Form.NWC, new int[] {3, 5, 7}, 1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("smoothCases")
  void fusedEqualsDefinitionOfPrimitives(LifCase c) {
    LayerRun fused = c.run(Backend.FUSED, DataType.DOUBLE);
    LayerRun defined = c.run(Backend.SAMEDIFF, DataType.DOUBLE);
    Tolerances.assertClose("output", fused.output, defined.output, Tolerances.DOUBLE);
    fused.assertGradientsClose(defined, Tolerances.DOUBLE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void fusedEqualsPlainLoops(LifCase c) {
    LayerRun fused = c.run(Backend.FUSED, DataType.DOUBLE);
    compareWithPlain(c, fused, DataType.DOUBLE, 0);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"cases", "largeCases"})
  void floatEqualsPlainLoopsAwayFromJumps(LifCase c, TestReporter reporter) {
    LayerRun fused = c.run(Backend.FUSED, DataType.FLOAT);
    int leftOut = compareWithPlain(c, fused, DataType.FLOAT, Tolerances.FLOAT_JUMP);
    reporter.publishEntry("neurons left out", leftOut + " of " + c.N * c.F);
    assertThat(leftOut).isLessThanOrEqualTo((int) Math.ceil(Tolerances.LEFT_OUT_SHARE * c.N * c.F));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("largeCases")
  void floatFusedEqualsFloatDefinition(LifCase c) {
    LayerRun fused = c.run(Backend.FUSED, DataType.FLOAT);
    LayerRun defined = c.run(Backend.SAMEDIFF, DataType.FLOAT);
    // the same operations in the same order, so nothing needs to be left out
    Tolerances.assertIdentical("spikes", fused.output, defined.output);
    fused.assertGradientsClose(defined, Tolerances.FLOAT);
  }

  /** Returns the number of neurons left out because a potential is near a jump. */
  private static int compareWithPlain(LifCase c, LayerRun run, DataType type, double distance) {
    double[] g = Values.of(Backends.fromAbove(run.output));
    double[] spikes = Values.of(run.output);
    double[] dx = Values.of(run.inputGradient);
    PlainLif[][] twins = c.plain(type);
    int leftOut = 0;
    for (int n = 0; n < c.N; n++) {
      for (int f = 0; f < c.F; f++) {
        PlainLif plain = twins[n][f];
        if (plain.nearAJump(distance)) {
          leftOut++;
          continue;
        }
        assertThat(c.train(spikes, n, f)).as("spikes of neuron %d, %d", n, f).isEqualTo(plain.o);
        double[] expected = plain.backward(c.train(g, n, f));
        if (c.form == LifCase.Form.STATIC) {
          expected = new double[] {Arrays.stream(expected).sum()};
        }
        double[] actual =
            c.form == LifCase.Form.STATIC ? new double[] {dx[n * c.F + f]} : c.train(dx, n, f);
        Tolerances.assertClose("gradient", actual, expected, Tolerances.of(type));
      }
    }
    return leftOut;
  }
}
