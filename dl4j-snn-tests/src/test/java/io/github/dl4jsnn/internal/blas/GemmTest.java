package io.github.dl4jsnn.internal.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Matrix products of both implementations against plain loops, wherever the matrices lie. */
class GemmTest {

  /** Where a matrix lies; each leaves the values alone. */
  enum Layout {
    ROWS(a -> a.dup('c')),
    COLUMNS(a -> a.dup('f')),
    TRANSPOSED(a -> a.transpose().dup('c').transpose()),
    INSIDE(Layout::inside),
    INSIDE_COLUMNS(a -> inside(a.transpose()).transpose()),
    STRIDED(Layout::strided);

    private final UnaryOperator<INDArray> lay;

    Layout(UnaryOperator<INDArray> lay) {
      this.lay = lay;
    }

    /** In the middle of a larger matrix of NaN: an offset, and rows farther apart than long. */
    private static INDArray inside(INDArray a) {
      INDArray large = nan(a.dataType(), a.size(0) + 3, a.size(1) + 5);
      INDArray view =
          large.get(
              NDArrayIndex.interval(2, 2 + a.size(0)), NDArrayIndex.interval(4, 4 + a.size(1)));
      assertThat(view.offset()).isPositive();
      return view.assign(a);
    }

    /** Neither rows nor columns side by side. */
    private static INDArray strided(INDArray a) {
      INDArray large = nan(a.dataType(), a.size(0), 2, a.size(1), 3);
      return large
          .get(NDArrayIndex.all(), NDArrayIndex.point(1), NDArrayIndex.all(), NDArrayIndex.point(2))
          .assign(a);
    }

    private static INDArray nan(DataType type, long... shape) {
      return Nd4j.valueArrayOf(shape, Double.NaN, type);
    }
  }

  static Stream<Gemm> implementations() {
    return Stream.of(new OpenBlasGemm(), new Nd4jGemm());
  }

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    int[][] sizes = {{1, 1, 1}, {7, 5, 3}, {1, 13, 4}, {13, 1, 5}, {4, 6, 1}, {65, 31, 129}};
    implementations()
        .forEach(
            gemm -> {
              for (int[] s : sizes) {
                for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
                  cases.add(arguments(gemm, s[0], s[1], s[2], type));
                }
              }
            });
    return cases.stream();
  }

  @ParameterizedTest(name = "{0} {1} {2} {3} {4}")
  @MethodSource("cases")
  void equalsPlainLoopsInEveryLayout(Gemm gemm, int m, int n, int k, DataType type) {
    INDArray a = Values.uniform(1, -1, 1, type, m, k);
    INDArray b = Values.uniform(2, -1, 1, type, k, n);
    INDArray c = Values.uniform(3, -1, 1, type, m, n);
    double[] product = plain(a, b);
    double[] sum = Values.of(c);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += product[i];
    }
    Layout[] layouts = Layout.values();
    for (Layout la : layouts) {
      for (Layout lb : layouts) {
        Layout lc = layouts[(la.ordinal() + lb.ordinal()) % layouts.length];
        INDArray av = la.lay.apply(a);
        INDArray bv = lb.lay.apply(b);
        INDArray cv = lc.lay.apply(c);
        String what = la + " times " + lb + " into " + lc;
        gemm.multiply(Matrix.of(cv), Matrix.of(av), Matrix.of(bv), true);
        Tolerances.assertClose(what + ", added", Values.of(cv), sum, Tolerances.of(type));
        cv.assign(Double.NaN);
        gemm.multiply(Matrix.of(cv), Matrix.of(av), Matrix.of(bv), false);
        Tolerances.assertClose(what, Values.of(cv), product, Tolerances.of(type));
      }
    }
  }

  private static double[] plain(INDArray a, INDArray b) {
    double[] x = Values.of(a);
    double[] y = Values.of(b);
    int k = (int) a.size(1);
    int n = (int) b.size(1);
    double[] z = new double[(int) a.size(0) * n];
    for (int i = 0; i < z.length; i++) {
      for (int j = 0; j < k; j++) {
        z[i] += x[i / n * k + j] * y[j * n + i % n];
      }
    }
    return z;
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void nothingBesideTheResultIsWritten(Gemm gemm) {
    INDArray large = Values.uniform(1, 0, 1, DataType.FLOAT, 9, 11);
    INDArray before = large.dup();
    INDArray c = large.get(NDArrayIndex.interval(2, 6), NDArrayIndex.interval(3, 8));
    INDArray a = Values.uniform(2, 0, 1, DataType.FLOAT, 4, 7);
    INDArray b = Values.uniform(3, 0, 1, DataType.FLOAT, 7, 5);
    gemm.multiply(Matrix.of(c), Matrix.of(a), Matrix.of(b), false);
    assertThat(c.distance2(before.get(NDArrayIndex.interval(2, 6), NDArrayIndex.interval(3, 8))))
        .isPositive();
    c.assign(before.get(NDArrayIndex.interval(2, 6), NDArrayIndex.interval(3, 8)));
    Tolerances.assertIdentical("the rest", large, before);
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void blocksAndTransposesAreViews(Gemm gemm) {
    INDArray a = Values.uniform(1, -1, 1, DataType.DOUBLE, 9, 4);
    INDArray b = Values.uniform(2, -1, 1, DataType.DOUBLE, 9, 6);
    INDArray c = Nd4j.create(DataType.DOUBLE, 4, 6);
    for (int from = 0; from < 9; from += 4) {
      int count = Math.min(4, 9 - from);
      gemm.multiply(
          Matrix.of(c),
          Matrix.of(a).rows(from, count).transpose(),
          Matrix.of(b).rows(from, count),
          from > 0);
    }
    double[] expected = plain(a.transpose().dup('c'), b);
    Tolerances.assertClose("sum of blocks", Values.of(c), expected, Tolerances.DOUBLE);
  }

  @Test
  void aSequenceIsAMatrixOfAllItsSteps() {
    INDArray x = Values.uniform(1, -1, 1, DataType.FLOAT, 3, 4, 5);
    INDArray w = Values.uniform(2, -1, 1, DataType.FLOAT, 5, 2);
    INDArray y = Nd4j.create(DataType.FLOAT, 3, 4, 2);
    Gemm.get().multiply(Matrix.of(y), Matrix.of(x), Matrix.of(w), false);
    double[] expected = plain(x.reshape(12, 5), w);
    Tolerances.assertClose("sequence", Values.of(y), expected, Tolerances.FLOAT);
    INDArray timeLast = x.permute(0, 2, 1).dup('c').permute(0, 2, 1);
    assertThat(Matrix.hasEvenRows(timeLast)).isFalse();
    assertThatThrownBy(() -> Matrix.of(timeLast))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("[3, 4, 5]", "equal distances");
    assertThat(Matrix.hasEvenRows(timeLast.get(NDArrayIndex.interval(1, 2)))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"INT", "FLOAT"})
  void whatDoesNotFitIsRefused(DataType type) {
    Matrix a = Matrix.of(Nd4j.ones(type, 2, 3));
    Matrix b = Matrix.of(Nd4j.ones(type, type == DataType.INT ? 3 : 4, 5));
    Matrix c = Matrix.of(Nd4j.ones(type, 2, 5));
    assertThatThrownBy(() -> Gemm.get().multiply(c, a, b, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("[2, 3]", "5]", type.toString());
  }

  @Test
  void openBlasIsChosenWhereItIs() {
    assertThat(Gemm.get()).isInstanceOf(OpenBlasGemm.class).isSameAs(Gemm.get());
  }

  @Test
  void nd4jIsChosenWhereOpenBlasIsNot() throws Exception {
    Class<?> gemm = new WithoutOpenBlas().loadClass(Gemm.class.getName());
    assertThat(gemm).isNotSameAs(Gemm.class);
    Object chosen = gemm.getMethod("get").invoke(null);
    assertThat(chosen.getClass().getName()).isEqualTo(Nd4jGemm.class.getName());
  }

  /** A class path without the preset: loads this package anew, and no class of OpenBLAS. */
  private static final class WithoutOpenBlas extends ClassLoader {
    private static final String PACKAGE = Gemm.class.getPackageName() + ".";

    private WithoutOpenBlas() {
      super(Gemm.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.bytedeco.openblas.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith(PACKAGE)) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String file = name.replace('.', '/') + ".class";
      try (InputStream in = getParent().getResourceAsStream(file)) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
