package io.github.dl4jsnn.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.testing.Values;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OverSmoothingTest {

  @ParameterizedTest
  @CsvSource({"2, 1", "3, 5", "37, 7", "101, 16"})
  void equalsTheDoubleLoop(int nodes, int features) {
    INDArray h = Values.uniform(4, -1, 3, DataType.DOUBLE, nodes, features);
    h.getRow(nodes / 2).assign(0);
    OverSmoothing measured = OverSmoothing.of(h, RNNFormat.NWC);
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < nodes; i++) {
      for (int j = 0; j < i; j++) {
        if (i != nodes / 2 && j != nodes / 2) {
          sum += 1 - cosine(h, i, j);
          pairs++;
        }
      }
    }
    assertThat(measured.zeroVectors()).isEqualTo(1);
    assertThat(measured.nodes()).isEqualTo(nodes);
    if (pairs == 0) {
      assertThat(measured.meanCosineDistance()).isNaN();
    } else {
      assertThat(measured.meanCosineDistance()).isCloseTo(sum / pairs, within(1e-12));
    }
  }

  private static double cosine(INDArray h, int i, int j) {
    double dot = 0;
    double a = 0;
    double b = 0;
    for (int f = 0; f < h.size(1); f++) {
      dot += h.getDouble(i, f) * h.getDouble(j, f);
      a += h.getDouble(i, f) * h.getDouble(i, f);
      b += h.getDouble(j, f) * h.getDouble(j, f);
    }
    return dot / Math.sqrt(a * b);
  }

  @Test
  void lengthsDoNotMatter() {
    INDArray h = Nd4j.create(new double[][] {{1e-200, 0}, {1e200, 0}, {0, 5}});
    OverSmoothing measured = OverSmoothing.of(h, RNNFormat.NWC);
    assertThat(measured.meanCosineDistance()).isCloseTo(2 / 3., within(1e-15));
    assertThat(OverSmoothing.of(h.getRows(0, 1), RNNFormat.NWC).meanCosineDistance()).isZero();
  }

  @Test
  void sequencesAreMeansOverTime() {
    INDArray spikes = Values.binary(3, 0.4, DataType.FLOAT, 5, 4, 3);
    double nwc = OverSmoothing.of(spikes, RNNFormat.NWC).meanCosineDistance();
    assertThat(nwc)
        .isEqualTo(OverSmoothing.of(spikes.mean(1), RNNFormat.NWC).meanCosineDistance())
        .isEqualTo(OverSmoothing.of(spikes.permute(0, 2, 1), RNNFormat.NCW).meanCosineDistance());
  }

  @Test
  void dirichletEnergyIsTheSumOverEdges() {
    INDArray h = Nd4j.create(new double[][] {{1, 2}, {3, -1}, {0, 4}});
    OverSmoothing measured = OverSmoothing.of(h, RNNFormat.NWC);
    INDArray path = Nd4j.create(new double[][] {{0, 1}, {1, 0}, {1, 2}, {2, 1}});
    double first = square(1 / Math.sqrt(2) - 3 / Math.sqrt(3), 2 / Math.sqrt(2) + 1 / Math.sqrt(3));
    double second = square(3 / Math.sqrt(3), -1 / Math.sqrt(3) - 4 / Math.sqrt(2));
    assertThat(measured.dirichletEnergy(path)).isCloseTo(first + second, within(1e-12));
    INDArray weighted = Nd4j.create(new double[][] {{0, 1, 8}, {1, 0, 8}, {2, 2, 5}});
    assertThat(measured.dirichletEnergy(weighted))
        .isCloseTo(8 * square((1 - 3) / 3., (2 + 1) / 3.), within(1e-12));
  }

  private static double square(double... v) {
    double sum = 0;
    for (double x : v) {
      sum += x * x;
    }
    return sum;
  }

  @Test
  void energyIsZeroWhereSmoothingEnds() {
    INDArray h = Nd4j.create(new double[][] {{Math.sqrt(2)}, {Math.sqrt(3)}, {Math.sqrt(2)}});
    INDArray path = Nd4j.create(new double[][] {{0, 1}, {1, 0}, {1, 2}, {2, 1}});
    OverSmoothing measured = OverSmoothing.of(h, RNNFormat.NWC);
    assertThat(measured.dirichletEnergy(path)).isCloseTo(0, within(1e-15));
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> OverSmoothing.of(Nd4j.ones(3), RNNFormat.NWC))
        .hasMessageContaining("[3]");
    INDArray h = Nd4j.ones(DataType.FLOAT, 3, 2);
    h.putScalar(1, 1, Float.POSITIVE_INFINITY);
    assertThatThrownBy(() -> OverSmoothing.of(h, RNNFormat.NWC)).hasMessageContaining("node 1");
    OverSmoothing measured = OverSmoothing.of(Nd4j.ones(3, 2), RNNFormat.NWC);
    assertThatThrownBy(() -> measured.dirichletEnergy(Nd4j.ones(3, 4)))
        .hasMessageContaining("[3, 4]");
    for (double[] edge : new double[][] {{0, 3, 1}, {-1, 0, 1}, {0.5, 0, 1}, {0, 1, -1}}) {
      assertThatThrownBy(() -> measured.dirichletEnergy(Nd4j.create(new double[][] {edge})))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Edge 0");
    }
  }
}
