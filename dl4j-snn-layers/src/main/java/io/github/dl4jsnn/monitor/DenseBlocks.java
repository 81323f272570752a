package io.github.dl4jsnn.monitor;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Takes an array apart into blocks of whole examples that lie in memory without gaps. */
final class DenseBlocks {

  /**
   * An nio buffer holds at most 2^31 - 1 bytes; this many doubles are a quarter of it, and a copy
   * still fits anywhere.
   */
  static final long MAX_BLOCK = 1L << 26;

  private DenseBlocks() {}

  /** Returns the array itself, or a copy in float if it is neither float nor double. */
  static INDArray asFloatOrDouble(INDArray x) {
    boolean direct = x.dataType() == DataType.FLOAT || x.dataType() == DataType.DOUBLE;
    return direct ? x : x.castTo(DataType.FLOAT);
  }

  /**
   * Calls {@code use} with blocks of about {@code maxBlock} elements until it answers false, or
   * there are no more; returns its last answer.
   */
  static boolean forEach(INDArray x, long maxBlock, Predicate<INDArray> use) {
    long step = examplesPerBlock(x, maxBlock);
    for (long n = 0; n < x.size(0); n += step) {
      if (!use.test(dense(examples(x, n, step)))) {
        return false;
      }
    }
    return true;
  }

  private static long examplesPerBlock(INDArray x, long maxBlock) {
    return Math.max(1, Math.min(x.size(0), maxBlock / (x.length() / x.size(0))));
  }

  private static INDArray examples(INDArray x, long from, long step) {
    if (step >= x.size(0)) {
      return x;
    }
    INDArrayIndex[] all = new INDArrayIndex[x.rank()];
    Arrays.fill(all, NDArrayIndex.all());
    all[0] = NDArrayIndex.interval(from, Math.min(from + step, x.size(0)));
    return x.get(all);
  }

  /**
   * Returns {@code x} if it is {@code [outer, F, inner]} in memory for some outer and inner, else a
   * copy that is.
   */
  private static INDArray dense(INDArray x) {
    // With several neuron axes the one other axis, that of the examples, must not lie between them
    // in memory.
    long n = x.size(0);
    boolean together = x.rank() <= 3 || n == 1 || x.stride(0) == 1 || x.stride(0) == x.length() / n;
    return x.offset() == 0 && together && hasNoGaps(x) ? x : x.dup('c');
  }

  /**
   * Returns whether the strides, from small to large, are the products of the sizes before them.
   */
  private static boolean hasNoGaps(INDArray x) {
    int[] axes =
        IntStream.range(0, x.rank())
            .filter(axis -> x.size(axis) > 1)
            .boxed()
            .sorted(Comparator.comparingLong(axis -> x.stride(axis)))
            .mapToInt(Integer::intValue)
            .toArray();
    long expected = 1;
    for (int axis : axes) {
      if (x.stride(axis) != expected) {
        return false;
      }
      expected *= x.size(axis);
    }
    return true;
  }
}
