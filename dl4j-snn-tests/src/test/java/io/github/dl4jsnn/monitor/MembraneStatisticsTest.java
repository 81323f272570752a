package io.github.dl4jsnn.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.RectangularSurrogate;
import io.github.dl4jsnn.neuron.StraightThroughSurrogate;
import io.github.dl4jsnn.testing.PlainSurrogate;
import io.github.dl4jsnn.testing.Values;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class MembraneStatisticsTest {

  private static final LifParameters NEURON = LifParameters.builder().threshold(0.5).build();

  @Test
  void fiveNumbersByHand() {
    // window of width 1: open from 0 to 1, both ends excluded
    INDArray u = Nd4j.createFromArray(new double[][] {{-1, 0.25}, {0.5, 2}});
    MembraneStatistics s = MembraneStatistics.of(u, NEURON);
    assertThat(s.mean()).isEqualTo(0.4375);
    assertThat(s.min()).isEqualTo(-1);
    assertThat(s.max()).isEqualTo(2);
    double squares = 1.4375 * 1.4375 + 0.1875 * 0.1875 + 0.0625 * 0.0625 + 1.5625 * 1.5625;
    assertThat(s.deviation()).isCloseTo(Math.sqrt(squares / 4), within(1e-15));
    assertThat(s.aboveShare()).as("a potential at the threshold fires").isEqualTo(0.5);
    assertThat(s.openShare()).isEqualTo(0.5);
    assertThat(s.threshold()).isEqualTo(0.5);
    assertThat(s.toString()).contains("0.4375", "50.0 %");
  }

  /** More than one block of 2048, far from 0, where naive sums of squares cancel. */
  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void manyBlocksAddUp(DataType type) {
    LifParameters neuron =
        LifParameters.builder().threshold(1000.4).surrogate(new ArctanSurrogate(2.5)).build();
    INDArray u = Values.uniform(7, 999, 1001, type, 7, 11, 131);
    assertEqualsPlain(MembraneStatistics.of(u, neuron), Values.of(u), neuron);
    assertEqualsPlain(MembraneStatistics.of(u.dup('f'), neuron), Values.of(u), neuron);
    INDArray view = u.get(NDArrayIndex.all(), NDArrayIndex.interval(2, 9), NDArrayIndex.all());
    assertEqualsPlain(MembraneStatistics.of(view, neuron), Values.of(view), neuron);
  }

  private static void assertEqualsPlain(MembraneStatistics s, double[] u, LifParameters neuron) {
    double mean = Arrays.stream(u).average().orElseThrow();
    double variance = Arrays.stream(u).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    double th = neuron.getThreshold();
    double half = 0.5 * PlainSurrogate.slope(neuron.getSurrogate(), th, th);
    assertThat(s.mean()).isCloseTo(mean, within(1e-9));
    assertThat(s.deviation()).isCloseTo(Math.sqrt(variance), within(1e-9));
    assertThat(s.min()).isEqualTo(Arrays.stream(u).min().orElseThrow());
    assertThat(s.max()).isEqualTo(Arrays.stream(u).max().orElseThrow());
    // in float, threshold and a value beside it may be rounded to each other
    assertThat(s.aboveShare()).isCloseTo(share(u, v -> v >= th), within(1.5 / u.length));
    assertThat(s.openShare())
        .isCloseTo(
            share(u, v -> PlainSurrogate.slope(neuron.getSurrogate(), v, th) >= half),
            within(3.5 / u.length));
  }

  private static double share(double[] u, java.util.function.DoublePredicate p) {
    return (double) Arrays.stream(u).filter(p).count() / u.length;
  }

  @Test
  void theWindowOfARectangleIsItsWidth() {
    LifParameters wide = NEURON.toBuilder().surrogate(new RectangularSurrogate(4)).build();
    INDArray u = Nd4j.createFromArray(new float[] {-2, -1, 0, 1, 2, 3});
    assertThat(MembraneStatistics.of(u, wide).openShare()).isEqualTo(4 / 6.0);
    LifParameters all = NEURON.toBuilder().surrogate(new StraightThroughSurrogate()).build();
    assertThat(MembraneStatistics.of(u, all).openShare()).isEqualTo(1);
  }

  @Test
  void whatIsNotAPotentialIsRefused() {
    INDArray nan = Nd4j.createFromArray(new float[] {0, Float.NaN, 1});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MembraneStatistics.of(nan, NEURON))
        .withMessageContaining("NaN");
    INDArray infinite = Nd4j.createFromArray(new double[] {0, Double.NEGATIVE_INFINITY});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MembraneStatistics.of(infinite, NEURON))
        .withMessageContaining("infinite");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MembraneStatistics.of(Nd4j.empty(DataType.FLOAT), NEURON))
        .withMessageContaining("at least one value");
  }
}
