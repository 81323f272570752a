package io.github.dl4jsnn.monitor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** One record of {@link SpikingStatsListener} in a StatsStorage: an update. */
public final class SpikingStatsUpdate extends StatsStorageRecord {
  private static final long serialVersionUID = 1L;

  private SpikingStats stats;

  /** An empty record, for storages to decode into. */
  public SpikingStatsUpdate() {}

  SpikingStatsUpdate(String sessionID, String workerID, long timeStamp, SpikingStats stats) {
    super(sessionID, workerID, timeStamp);
    this.stats = stats;
  }

  /**
   * What was recorded.
   *
   * @return the statistics
   */
  public SpikingStats stats() {
    return stats;
  }

  @Override
  void writeContent(DataOutput out) throws IOException {
    stats.writeTo(out);
  }

  @Override
  void readContent(DataInput in) throws IOException {
    stats = SpikingStats.readFrom(in);
  }
}
