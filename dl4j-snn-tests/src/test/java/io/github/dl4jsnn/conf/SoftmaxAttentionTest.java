package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Threads;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Softmax self-attention: fused kernels, SameDiff definition and plain loops agree. */
@ExtendWith(QuietSameDiff.class)
class SoftmaxAttentionTest {

  private static LayerRun run(
      Backend backend, int heads, RNNFormat format, INDArray nwc, INDArray mask) {
    boolean ncw = format == RNNFormat.NCW;
    SoftmaxAttention conf =
        new SoftmaxAttention.Builder().name("attention").heads(heads).backend(backend).build();
    return Backends.layer(
        conf,
        InputType.recurrent(nwc.size(2), nwc.size(1), format),
        ncw ? nwc.permute(0, 2, 1).dup('c') : nwc,
        mask);
  }

  @ParameterizedTest(name = "N {0} L {1} heads {2} d {3} {4} masked {5}")
  @CsvSource({
    "2,5,3,4,NWC,false",
    "3,7,2,5,NCW,true",
    "1,1,1,1,NWC,false",
    "4,3,1,2,NWC,true",
    "2,6,5,1,NCW,false"
  })
  void equalsDefinitionAndPlainLoops(
      int n, int positions, int heads, int d, RNNFormat format, boolean masked) {
    for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      INDArray x = Values.uniform(1, -2, 2, type, n, positions, 3 * heads * d);
      INDArray mask = masked ? Values.mask(n, positions, type) : null;
      LayerRun fused = run(Backend.FUSED, heads, format, x, mask);
      LayerRun defined = run(Backend.SAMEDIFF, heads, format, x, mask);
      Tolerances.assertClose("output", fused.output, defined.output, Tolerances.of(type));
      fused.assertGradientsClose(defined, Tolerances.of(type));
      INDArray out = format == RNNFormat.NCW ? fused.output.permute(0, 2, 1) : fused.output;
      Tolerances.assertClose(
          "output", Values.of(out), plain(x, mask, heads, d), Tolerances.of(type));
    }
  }

  private static double[] plain(INDArray x, INDArray mask, int heads, int d) {
    int N = (int) x.size(0);
    int L = (int) x.size(1);
    int D = heads * d;
    double[] y = new double[N * L * D];
    for (int n = 0; n < N; n++) {
      for (int l = 0; l < L; l++) {
        for (int h = 0; h < heads && isPresent(mask, n, l); h++) {
          double[] e = new double[L];
          double sum = 0;
          for (int m = 0; m < L; m++) {
            double dot = 0;
            for (int i = 0; i < d; i++) {
              dot += x.getDouble(n, l, h * d + i) * x.getDouble(n, m, D + h * d + i);
            }
            e[m] = isPresent(mask, n, m) ? Math.exp(dot / Math.sqrt(d)) : 0;
            sum += e[m];
          }
          for (int m = 0; m < L; m++) {
            for (int i = 0; i < d; i++) {
              y[(n * L + l) * D + h * d + i] += e[m] / sum * x.getDouble(n, m, 2 * D + h * d + i);
            }
          }
        }
      }
    }
    return y;
  }

  private static boolean isPresent(INDArray mask, int n, int l) {
    return mask == null || mask.getDouble(n, l) != 0;
  }

  /** Padding holds anything, even NaN; an example of padding alone puts out 0. */
  @Test
  void maskedPositionsAreNotThere() {
    INDArray x = Values.uniform(1, -2, 2, DataType.DOUBLE, 2, 5, 12);
    INDArray mask =
        Values.array(new double[] {1, 1, 1, 0, 0, 0, 0, 0, 0, 0}, DataType.DOUBLE, 2, 5);
    INDArray other = x.dup();
    other
        .get(NDArrayIndex.all(), NDArrayIndex.interval(3, 5), NDArrayIndex.all())
        .assign(Double.NaN);
    LayerRun padded = run(Backend.FUSED, 2, RNNFormat.NWC, x, mask);
    run(Backend.FUSED, 2, RNNFormat.NWC, other, mask).assertIdentical(padded);
    INDArray first = NDArrayIndexes.first(x, 3);
    LayerRun shorter = run(Backend.FUSED, 2, RNNFormat.NWC, first, null);
    Tolerances.assertIdentical("there", NDArrayIndexes.first(padded.output, 3), shorter.output);
    assertThat(Values.of(padded.output.slice(1))).containsOnly(0);
    assertThat(Values.of(padded.inputGradient.slice(1))).containsOnly(0);
  }

  /** Views of the first example. */
  private static final class NDArrayIndexes {
    private static INDArray first(INDArray a, int length) {
      return a.get(
              NDArrayIndex.interval(0, 1), NDArrayIndex.interval(0, length), NDArrayIndex.all())
          .dup('c');
    }
  }

  /** Scores far apart neither overflow nor make NaN. */
  @Test
  void largeScoresAreSafe() {
    INDArray x = Values.uniform(1, -300, 300, DataType.FLOAT, 2, 5, 12);
    for (double v : Values.of(run(Backend.FUSED, 2, RNNFormat.NWC, x, null).output)) {
      assertThat(v).isFinite();
    }
  }

  @Test
  void threadsDoNotChangeResults() {
    INDArray x = Values.uniform(1, -2, 2, DataType.FLOAT, 9, 37, 96);
    LayerRun one = Threads.with(1, () -> run(Backend.FUSED, 4, RNNFormat.NWC, x, null));
    LayerRun five = Threads.with(5, () -> run(Backend.FUSED, 4, RNNFormat.NWC, x, null));
    five.assertIdentical(one);
  }

  @Test
  void badInputIsRefused() {
    INDArray x = Values.uniform(1, -2, 2, DataType.FLOAT, 1, 3, 12);
    assertThatThrownBy(() -> run(Backend.FUSED, 5, RNNFormat.NWC, x, null))
        .hasMessageContainingAll("\"attention\"", "heads = 5", "got 12 features");
    INDArray nan = x.dup();
    nan.putScalar(0, 1, 2, Double.NaN);
    assertThatThrownBy(() -> run(Backend.FUSED, 2, RNNFormat.NWC, nan, null))
        .hasMessageContainingAll("\"attention\"", "example 0", "NaN");
    assertThatThrownBy(() -> new SoftmaxAttention.Builder().heads(0))
        .hasMessageContainingAll("SoftmaxAttention", "heads", "was 0");
  }
}
