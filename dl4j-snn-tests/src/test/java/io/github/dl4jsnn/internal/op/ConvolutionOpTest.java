package io.github.dl4jsnn.internal.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.internal.kernel.ConvolutionShape;
import io.github.dl4jsnn.testing.PlainConvolution;
import io.github.dl4jsnn.testing.Threads;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** All ways to compute a convolution give what its definition says. */
class ConvolutionOpTest {
  private static final int[] ONE = {1, 1};
  private static final int[] TWO = {2, 2};
  private static final int[] THREE = {3, 3};

  /** Channels, kernel, stride, padding and dilation, in and out; output sizes are computed. */
  static Stream<ConvolutionShape> shapes() {
    return Stream.of(
        shape(1, 5, 4, 7, THREE, ONE, ONE, ONE),
        shape(3, 5, 4, 17, THREE, ONE, ONE, ONE),
        shape(17, 7, 6, 19, THREE, ONE, ONE, ONE),
        shape(5, 6, 9, 2, THREE, ONE, new int[] {0, 0}, ONE),
        shape(5, 3, 3, 2, THREE, ONE, new int[] {0, 0}, ONE),
        shape(5, 4, 5, 3, THREE, ONE, new int[] {2, 0}, ONE),
        shape(5, 4, 5, 3, THREE, ONE, new int[] {0, 2}, ONE),
        shape(2, 1, 1, 3, THREE, ONE, ONE, ONE),
        shape(2, 1, 6, 3, THREE, ONE, ONE, ONE),
        shape(3, 8, 7, 5, THREE, TWO, ONE, ONE),
        shape(3, 9, 8, 5, THREE, new int[] {3, 1}, ONE, ONE),
        shape(3, 9, 8, 5, THREE, ONE, TWO, TWO),
        shape(4, 5, 6, 3, ONE, ONE, new int[] {0, 0}, ONE),
        shape(4, 5, 6, 3, ONE, TWO, new int[] {0, 0}, ONE),
        shape(2, 7, 8, 3, new int[] {5, 2}, new int[] {2, 3}, new int[] {4, 1}, ONE),
        shape(2, 4, 3, 3, new int[] {4, 3}, ONE, new int[] {0, 0}, ONE));
  }

  static Stream<Arguments> cases() {
    return shapes()
        .flatMap(
            s ->
                Stream.of(
                        ConvolutionMethod.EVENTS,
                        ConvolutionMethod.PRODUCT,
                        ConvolutionMethod.WINOGRAD)
                    .flatMap(
                        m ->
                            Stream.of(DataType.FLOAT, DataType.DOUBLE)
                                .map(t -> arguments(describe(s), s, m, t))));
  }

  private static String describe(ConvolutionShape s) {
    return String.format(
        "%dx%dx%d to %d, %dx%d stride %dx%d", s.C, s.H, s.W, s.K, s.kH, s.kW, s.sH, s.sW);
  }

  private static ConvolutionShape shape(
      int c, int h, int w, int k, int[] kernel, int[] stride, int[] padding, int[] dilation) {
    int oH = (h + 2 * padding[0] - (kernel[0] - 1) * dilation[0] - 1) / stride[0] + 1;
    int oW = (w + 2 * padding[1] - (kernel[1] - 1) * dilation[1] - 1) / stride[1] + 1;
    return new ConvolutionShape(
        new int[] {c, h, w}, new int[] {k, oH, oW}, kernel, stride, padding, dilation);
  }

  /** One forward and backward pass; results start as garbage. */
  private static final class Run {
    private final INDArray x;
    private final INDArray w;
    private final INDArray b;
    private final INDArray g;
    private final INDArray out;
    private final INDArray dw;
    private final INDArray db;
    private final INDArray dx;

    private Run(ConvolutionOp op, ConvolutionShape s, DataType type, int n, double rate) {
      long[] in = {n, s.C, s.H, s.W};
      INDArray values = Values.uniform(1, -1, 2, type, in);
      x = Values.binary(2, rate, type, in).muli(rate == 1 ? values : values.gt(0).castTo(type));
      w = Values.uniform(3, -1, 1, type, s.K, s.C, s.kH, s.kW);
      b = Values.uniform(4, -1, 1, type, s.K);
      g = Values.uniform(5, -1, 1, type, n, s.K, s.oH, s.oW);
      out = Nd4j.valueArrayOf(g.shape(), Double.NaN, type);
      dw = Nd4j.valueArrayOf(w.shape(), Double.NaN, type);
      db = Nd4j.valueArrayOf(b.shape(), Double.NaN, type);
      dx = Nd4j.valueArrayOf(in, Double.NaN, type);
      op.forward(s, x, w, b, out);
      op.backward(s, x, w, g, dw, db, dx);
    }

    private List<INDArray> results() {
      return List.of(out, dw, db, dx);
    }
  }

  private static ConvolutionOp op(ConvolutionMethod m, DataType type) {
    return type == DataType.FLOAT
        ? new ConvolutionOpF32("layer", m)
        : new ConvolutionOpF64("layer", m);
  }

  @ParameterizedTest(name = "{0}, {2}, {3}")
  @MethodSource("cases")
  void equalsTheDefinition(
      String name, ConvolutionShape s, ConvolutionMethod method, DataType type) {
    ConvolutionOp op = op(method, type);
    for (double rate : new double[] {0.3, 0, 1}) {
      Run r = new Run(op, s, type, 5, rate);
      PlainConvolution plain = new PlainConvolution(s, 5);
      double[] x = Values.of(r.x);
      double[] w = Values.of(r.w);
      double[] g = Values.of(r.g);
      double tolerance = Tolerances.of(type);
      Tolerances.assertClose(
          "output", Values.of(r.out), plain.forward(x, w, Values.of(r.b)), tolerance);
      Tolerances.assertClose("dw", Values.of(r.dw), plain.weightGradient(x, g), tolerance);
      Tolerances.assertClose("db", Values.of(r.db), plain.biasGradient(g), tolerance);
      Tolerances.assertClose("dx", Values.of(r.dx), plain.inputGradient(w, g), tolerance);
    }
  }

  /** Enough images that every method works in several chunks, which cut through images. */
  @ParameterizedTest
  @EnumSource
  void manyImages(ConvolutionMethod method) {
    ConvolutionShape s = shape(19, 15, 13, 23, THREE, ONE, ONE, ONE);
    Run expected =
        new Run(op(ConvolutionMethod.PRODUCT, DataType.DOUBLE), s, DataType.DOUBLE, 67, 0.2);
    Run actual = new Run(op(method, DataType.DOUBLE), s, DataType.DOUBLE, 67, 0.2);
    PlainConvolution plain = new PlainConvolution(s, 67);
    Tolerances.assertClose(
        "output",
        Values.of(expected.out),
        plain.forward(Values.of(expected.x), Values.of(expected.w), Values.of(expected.b)),
        Tolerances.DOUBLE);
    for (int i = 0; i < 4; i++) {
      Tolerances.assertClose(
          "result " + i, actual.results().get(i), expected.results().get(i), Tolerances.DOUBLE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void threadsDoNotChangeResults(ConvolutionMethod method) {
    ConvolutionShape s = shape(19, 15, 13, 23, THREE, ONE, ONE, ONE);
    Run one =
        Threads.with(1, () -> new Run(op(method, DataType.FLOAT), s, DataType.FLOAT, 67, 0.1));
    Run three =
        Threads.with(3, () -> new Run(op(method, DataType.FLOAT), s, DataType.FLOAT, 67, 0.1));
    for (int i = 0; i < 4; i++) {
      Tolerances.assertIdentical("result " + i, three.results().get(i), one.results().get(i));
    }
  }

  @ParameterizedTest
  @EnumSource
  void nanAndInfinityAreErrors(ConvolutionMethod method) {
    ConvolutionShape s = shape(2, 5, 4, 3, THREE, ONE, ONE, ONE);
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      INDArray x = Values.uniform(1, 0, 1, DataType.FLOAT, 3, 2, 5, 4);
      x.putScalar(new int[] {1, 1, 2, 2}, bad);
      INDArray w = Values.uniform(3, -1, 1, DataType.FLOAT, 3, 2, 3, 3);
      INDArray out = Nd4j.create(DataType.FLOAT, 3, 3, 5, 4);
      assertThatThrownBy(() -> op(method, DataType.FLOAT).forward(s, x, w, null, out))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("layer", "image 1");
    }
  }

  @Test
  void densityAndSizesDecide() {
    ConvolutionShape wide = shape(32, 9, 9, 64, THREE, ONE, ONE, ONE);
    ConvolutionShape strided = shape(32, 9, 9, 64, THREE, TWO, ONE, ONE);
    ConvolutionShape narrow = shape(32, 9, 9, 4, THREE, ONE, ONE, ONE);
    ConvolutionMethod auto = ConvolutionMethod.AUTO;
    assertThat(auto.forward(wide, 0.01)).isEqualTo(ConvolutionMethod.EVENTS);
    assertThat(auto.gradient(wide, 0.01)).isEqualTo(ConvolutionMethod.EVENTS);
    assertThat(auto.forward(wide, 0.6)).isEqualTo(ConvolutionMethod.WINOGRAD);
    assertThat(auto.forward(strided, 0.6)).isEqualTo(ConvolutionMethod.PRODUCT);
    assertThat(auto.forward(narrow, 0.01)).isEqualTo(ConvolutionMethod.PRODUCT);
  }
}
