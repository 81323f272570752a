package io.github.dl4jsnn.monitor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Objects;

/**
 * What {@link SpikingStatsListener} records of one layer in one iteration.
 *
 * <p>Immutable.
 */
public final class SpikingLayerStats implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SpikeStatistics spikes;
  private final RateHistogram rateHistogram;
  private final double deadShare;
  private final double saturatedShare;
  private final MembraneStatistics membrane;

  private SpikingLayerStats(
      SpikeStatistics spikes,
      RateHistogram rateHistogram,
      double deadShare,
      double saturatedShare,
      MembraneStatistics membrane) {
    this.spikes = spikes;
    this.rateHistogram = rateHistogram;
    this.deadShare = deadShare;
    this.saturatedShare = saturatedShare;
    this.membrane = membrane;
  }

  static SpikingLayerStats of(
      SpikeCounts counts, NeuronHistory history, MembraneStatistics membrane) {
    return new SpikingLayerStats(
        SpikeStatistics.of(counts),
        RateHistogram.of(counts),
        history.deadShare(),
        history.saturatedShare(),
        membrane);
  }

  /**
   * Firing rate, and the neurons that were silent or fired always, in this batch.
   *
   * @return the statistics
   */
  public SpikeStatistics spikes() {
    return spikes;
  }

  /**
   * Firing rates of the neurons in this batch.
   *
   * @return the histogram
   */
  public RateHistogram rateHistogram() {
    return rateHistogram;
  }

  /**
   * Share of the neurons that fired for no example of the listener's window.
   *
   * @return 0 to 1
   */
  public double deadShare() {
    return deadShare;
  }

  /**
   * Share of the neurons whose rate was above the listener's bound in every batch of its window.
   *
   * @return 0 to 1
   */
  public double saturatedShare() {
    return saturatedShare;
  }

  /**
   * Membrane potentials in this batch.
   *
   * @return the statistics, or null if the listener does not record them
   */
  public MembraneStatistics membrane() {
    return membrane;
  }

  void writeTo(DataOutput out) throws IOException {
    spikes.writeTo(out);
    rateHistogram.writeTo(out);
    out.writeDouble(deadShare);
    out.writeDouble(saturatedShare);
    out.writeBoolean(membrane != null);
    if (membrane != null) {
      membrane.writeTo(out);
    }
  }

  static SpikingLayerStats readFrom(DataInput in) throws IOException {
    return new SpikingLayerStats(
        SpikeStatistics.readFrom(in),
        RateHistogram.readFrom(in),
        in.readDouble(),
        in.readDouble(),
        in.readBoolean() ? MembraneStatistics.readFrom(in) : null);
  }

  @Override
  public boolean equals(Object o) {
    if (!(o instanceof SpikingLayerStats)) {
      return false;
    }
    SpikingLayerStats s = (SpikingLayerStats) o;
    return spikes.equals(s.spikes)
        && rateHistogram.equals(s.rateHistogram)
        && deadShare == s.deadShare
        && saturatedShare == s.saturatedShare
        && Objects.equals(membrane, s.membrane);
  }

  @Override
  public int hashCode() {
    return Objects.hash(spikes, rateHistogram, deadShare, saturatedShare, membrane);
  }

  @Override
  public String toString() {
    return spikes
        + String.format(
            java.util.Locale.ROOT,
            ", dead %.1f %%, saturated %.1f %%",
            100 * deadShare,
            100 * saturatedShare)
        + (membrane == null ? "" : ", " + membrane);
  }
}
