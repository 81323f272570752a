package io.github.dl4jsnn.monitor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

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

  private final double rate;
  private final double silentShare;
  private final double saturatedShare;
  private final long neurons;
  private final boolean binary;

  private SpikeStatistics(
      double rate, double silentShare, double saturatedShare, long neurons, boolean binary) {
    this.rate = rate;
    this.silentShare = silentShare;
    this.saturatedShare = saturatedShare;
    this.neurons = neurons;
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
    return of(SpikeCounts.of(activations, format));
  }

  static SpikeStatistics of(SpikeCounts spikes) {
    return new SpikeStatistics(
        spikes.sum() / ((double) spikes.perNeuron() * spikes.neurons()),
        spikes.share(0),
        spikes.share(spikes.perNeuron()),
        spikes.neurons(),
        spikes.isBinary());
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

  void writeTo(DataOutput out) throws IOException {
    out.writeDouble(rate);
    out.writeDouble(silentShare);
    out.writeDouble(saturatedShare);
    out.writeLong(neurons);
    out.writeBoolean(binary);
  }

  static SpikeStatistics readFrom(DataInput in) throws IOException {
    return new SpikeStatistics(
        in.readDouble(), in.readDouble(), in.readDouble(), in.readLong(), in.readBoolean());
  }

  @Override
  public boolean equals(Object o) {
    if (!(o instanceof SpikeStatistics)) {
      return false;
    }
    SpikeStatistics s = (SpikeStatistics) o;
    return Double.compare(rate, s.rate) == 0
        && silentShare == s.silentShare
        && saturatedShare == s.saturatedShare
        && neurons == s.neurons
        && binary == s.binary;
  }

  @Override
  public int hashCode() {
    return Objects.hash(rate, silentShare, saturatedShare, neurons, binary);
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
}
