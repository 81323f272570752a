package io.github.dl4jsnn.monitor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.Serializable;
import org.deeplearning4j.core.storage.StorageMetaData;

/** Tells a StatsStorage the classes of a session's static info and updates. */
public final class SpikingStatsMetaData extends StatsStorageRecord implements StorageMetaData {
  private static final long serialVersionUID = 1L;

  /** An empty record, for storages to decode into. */
  public SpikingStatsMetaData() {}

  SpikingStatsMetaData(String sessionID, String workerID, long timeStamp) {
    super(sessionID, workerID, timeStamp);
  }

  @Override
  public String getInitTypeClass() {
    return SpikingStatsInfo.class.getName();
  }

  @Override
  public String getUpdateTypeClass() {
    return SpikingStatsUpdate.class.getName();
  }

  /** There is none: null. */
  @Override
  public Serializable getExtraMetaData() {
    return null;
  }

  @Override
  void writeContent(DataOutput out) {}

  @Override
  void readContent(DataInput in) {}
}
