package io.github.dl4jsnn.monitor;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How often each neuron of one layer fired in one batch; shapes, and values other than 0 and 1, as
 * in {@link SpikeStatistics}. Belongs to whoever made it.
 */
final class SpikeCounts {

  private final long[] counts;
  private final long perNeuron;
  private final double sum;
  private final boolean binary;

  private SpikeCounts(long[] counts, long perNeuron, double sum, boolean binary) {
    this.counts = counts;
    this.perNeuron = perNeuron;
    this.sum = sum;
    this.binary = binary;
  }

  static SpikeCounts of(INDArray activations, RNNFormat format) {
    return of(activations, format, DenseBlocks.MAX_BLOCK);
  }

  /** In blocks of whole examples with about {@code maxBlock} elements. */
  @SuppressWarnings("try") // the scope is entered and left, not used
  static SpikeCounts of(INDArray activations, RNNFormat format, long maxBlock) {
    check(activations, format);
    // A listener is called inside a workspace of the network; no copy made here may land in it.
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      INDArray x = DenseBlocks.asFloatOrDouble(activations);
      int[] neuronAxes = neuronAxes(x.rank(), format);
      long[] counts = new long[Math.toIntExact(product(x.shape(), neuronAxes))];
      long perNeuron = x.length() / counts.length;
      if (DenseBlocks.forEach(x, maxBlock, block -> countBinary(counts, block, neuronAxes))) {
        return new SpikeCounts(counts, perNeuron, Arrays.stream(counts).sum(), true);
      }
      Arrays.fill(counts, 0);
      double[] sum = {0};
      DenseBlocks.forEach(
          x,
          maxBlock,
          block -> {
            sum[0] += countAny(counts, block, neuronAxes);
            return true;
          });
      return new SpikeCounts(counts, perNeuron, sum[0], false);
    }
  }

  int neurons() {
    return counts.length;
  }

  /** Number of values of each neuron: examples times steps. */
  long perNeuron() {
    return perNeuron;
  }

  /** Sum of all values; of spikes their number. */
  double sum() {
    return sum;
  }

  /** Whether all values are 0 or 1. */
  boolean isBinary() {
    return binary;
  }

  /** Number of spikes of neuron {@code f}; if not binary, of values other than 0. */
  long count(int f) {
    return counts[f];
  }

  /** Share of the neurons with this count. */
  double share(long count) {
    return Arrays.stream(counts).filter(c -> c == count).count() / (double) counts.length;
  }

  private static void check(INDArray x, RNNFormat format) {
    if (x == null || format == null) {
      throw new IllegalArgumentException(
          "Expected activations and a format, got "
              + (x == null ? "null activations" : "null format"));
    }
    if (x.rank() < 2 || x.isEmpty()) {
      throw new IllegalArgumentException(
          "Expected activations [N, F], [N, T, F], [N, F, T] or [N, ...] with at least one value, got shape "
              + Arrays.toString(x.shape()));
    }
  }

  private static int[] neuronAxes(int rank, RNNFormat format) {
    if (rank == 3) {
      return new int[] {format == RNNFormat.NWC ? 2 : 1};
    }
    int[] axes = new int[rank - 1];
    Arrays.setAll(axes, i -> i + 1);
    return axes;
  }

  private static boolean countBinary(long[] counts, INDArray block, int[] neuronAxes) {
    int f = counts.length;
    int inner = inner(block, neuronAxes);
    int outer = outer(block, f, inner);
    DataBuffer data = block.data();
    return block.dataType() == DataType.FLOAT
        ? SpikeCountF32.countBinary(counts, data.asNioFloat(), outer, f, inner)
        : SpikeCountF64.countBinary(counts, data.asNioDouble(), outer, f, inner);
  }

  private static double countAny(long[] counts, INDArray block, int[] neuronAxes) {
    int f = counts.length;
    int inner = inner(block, neuronAxes);
    int outer = outer(block, f, inner);
    DataBuffer data = block.data();
    return block.dataType() == DataType.FLOAT
        ? SpikeCountF32.countAny(counts, data.asNioFloat(), outer, f, inner)
        : SpikeCountF64.countAny(counts, data.asNioDouble(), outer, f, inner);
  }

  private static int outer(INDArray block, int f, int inner) {
    return Math.toIntExact(block.length() / f / inner);
  }

  /**
   * Returns the number of consecutive elements in memory that belong to one neuron: the smallest
   * stride of the axes that number the neurons.
   */
  private static int inner(INDArray x, int[] neuronAxes) {
    long inner = Long.MAX_VALUE;
    for (int axis : neuronAxes) {
      if (x.size(axis) > 1) {
        inner = Math.min(inner, x.stride(axis));
      }
    }
    // One neuron only: the whole array is its run.
    return Math.toIntExact(inner == Long.MAX_VALUE ? x.length() : inner);
  }

  private static long product(long[] shape, int[] axes) {
    long product = 1;
    for (int axis : axes) {
      product *= shape[axis];
    }
    return product;
  }
}
