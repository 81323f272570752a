package io.github.dl4jsnn.internal.op;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.dl4jsnn.graph.Propagation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Nodes times steps times features may pass what an int counts, or what one buffer holds. */
class ArrayLimitTest {

  /** Has the shape and strides of a large array without its memory; only asked for its size. */
  private static INDArray shaped(long n, long t, long f) {
    return Nd4j.create(
        Nd4j.createBuffer(new float[1]), new long[] {n, t, f}, new long[] {t * f, f, 1}, 0, 'c');
  }

  @Test
  void arraysThatEndBeyondTwoGigabytesAreRefused() {
    // 2^29 floats are the first too many; 2^31 and 2^32 entries are negative and 0 as an int
    for (long nodes : new long[] {1 << 20, 1 << 22, 1 << 23}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> NdRowsF32.of(shaped(nodes, 8, 64)))
          .withMessage(
              "An array of shape [%d, 8, 64] is too large: its data ends beyond 2 GiB", nodes);
    }
    assertThatCode(() -> NdRowsF32.of(shaped((1 << 20) - 1, 8, 64))).doesNotThrowAnyException();
  }

  /** Before the edges are read, whose only row is wrong, and scratch of the same size is made. */
  @Test
  void graphConvolutionsRefuseThemFirst() {
    GraphConvOp op =
        GraphConvOp.create(
            new GraphConvOp.Settings(
                "vertex", null, null, 1, null, Propagation.symmetric(), List.of(), false),
            DataType.FLOAT);
    INDArray in = shaped(1 << 22, 8, 1);
    INDArray edges = Nd4j.create(new float[][] {{-1, 0}});
    Map<String, INDArray> weights = Map.of(GraphConvOp.WEIGHT, Nd4j.ones(1, 64));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> op.forward(in, edges, weights, null, shaped(1 << 22, 8, 64)))
        .withMessage(
            "An array of shape [%d, 8, 64] is too large: its data ends beyond 2 GiB", 1 << 22);
  }
}
