package io.github.dl4jsnn.internal.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.internal.kernel.DropoutF64;
import io.github.dl4jsnn.internal.kernel.HeapRowsF64;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The affine map of graph layers: row sums and products against ND4J's products. */
class AffineTest {
  private static final DataType TYPE = DataType.DOUBLE;

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (double density : new double[] {0, 0.02, 0.15, 0.4, 1}) {
      for (int outputs : new int[] {3, 8, 211}) {
        for (boolean dropout : new boolean[] {false, true}) {
          for (boolean timeLast : new boolean[] {false, true}) {
            cases.add(arguments(density, outputs, dropout, timeLast));
          }
        }
      }
    }
    return cases.stream();
  }

  /** Twice with one instance, on other sizes first, so that buffers are dirty. */
  @ParameterizedTest(name = "density {0}, {1} outputs, dropout {2}, time last {3}")
  @MethodSource("cases")
  void equalsProductsOfNd4j(double density, int H, boolean dropout, boolean timeLast) {
    AffineF64 affine = new AffineF64("it");
    compare(affine, new int[] {3, 2, 29}, density, H + 1, dropout, timeLast);
    compare(affine, new int[] {71, 3, 17}, density, H, dropout, timeLast);
  }

  private static void compare(
      AffineF64 affine, int[] size, double density, int H, boolean dropout, boolean timeLast) {
    int N = size[0];
    int T = size[1];
    int F = size[2];
    INDArray x =
        Values.binary(1, density, TYPE, N, T, F).mul(Values.uniform(2, -1, 1, TYPE, N, T, F));
    INDArray w = Values.uniform(3, -1, 1, TYPE, F, H).dup(H % 2 == 0 ? 'c' : 'f');
    INDArray g = Values.uniform(4, -1, 1, TYPE, N, T, H);
    DropoutF64 drop = dropout ? new DropoutF64(0.6, true, 5, T) : null;
    INDArray factors =
        dropout ? DropoutOp.mask(new GraphConvOp.Dropout(0.6, 1, true, 5), x) : Nd4j.onesLike(x);
    boolean[] zero = new boolean[N];
    for (int n = 0; n < N; n++) {
      zero[n] = n % 3 == 1;
      if (zero[n]) {
        g.slice(n).assign(0);
      }
    }
    INDArray in = timeLast ? x.permute(0, 2, 1).dup('c').permute(0, 2, 1) : x;

    double[][] z = new double[N][T * H];
    affine.forward(new HeapRowsF64(new double[][][] {z}, null, H), in, w, drop);
    INDArray rows = x.mul(factors).reshape(N * T, F);
    assertRows("forward", z, rows.mmul(w), N);

    INDArray dW = Nd4j.valueArrayOf(new long[] {F, H}, Double.NaN, TYPE).dup(w.ordering());
    INDArray dIn = Nd4j.valueArrayOf(in.shape(), Double.NaN, TYPE);
    double[][] dz = heap(g, N, T * H);
    for (int n = 0; n < N; n++) {
      if (zero[n]) {
        java.util.Arrays.fill(dz[n], Double.NaN); // known to be 0, so never read
      }
    }
    affine.backward(new HeapRowsF64(new double[][][] {dz}, zero, H), in, w, dW, dIn);
    INDArray flat = g.reshape(N * T, H);
    Tolerances.assertClose("dW", dW, rows.transpose().mmul(flat), Tolerances.DOUBLE);
    INDArray expected = flat.mmul(w.transpose()).reshape(N, T, F).mul(factors);
    Tolerances.assertClose("dIn", dIn, expected, Tolerances.DOUBLE);
    dW.assign(Double.NaN);
    affine.backward(new HeapRowsF64(new double[][][] {dz}, zero, H), in, w, dW, null);
    Tolerances.assertClose("dW alone", dW, rows.transpose().mmul(flat), Tolerances.DOUBLE);
  }

  private static double[][] heap(INDArray a, int rows, int columns) {
    double[] all = Values.of(a);
    double[][] heap = new double[rows][columns];
    for (int i = 0; i < all.length; i++) {
      heap[i / columns][i % columns] = all[i];
    }
    return heap;
  }

  private static void assertRows(String what, double[][] z, INDArray expected, int N) {
    double[] flat = new double[N * z[0].length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = z[i / z[0].length][i % z[0].length];
    }
    Tolerances.assertClose(what, flat, Values.of(expected), Tolerances.DOUBLE);
  }

  @Test
  void withoutAnyGradientAllGradientsAreZero() {
    for (double density : new double[] {0.02, 1}) {
      AffineF64 affine = new AffineF64("it");
      INDArray x = Values.binary(1, density, TYPE, 5, 3, 17);
      INDArray w = Values.uniform(3, -1, 1, TYPE, 17, 211);
      affine.forward(new HeapRowsF64(new double[1][5][3 * 211], null, 211), x, w, null);
      INDArray dW = Nd4j.valueArrayOf(new long[] {17, 211}, Double.NaN, TYPE);
      INDArray dIn = Nd4j.valueArrayOf(new long[] {5, 3, 17}, Double.NaN, TYPE);
      boolean[] zero = {true, true, true, true, true};
      affine.backward(new HeapRowsF64(new double[1][5][3 * 211], zero, 211), x, w, dW, dIn);
      assertThat(dW.norm1Number().doubleValue()).isZero();
      assertThat(dIn.norm1Number().doubleValue()).isZero();
    }
  }

  /** All three ways through the map are taken by the cases above. */
  @Test
  void rowsAreAddedBelowTheBreakEven() {
    assertThat(Densities.addsRows(0.02, 211, false)).isTrue();
    assertThat(Densities.addsRows(0.15, 211, false)).isTrue();
    assertThat(Densities.addsRows(0.4, 211, false)).isFalse();
    assertThat(Densities.addsRows(0.02, 8, false)).isFalse();
    assertThat(Densities.addsRows(0.02, 8, true)).isTrue();
    assertThat(Densities.gradientAddsRows(0.02)).isTrue();
    assertThat(Densities.gradientAddsRows(0.15)).isFalse();
  }
}
