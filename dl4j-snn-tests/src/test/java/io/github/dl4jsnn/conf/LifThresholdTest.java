package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.RectangularSurrogate;
import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Values;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Ties: a potential equal to the threshold fires, the next smaller number does not. */
@ExtendWith(QuietSameDiff.class)
class LifThresholdTest {

  static Stream<Arguments> thresholds() {
    return Stream.of(1.0, 0.25, 0.1, 3e7, 1e30, LifParameters.MIN_THRESHOLD)
        .flatMap(
            v ->
                Stream.of(
                    arguments(v, DataType.FLOAT, Backend.FUSED),
                    arguments(v, DataType.DOUBLE, Backend.FUSED),
                    arguments(v, DataType.FLOAT, Backend.SAMEDIFF),
                    arguments(v, DataType.DOUBLE, Backend.SAMEDIFF)));
  }

  private static LayerRun run(
      LifParameters p, DataType type, Backend backend, int steps, double... x) {
    INDArray in = Values.array(x, type, 1, steps, x.length / steps);
    return Backends.layer(
        new LifLayer.Builder().neuron(p).backend(backend).build(),
        InputType.recurrent(x.length / steps, steps, RNNFormat.NWC),
        in,
        null);
  }

  private static double below(double v, DataType type) {
    return type == DataType.FLOAT ? Math.nextDown((float) v) : Math.nextDown(v);
  }

  private static double above(double v, DataType type) {
    return type == DataType.FLOAT ? Math.nextUp((float) v) : Math.nextUp(v);
  }

  private static double rounded(double v, DataType type) {
    return type == DataType.FLOAT ? (float) v : v;
  }

  @ParameterizedTest(name = "vTh {0} {1} {2}")
  @MethodSource("thresholds")
  void aTieFiresAndTheNextSmallerNumberDoesNot(double vTh, DataType type, Backend backend) {
    LifParameters p = LifParameters.builder().threshold(vTh).build();
    LayerRun run =
        run(
            p,
            type,
            backend,
            1,
            rounded(vTh, type),
            below(vTh, type),
            above(vTh, type),
            0,
            -vTh,
            2 * vTh);
    assertThat(Values.of(run.output)).containsExactly(1, 0, 1, 0, 0, 1);
  }

  static Stream<Arguments> typesAndBackends() {
    return thresholds().filter(a -> a.get()[0].equals(1.0));
  }

  @ParameterizedTest(name = "{1} {2}")
  @MethodSource("typesAndBackends")
  void aTieAfterLeakageFires(double vTh, DataType type, Backend backend) {
    // u = 0.5, then 0.5 * 0.5 + 0.75 = 1, all exact in binary
    LayerRun run = run(LifParameters.defaults(), type, backend, 2, 0.5, 0.75);
    assertThat(Values.of(run.output)).containsExactly(0, 1);
    run = run(LifParameters.defaults(), type, backend, 2, 0.5, below(0.75, type));
    assertThat(Values.of(run.output)).containsExactly(0, 0);
  }

  @ParameterizedTest(name = "{1} {2}")
  @MethodSource("typesAndBackends")
  void theRectangularWindowIsOpen(double vTh, DataType type, Backend backend) {
    LifParameters p =
        LifParameters.builder().threshold(vTh).surrogate(new RectangularSurrogate(1)).build();
    LayerRun run = run(p, type, backend, 1, 1.5, below(1.5, type), 0.5, above(0.5, type), 1);
    double[] g = Values.of(Backends.fromAbove(run.output));
    assertThat(Values.of(run.inputGradient)).containsExactly(0, g[1], 0, g[3], g[4]);
  }
}
