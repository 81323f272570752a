package io.github.dl4jsnn.monitor;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * How often the neurons of one layer fired in one batch.
 *
 * <pre>
 *   rate      = (1 / (N T F)) * sum over n, t, f of o[n,t,f]
 *   silent    = share of the F neurons with o[n,t,f] = 0 for all n, t
 *   saturated = share of the F neurons with o[n,t,f] = 1 for all n, t
 * </pre>
 *
 * <p><b>Shapes.</b> {@code [N, T, F]} ({@link RNNFormat#NWC}) or {@code [N, F, T]} ({@link
 * RNNFormat#NCW}); any other rank from 2 on is {@code [N, ...]} without a time axis, where each
 * position behind the first axis is a neuron (so {@code [N, C, H, W]} has {@code C*H*W} of them).
 * Steps hidden by a mask count like all others.
 *
 * <p><b>Units.</b> The rate is spikes per neuron and time step, 0 to 1.
 *
 * <p><b>Values other than 0 and 1.</b> Then it is not a spike train: {@link #isBinary()} is false,
 * the rate is the mean activation (NaN if an activation is NaN), silent means always 0, and
 * saturated means never 0.
 *
 * <p><b>Cost.</b> One pass on one thread; dense spikes are read in place in any order of axes, 10
 * million floats in 3 to 8 ms. A view with gaps is copied first, and values other than 0 and 1 take
 * a slower pass of about 75 ms. The array is not kept.
 *
 * <p>Immutable.
 */
public final class SpikeStatistics implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * An nio buffer holds at most 2^31 - 1 bytes; this many doubles are a quarter of it, and a copy
   * still fits anywhere.
   */
  private static final long MAX_BLOCK = 1L << 26;

  private final double rate;
  private final double silentShare;
  private final double saturatedShare;
  private final long neurons;
  private final boolean binary;

  private SpikeStatistics(double sum, long[] counts, long perNeuron, boolean binary) {
    this.rate = sum / ((double) perNeuron * counts.length);
    this.silentShare = share(counts, 0);
    this.saturatedShare = share(counts, perNeuron);
    this.neurons = counts.length;
    this.binary = binary;
  }

  /**
   * Returns the statistics of a batch of activations.
   *
   * @param activations floating point or integer array of rank 2 or more, not empty; may lie in a
   *     workspace
   * @param format which axis of a rank 3 array is time; ignored for other ranks
   * @throws IllegalArgumentException if the array is null, empty or of rank below 2, or the format
   *     is null
   */
  public static SpikeStatistics of(INDArray activations, RNNFormat format) {
    return of(activations, format, MAX_BLOCK);
  }

  /**
   * As {@link #of(INDArray, RNNFormat)}, in blocks of whole examples with about {@code maxBlock}
   * elements.
   */
  @SuppressWarnings("try") // the scope is entered and left, not used
  static SpikeStatistics of(INDArray activations, RNNFormat format, long maxBlock) {
    check(activations, format);
    // A listener is called inside a workspace of the network; no copy made here may land in it.
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      INDArray x = asFloatOrDouble(activations);
      int[] neuronAxes = neuronAxes(x.rank(), format);
      long[] counts = new long[Math.toIntExact(product(x.shape(), neuronAxes))];
      long perNeuron = x.length() / counts.length;
      if (countBinary(counts, x, neuronAxes, maxBlock)) {
        return new SpikeStatistics(Arrays.stream(counts).sum(), counts, perNeuron, true);
      }
      Arrays.fill(counts, 0);
      double sum = countAny(counts, x, neuronAxes, maxBlock);
      return new SpikeStatistics(sum, counts, perNeuron, false);
    }
  }

  /**
   * Returns the firing rate in spikes per neuron and time step; the mean activation if not {@link
   * #isBinary()}.
   */
  public double rate() {
    return rate;
  }

  /** Returns the share, 0 to 1, of neurons that never fired, over all examples and time steps. */
  public double silentShare() {
    return silentShare;
  }

  /** Returns the share, 0 to 1, of neurons that fired in every example at every time step. */
  public double saturatedShare() {
    return saturatedShare;
  }

  /**
   * Returns the number of neurons. If this is the number of time steps, the array was read in the
   * wrong {@link RNNFormat}.
   */
  public long neurons() {
    return neurons;
  }

  /** Returns whether all values were 0 or 1. */
  public boolean isBinary() {
    return binary;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "rate %.4f, silent %.1f %%, saturated %.1f %% of %d neurons%s",
        rate,
        100 * silentShare,
        100 * saturatedShare,
        neurons,
        binary ? "" : " (not binary)");
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

  private static INDArray asFloatOrDouble(INDArray x) {
    boolean direct = x.dataType() == DataType.FLOAT || x.dataType() == DataType.DOUBLE;
    return direct ? x : x.castTo(DataType.FLOAT);
  }

  private static int[] neuronAxes(int rank, RNNFormat format) {
    if (rank == 3) {
      return new int[] {format == RNNFormat.NWC ? 2 : 1};
    }
    int[] axes = new int[rank - 1];
    Arrays.setAll(axes, i -> i + 1);
    return axes;
  }

  private static boolean countBinary(long[] counts, INDArray x, int[] neuronAxes, long maxBlock) {
    long step = examplesPerBlock(x, maxBlock);
    for (long n = 0; n < x.size(0); n += step) {
      INDArray block = dense(examples(x, n, step));
      int f = counts.length;
      int inner = inner(block, neuronAxes);
      int outer = outer(block, f, inner);
      DataBuffer data = block.data();
      boolean ok =
          block.dataType() == DataType.FLOAT
              ? SpikeCountF32.countBinary(counts, data.asNioFloat(), outer, f, inner)
              : SpikeCountF64.countBinary(counts, data.asNioDouble(), outer, f, inner);
      if (!ok) {
        return false;
      }
    }
    return true;
  }

  private static double countAny(long[] counts, INDArray x, int[] neuronAxes, long maxBlock) {
    double sum = 0;
    long step = examplesPerBlock(x, maxBlock);
    for (long n = 0; n < x.size(0); n += step) {
      INDArray block = dense(examples(x, n, step));
      int f = counts.length;
      int inner = inner(block, neuronAxes);
      int outer = outer(block, f, inner);
      DataBuffer data = block.data();
      sum +=
          block.dataType() == DataType.FLOAT
              ? SpikeCountF32.countAny(counts, data.asNioFloat(), outer, f, inner)
              : SpikeCountF64.countAny(counts, data.asNioDouble(), outer, f, inner);
    }
    return sum;
  }

  private static int outer(INDArray block, int f, int inner) {
    return Math.toIntExact(block.length() / f / inner);
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

  private static double share(long[] counts, long value) {
    return Arrays.stream(counts).filter(c -> c == value).count() / (double) counts.length;
  }
}
