package io.github.dl4jsnn.monitor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How the firing rates of the neurons of one layer are distributed: {@link #BINS} bins of equal
 * width from 0 to 1.
 *
 * <p>Bin {@code i} counts the neurons with {@code i / BINS <= rate < (i + 1) / BINS}; the last one
 * those at 1, too. A neuron's rate is its share of steps with a spike, over all examples of the
 * batch. Shapes as in {@link SpikeStatistics}.
 *
 * <p>Immutable.
 */
public final class RateHistogram implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Number of bins. */
  public static final int BINS = 50;

  private final int[] neurons;

  private RateHistogram(int[] neurons) {
    this.neurons = neurons;
  }

  /**
   * Returns the histogram of a batch of spikes.
   *
   * @param spikes array of rank 2 or more, values 0 and 1, as in {@link SpikeStatistics}
   * @param format which axis of a rank 3 array is time
   * @return the histogram
   * @throws IllegalArgumentException if the array is null, empty, of rank below 2, or not binary,
   *     or the format is null
   */
  public static RateHistogram of(INDArray spikes, RNNFormat format) {
    SpikeCounts counts = SpikeCounts.of(spikes, format);
    if (!counts.isBinary()) {
      throw new IllegalArgumentException("Expected spikes 0 or 1, got other values");
    }
    return of(counts);
  }

  static RateHistogram of(SpikeCounts counts) {
    int[] neurons = new int[BINS];
    for (int f = 0; f < counts.neurons(); f++) {
      // in whole numbers: a rate on a border belongs to the bin above it, whatever the rounding
      neurons[(int) Math.min(BINS - 1, counts.count(f) * BINS / counts.perNeuron())]++;
    }
    return new RateHistogram(neurons);
  }

  /**
   * Neurons in a bin.
   *
   * @param bin 0 to {@code BINS - 1}
   * @return their number
   */
  public int neurons(int bin) {
    return neurons[bin];
  }

  /**
   * Neurons in all bins.
   *
   * @return their number
   */
  public int neurons() {
    return Arrays.stream(neurons).sum();
  }

  /**
   * Last bin that is not empty.
   *
   * @return 0 to {@code BINS - 1}
   */
  public int lastBin() {
    int last = BINS - 1;
    while (last > 0 && neurons[last] == 0) {
      last--;
    }
    return last;
  }

  void writeTo(DataOutput out) throws IOException {
    for (int n : neurons) {
      out.writeInt(n);
    }
  }

  static RateHistogram readFrom(DataInput in) throws IOException {
    int[] neurons = new int[BINS];
    for (int i = 0; i < BINS; i++) {
      neurons[i] = in.readInt();
    }
    return new RateHistogram(neurons);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof RateHistogram && Arrays.equals(neurons, ((RateHistogram) o).neurons);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(neurons);
  }

  @Override
  public String toString() {
    return "neurons by firing rate " + Arrays.toString(neurons);
  }
}
